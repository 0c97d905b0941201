import { z } from 'zod';
import type { Detector } from '../../detectors/detector.js';
import { ABUSE_KINDS } from '../../moderation/abuse-kind.js';

// The format of the files in a rules folder: what may stand where, each field described. A message says what
// would be right; what was read is put before it (see `schema-mistakes.ts`).

function text(right: string) {
  return z.string({ error: right }).regex(/\S/, { error: right }).trim();
}

const actionName = z.enum(['reject', 'review', 'flag']);

const RIGHT_SCORE = 'write a number from 0 to 1, like 0.9';
const score = z
  .number({ error: RIGHT_SCORE })
  .gt(0, { error: 'a score of 0 means that nothing was seen; write a number above 0, like 0.9' })
  .max(1, { error: RIGHT_SCORE });

const RIGHT_KINDS = `write kinds of abuse, like [threat]; there are ${ABUSE_KINDS.join(', ')}`;

/** What any condition may have beside its detector's options. */
const outcome = {
  action: actionName
    .optional()
    .describe(
      "What becomes of the comment when this condition fires; the rule's action where there is none.",
    ),
  reject: score.optional().describe('The score from which on the comment is rejected.'),
  review: score.optional().describe('The score from which on a person looks at it.'),
  flag: score.optional().describe('The score from which on it is approved, with the reason told.'),
  kinds: z
    .array(z.enum(ABUSE_KINDS, { error: RIGHT_KINDS }), { error: RIGHT_KINDS })
    .min(1, { error: RIGHT_KINDS })
    .optional()
    .describe(
      'What kind of abuse it finds (insult, threat, profanity, identity-attack), for sites that ask by kind, as those do that come from Perspective or OpenAI. It changes no verdict.',
    ),
};

export const outcomeSchema = z.object(outcome);
export type Outcome = z.infer<typeof outcomeSchema>;

const PHRASES = 'phrases';
const PATTERNS = 'patterns';

/** The detectors behind the short forms of a condition, by the key that names them. */
export const SHORT_FORMS: Readonly<Record<string, string>> = { phrases: PHRASES, pattern: PATTERNS };

const listName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { error: 'write small letters, digits and hyphens, like insult' });

const listEntry = text('write a word or a phrase');

/** The format of one list of a rule. */
export const listSchema = z
  .union(
    [
      z.array(listEntry).min(1, { error: 'write at least one word' }),
      z.strictObject({
        file: text('write the name of a file in the rules folder, like lists/insults.txt')
          .optional()
          .describe('A file of the rules folder with one entry a line; # starts a comment.'),
        add: z.array(listEntry).optional().describe('Entries beside those of the file.'),
        remove: z.array(listEntry).optional().describe('Entries of the file that do not count here.'),
      }),
    ],
    { error: 'write { file: lists/insults.txt }, or the words themselves, like [fool, clown]' },
  )
  .describe('Words that phrases and patterns of this rule name as {insult}.');

const RIGHT_URL = 'write a path, like "/sport/*", or a whole address, like "https://blog.example/*"';
const RIGHT_URLS = 'write a list of paths, like ["/sport/*"]';
/** How a text must start that can be a glob at all: with `/`, `*` or a scheme. */
const GLOB_START = /^(?:[/*]|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;
const glob = z.string({ error: RIGHT_URL }).trim().regex(GLOB_START, { error: RIGHT_URL });

/**
 * As long as the longest comment that a service judges unless it is set otherwise. An example is judged in one step,
 * which nobody's request gets in between.
 */
const LONGEST_EXAMPLE = 10_000;

/** Kept as written: spaces around a comment are part of it. */
const comment = z
  .string({ error: 'write a comment' })
  .regex(/\S/, { error: 'write a comment' })
  .max(LONGEST_EXAMPLE, {
    error: ({ input }) =>
      `write a comment of at most ${LONGEST_EXAMPLE} characters; this has ${String(input).length}`,
  });
const comments = z.array(comment, { error: 'write a list of comments, each after a -' }).optional();

const QUOTED = 'Words in quotation marks or in lines that start with >.';
const DISOWNED =
  'Words that the comment denies, tells of others or quotes in order to object: "he called me a paid troll". Obscene words are not among them.';

const RIGHT_CONDITIONS = 'write a list of conditions, like - phrases: [paid troll]';

/**
 * The format of a rule file.
 * @param detectors whose options a condition may have; those behind the short forms must be among them
 */
export function ruleFileSchema(detectors: readonly Detector[]) {
  const phrases = optionsOf(PHRASES, detectors);
  const pattern = optionsOf(PATTERNS, detectors);
  const short = Object.values(SHORT_FORMS);

  for (const { name, options } of detectors) {
    const taken = Object.keys(options.shape).find((key) => key === 'detector' || Object.hasOwn(outcome, key));
    if (taken !== undefined)
      throw new Error(`detector ${name} has an option ${taken}, which every condition has`);
  }

  const condition = z.union(
    [
      z.strictObject({ ...phrases, ...outcome }).describe('Fires on any of some words and phrases.'),
      z.strictObject({ ...pattern, ...outcome }).describe('Fires on a regular expression.'),
      ...detectors
        .filter((detector) => !short.includes(detector.name))
        .map((detector) => conditionOf(detector)),
    ],
    { error: 'write a condition, like phrases: [paid troll]' },
  );

  const exception = z.union(
    [
      z.strictObject(phrases).describe('Words and phrases on which the rule never fires.'),
      z.strictObject(pattern).describe('A regular expression on whose matches the rule never fires.'),
      z.strictObject({ quoted: z.literal(true).describe(QUOTED) }).describe(QUOTED),
      z.strictObject({ disowned: z.literal(true).describe(DISOWNED) }).describe(DISOWNED),
    ],
    { error: 'write an exception, like phrases: [useful idiots]' },
  );

  return z
    .strictObject(
      {
        id: z
          .string({ error: 'write a short name, like personal-attack' })
          .trim()
          .max(64, { error: 'write at most 64 characters' })
          .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
            error: 'write lower-case letters, digits and hyphens, like personal-attack',
          })
          .describe("The rule's name in verdicts, logs and metrics. No two rules share one."),
        guideline: text("write the sentence of the paper's guidelines that the rule carries out").describe(
          "The sentence of the paper's guidelines that the rule carries out.",
        ),
        message: text('write what the commenter is told').describe('What the commenter is told.'),
        action: actionName.describe(
          'What becomes of a comment when the rule fires: reject it, let a person review it, or flag: approve it, with the reason told.',
        ),
        mode: z
          .enum(['enforce', 'shadow'])
          .default('enforce')
          .describe('shadow: the rule is scored, counted and reported, and has no say in the verdict.'),
        enabled: z.boolean().default(true).describe('false switches the rule off.'),
        owner: text('write whom to ask about the rule').optional().describe('Whom to ask about the rule.'),
        applies: z
          .strictObject(
            {
              url: z
                .array(glob, { error: RIGHT_URLS })
                .min(1, { error: RIGHT_URLS })
                .describe(
                  'Paths, or whole addresses, of the pages whose comments the rule is for; * stands for anything.',
                ),
            },
            { error: 'write { url: ["/sport/*"] }' },
          )
          .optional()
          .describe('Limits the rule to some pages. Without it, the rule is for all.'),
        expires: z.iso
          .date({ error: 'write a date, like 2026-12-31' })
          .optional()
          .describe('The last day on which the rule applies, in UTC, like 2026-12-31.'),
        when: z
          .array(condition, { error: RIGHT_CONDITIONS })
          .min(1, { error: RIGHT_CONDITIONS })
          .describe('The conditions. The rule fires when any of them does.'),
        unless: z
          .array(exception, { error: 'write a list of exceptions, like - phrases: [useful idiots]' })
          .default([])
          .describe('Words on which the rule never fires.'),
        lists: z
          .record(listName, listSchema, { error: 'write names with their words, like insult: [fool, clown]' })
          .default({})
          .describe(
            'Lists of words, by the name under which phrases and patterns of this rule refer to them.',
          ),
        examples: z
          .strictObject(
            {
              reject: comments.describe('Comments that the rule must reject.'),
              review: comments.describe('Comments that the rule must hold for review.'),
              flag: comments.describe('Comments that the rule must flag.'),
              approve: comments.describe('Comments that all rules together must let pass.'),
            },
            { error: 'write reject, review, flag or approve, each with a list of comments' },
          )
          .default({})
          .describe('Tests. A file whose examples do not hold is not put in force.'),
      },
      { error: 'write a rule, which starts like id: personal-attack' },
    )
    .describe('A guideline and what carries it out.');
}

function conditionOf({ name, options }: Detector) {
  const described = options.description ?? `Fires on what the detector ${name} finds.`;
  return z
    .strictObject({ detector: z.literal(name).describe(described), ...options.shape, ...outcome })
    .describe(described);
}

export type ListFormat = z.infer<typeof listSchema>;
export type RuleFileSchema = ReturnType<typeof ruleFileSchema>;
export type RuleFile = z.infer<RuleFileSchema>;

function optionsOf(name: string, detectors: readonly Detector[]): z.ZodRawShape {
  const detector = detectors.find((candidate) => candidate.name === name);
  if (!detector) throw new Error(`a rule file needs the detector ${name}, which is not among the detectors`);
  return detector.options.shape;
}
