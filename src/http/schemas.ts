import { z } from 'zod';
import { hasVisible } from '../text/visible.js';

/** How long the short texts of a comment may be (ids, names), its title and its address, in UTF-16 units. */
const NAME = 256;
const TITLE = 1000;
const ADDRESS = 2048;
/** How many other readers a comment may be told of. */
const PARTICIPANTS = 100;

function text(most: number) {
  const must = `must be a string of 1 to ${most} characters`;
  return z.string(must).min(1, { error: must, abort: true }).max(most, { error: must, abort: true });
}

function object<Shape extends z.ZodRawShape>(shape: Shape, example: string) {
  return z.object(shape, `must be an object like ${example}`);
}

const names = `must be an array of at most ${PARTICIPANTS} names`;

/**
 * Schemas of what is sent. Each message completes "this field ..." and `readAs` adds what it got. Fields that are
 * not named here are passed over: sites may send what they have.
 * @param maxCommentChars longest text of a comment, in UTF-16 units
 */
export function requestSchemas(maxCommentChars: number) {
  const user = object(
    {
      id: text(NAME).meta({ description: 'The same for all comments of one user; never logged.' }),
      name: text(NAME).optional(),
      tier: text(NAME).optional().meta({
        description:
          "Which limits are the user's: a tier of limits.yaml. One that it does not have counts as default.",
      }),
    },
    '{"id": "reader-42"}',
  );
  const context = object(
    {
      url: text(ADDRESS)
        .optional()
        .meta({ description: 'Address of the article: rules may apply to some sections only.' }),
      title: text(TITLE).optional().meta({ description: 'Title of the article.' }),
      author: text(NAME).optional().meta({ description: 'Author of the article.' }),
      participants: z.array(text(NAME), names).max(PARTICIPANTS, names).optional().meta({
        description: 'Names of those who have commented here: whom a personal attack may be aimed at.',
      }),
      parent: text(maxCommentChars).optional().meta({ description: 'The comment that this one answers.' }),
    },
    '{"url": "https://news.example/world/article1.ece"}',
  ).meta({ description: 'Where the comment stands, and among whom.' });
  const comment = object(
    {
      id: text(NAME)
        .optional()
        .meta({ description: "The site's own id of the comment; comes back with the verdict." }),
      text: text(maxCommentChars)
        .refine(hasVisible, 'must have at least one visible character')
        .meta({ description: 'Plain text, as the commenter wrote it.' }),
      user: user.optional(),
      context: context.optional(),
    },
    '{"text": "...", "user": {"id": "reader-42"}}',
  ).meta({ id: 'Comment', example: { id: EXAMPLE.id, text: EXAMPLE.text, context: EXAMPLE.context } });
  return {
    /** A comment, by whomever. */
    comment,
    /** A comment whose user's limits are to be kept. */
    usersComment: comment.extend({ user }).meta({ id: 'UsersComment', example: EXAMPLE }),
  };
}

/** How many comments and files a preview may have. */
const PREVIEW_COMMENTS = 500;
const PREVIEW_FILES = 100;

/**
 * The body of a preview.
 * @param comment as `requestSchemas` has it
 */
export function previewRequest(comment: ReturnType<typeof requestSchemas>['comment']) {
  const files = `must be an object of 1 to ${PREVIEW_FILES} files by name`;
  const comments = `must be an array of 1 to ${PREVIEW_COMMENTS} comments`;
  return object(
    {
      files: z
        .record(
          z.string(),
          z.union([z.string(), z.null()], 'must be the content of the file, or null'),
          files,
        )
        .refine((sent) => inRange(Object.keys(sent).length, PREVIEW_FILES), files)
        .meta({
          description:
            'The draft: files of the rules folder by name, as abuse.yaml or lists/insults.txt. Each takes the place of the file of that name; null deletes it; all others stay as they are.',
        }),
      comments: z
        .array(comment, comments)
        .min(1, comments)
        .max(PREVIEW_COMMENTS, comments)
        .meta({ description: 'What to judge by the rules in force and by the draft.' }),
    },
    '{"files": {"abuse.yaml": "..."}, "comments": [{"text": "..."}]}',
  ).meta({
    id: 'PreviewRequest',
    example: {
      files: { 'spoilers.yaml': EXAMPLE_RULE },
      comments: [{ text: 'I loved it. He dies at the end!' }],
    },
  });
}

const EXAMPLE_RULE = `id: spoilers
guideline: Do not give away the end of a film.
message: Please leave the ending for others to see.
action: review
when:
  - phrases: [he dies at the end, the murderer is]
`;

function inRange(count: number, most: number): boolean {
  return count >= 1 && count <= most;
}

/** A comment that was sent, checked. */
export type SentComment = z.infer<ReturnType<typeof requestSchemas>['comment']>;

const EXAMPLE = {
  id: 'c-81f3',
  text: 'Your whole family are traitors.',
  user: { id: 'reader-42', name: 'Asha' },
  context: {
    url: 'https://news.example/world/article1.ece',
    title: 'N. Korea needs security guarantees',
    author: 'Reuters',
    participants: ['Ravi K.', 'Meena'],
    parent: 'I do not agree with the author.',
  },
};

const EXAMPLE_VERDICT = {
  id: 'c-81f3',
  verdict: 'reject',
  reasons: [
    {
      rule: 'personal-attack',
      guideline: 'Comments cannot be abusive or personal.',
      action: 'reject',
      message: 'Please discuss the article, not the people who read or write it.',
      score: 0.97,
      spans: [{ start: 0, end: 30 }],
    },
  ],
  scores: { language: 0.01, 'full-sentences': 0.02, abuse: 0.41, 'personal-attack': 0.97 },
  rulesVersion: `sha256:${'9f2c'.repeat(16)}`,
  elapsedMs: 0.31,
};

/** Query of POST /v1/comments. */
export const CommentQuery = z.object({
  dryRun: z.enum(['true', 'false'], 'must be true or false').optional().meta({
    description: 'true: judge without counting the comment against its user, who may then be left out.',
  }),
});

const score = z.number().min(0).max(1).meta({ description: 'How sure it is that the guideline is broken.' });
const version = z
  .string()
  .regex(/^sha256:[\da-f]{64}$/)
  .meta({ description: 'SHA-256 of the rules that were used: the same version gives the same verdict.' });
const action = z.enum(['flag', 'review', 'reject']);

const Reason = z
  .object({
    rule: z.string().meta({ description: "The rule's id." }),
    guideline: z.string().meta({ description: "The sentence of the paper's policy that it enforces." }),
    action,
    message: z.string().meta({ description: 'What to tell the commenter.' }),
    score,
    spans: z.array(z.object({ start: z.int().min(0), end: z.int().min(0) })).meta({
      description: 'The words at fault: UTF-16 offsets into the text as it was sent, end excluded.',
    }),
    note: z.string().optional().meta({ description: 'What was seen, for the moderator.' }),
  })
  .meta({ id: 'Reason', description: 'Why a rule fired.' });

/** What is wrong in a rule file. */
const Mistake = z.object({
  file: z.string().meta({ description: 'Within the rules folder.' }),
  line: z.int().min(1),
  column: z.int().min(1).meta({ description: 'In UTF-16 units, from 1.' }),
  message: z.string(),
});

export const VerdictBody = z
  .object({
    id: z.string().optional().meta({ description: 'As it was sent.' }),
    verdict: z
      .enum(['approve', 'review', 'reject'])
      .meta({ description: 'The strictest action of the rules that fired; review: a person should look.' }),
    reasons: z.array(Reason).meta({ description: 'One for each rule that fired, strictest first.' }),
    scores: z
      .record(z.string(), score)
      .meta({ description: 'For every rule in force, by id, also where it did not fire.' }),
    rulesVersion: version,
    degraded: z
      .array(z.enum(['limiter']))
      .optional()
      .meta({
        description:
          'What was not at full strength; limiter: Redis was away, and this instance counted alone.',
      }),
    warnings: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the body that was sent.' }),
          detail: z.string(),
        }),
      )
      .optional()
      .meta({
        description: 'What in the request could not be heeded: a tier that limits.yaml does not have.',
      }),
    elapsedMs: z.number().min(0).meta({ description: 'What judging took, in milliseconds.' }),
  })
  .meta({ id: 'Verdict', description: 'The verdict on a comment.', example: EXAMPLE_VERDICT });
export type VerdictBody = z.infer<typeof VerdictBody>;

export const ProblemDetails = z
  .object({
    type: z
      .string()
      .meta({ description: 'URI of the kind of problem; about:blank where the status says it all.' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'What went wrong, and what would be right.' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the body that was sent.' }),
          detail: z.string(),
          ...Mistake.partial().shape,
        }),
      )
      .optional()
      .meta({
        description: 'For a body with wrong fields: one for each. For a draft of rule files: each mistake.',
      }),
    'violated-policies': z
      .array(z.string())
      .optional()
      .meta({ description: 'Names of the limits that are used up; block: the user is blocked.' }),
    line: z.int().min(1).optional().meta({ description: 'In a batch: the line it is about, from 1.' }),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457).' });

/** A response of the API's description that is a problem. */
export function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemDetails } } };
}

export const BatchLine = z
  .union([VerdictBody, ProblemDetails])
  .meta({ id: 'BatchLine', description: 'One line of a batch: a verdict, or what was wrong with the line.' });

const Outcome = z
  .object({
    verdict: VerdictBody.shape.verdict,
    reasons: VerdictBody.shape.reasons,
    shadowed: z
      .array(Reason)
      .meta({ description: 'What rules in shadow mode would give as reasons; they have no say.' }),
    scores: VerdictBody.shape.scores,
  })
  .meta({ id: 'Outcome', description: 'What a comment comes to by one set of rules.' });

const decision = z.enum(['approve', 'review', 'reject']);
const count = z.int().min(0);
const verdicts = z.object({ approve: count, review: count, reject: count });

export const PreviewBody = z
  .object({
    rulesVersion: z.object({ before: version, after: version }),
    totals: z.object({
      comments: count,
      changed: count.meta({ description: 'Comments whose verdict would change.' }),
      before: verdicts,
      after: verdicts,
      changes: z
        .array(z.object({ from: decision, to: decision, count }))
        .meta({ description: 'Each kind of change that there is, newly rejected first.' }),
    }),
    comments: z
      .array(
        z.object({
          id: z.string().optional().meta({ description: 'As it was sent.' }),
          changed: z.boolean().meta({ description: 'Whether the verdict changes.' }),
          before: Outcome,
          after: Outcome,
        }),
      )
      .meta({ description: 'In the order in which they were sent.' }),
    examples: z.array(Mistake).meta({
      description:
        'The examples in the files that do not hold; until they do, the files are not put in force.',
    }),
    warnings: z.array(Mistake).meta({ description: 'What is odd, but stops nothing.' }),
  })
  .meta({ id: 'Preview', description: 'What a draft of rule files would change.' });
export type PreviewBody = z.infer<typeof PreviewBody>;

export const RuleList = z
  .object({
    rules: z.array(
      z.object({
        id: z.string(),
        file: z.string().meta({ description: 'Within the rules folder.' }),
        guideline: z.string(),
        message: z.string(),
        action,
        mode: z.enum(['enforce', 'shadow']),
        enabled: z
          .boolean()
          .meta({ description: 'Whether it is in force today: switched on and not expired.' }),
        owner: z.string().optional().meta({ description: 'Whom to ask about it.' }),
        expires: z.iso.date().optional().meta({ description: 'The last day on which it applies, in UTC.' }),
        counts: z.object({
          phrases: z.int().min(0),
          patterns: z.int().min(0),
          examples: z.int().min(0),
        }),
      }),
    ),
    rulesVersion: version,
    loadedAt: z.iso.datetime(),
    errors: z
      .array(z.object({ file: z.string(), line: z.int(), column: z.int(), message: z.string() }))
      .meta({
        description: 'What was wrong when the rules were last loaded anew; empty when they are in force.',
      }),
  })
  .meta({ id: 'RuleList' });
export type RuleList = z.infer<typeof RuleList>;

export const Liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });

export const Readiness = z
  .object({
    status: z.literal('ready'),
    rules: z.object({ version, count: z.int().min(0) }),
    limiter: z.object({
      kind: z.enum(['redis', 'memory']),
      healthy: z
        .boolean()
        .meta({ description: 'false: Redis is away, and comments are counted by this instance alone.' }),
    }),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;
