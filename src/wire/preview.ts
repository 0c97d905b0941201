import { z } from 'zod';
import { listOf, mapOf } from './bounded.js';
import { type commentSchemas, object } from './comment.js';
import { Mistake } from './mistake.js';
import { DecisionName, Reason, RulesVersion, VerdictBody } from './verdict.js';

/** How many comments and files a preview may have. */
const PREVIEW_COMMENTS = 500;
const PREVIEW_FILES = 100;

/**
 * The body of a preview.
 * @param comment as `commentSchemas` has it
 */
export function previewRequest(comment: ReturnType<typeof commentSchemas>['comment']) {
  const files = `must be an object of 1 to ${PREVIEW_FILES} files by name`;
  const comments = `must be an array of 1 to ${PREVIEW_COMMENTS} comments`;
  return object(
    {
      files: mapOf(z.string('must be the content of the file, or null').nullable(), {
        most: PREVIEW_FILES,
        must: files,
      })
        .refine((sent) => Object.keys(sent).length > 0, files)
        .meta({
          description:
            'The draft: files of the rules folder by name, as abuse.yaml or lists/insults.txt. Each takes the place of the file of that name; null deletes it; all others stay as they are.',
        }),
      comments: listOf(comment, { most: PREVIEW_COMMENTS, must: comments }).meta({
        description: 'What to judge by the rules in force and by the draft.',
      }),
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

const count = z.int().min(0);
const verdicts = z.object({ approve: count, review: count, reject: count });

export const PreviewBody = z
  .object({
    rulesVersion: z.object({ before: RulesVersion, after: RulesVersion }),
    totals: z.object({
      comments: count,
      changed: count.meta({ description: 'Comments whose verdict would change.' }),
      before: verdicts,
      after: verdicts,
      changes: z
        .array(z.object({ from: DecisionName, to: DecisionName, count }))
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
