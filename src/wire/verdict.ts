import { z } from 'zod';
import { ACTIONS, DECISIONS, type Reason as GivenReason, type Verdict } from '../moderation/verdict.js';

const EXAMPLE_VERDICT = {
  id: 'c-81f3',
  verdictId: '019ab4c2-7d10-7c3e-9a54-0f6b2f1d7e21',
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
  judges: { rules: `sha256:${'9f2c'.repeat(16)}`, classifier: 'linear-3f0a9c1b2d4e' },
  elapsedMs: 0.31,
};

const score = z.number().min(0).max(1).meta({ description: 'How sure it is that the guideline is broken.' });
/** A version of the rules. */
export const RulesVersion = z
  .string()
  .regex(/^sha256:[\da-f]{64}$/)
  .meta({ description: 'SHA-256 of the rules that were used: the same version gives the same verdict.' });
export const ActionName = z.enum(ACTIONS);
export const DecisionName = z.enum(DECISIONS);

export const Reason = z
  .object({
    rule: z.string().meta({ description: "The rule's id." }),
    guideline: z.string().meta({ description: "The sentence of the paper's policy that it enforces." }),
    action: ActionName,
    message: z.string().meta({ description: 'What to tell the commenter.' }),
    score,
    spans: z.array(z.object({ start: z.int().min(0), end: z.int().min(0) })).meta({
      description: 'The words at fault: UTF-16 offsets into the text as it was sent, end excluded.',
    }),
    note: z.string().optional().meta({ description: 'What was seen, for the moderator.' }),
  })
  .meta({ id: 'Reason', description: 'Why a rule fired.' });

export const VerdictBody = z
  .object({
    id: z.string().optional().meta({ description: 'As it was sent.' }),
    verdictId: z.string().meta({
      description: 'Unique, and in the order of time (a UUID of version 7): what the log refers to.',
    }),
    verdict: DecisionName.meta({
      description: 'The strictest action of the rules that fired; review: a person should look.',
    }),
    reasons: z.array(Reason).meta({ description: 'One for each rule that fired, strictest first.' }),
    scores: z
      .record(z.string(), score)
      .meta({ description: 'For every rule in force, by id, also where it did not fire.' }),
    rulesVersion: RulesVersion,
    judges: z
      .object({
        rules: RulesVersion,
        classifier: z.string().meta({ description: 'The version of the classifier that read the comment.' }),
      })
      .meta({ description: 'The versions that made the verdict: the same versions give the same one.' }),
    degraded: z.array(z.string()).optional().meta({
      description:
        'What was not at full strength. limiter: Redis was away, and this instance counted alone. classifier: the small linear one read instead. budget: judging took more steps than it may and was cut; the verdict is at least review. detector:NAME: that detector failed, and the conditions that need it were skipped.',
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
    elapsedMs: z.number().min(0).meta({ description: 'What reading and judging took, in milliseconds.' }),
  })
  .meta({ id: 'Verdict', description: 'The verdict on a comment.', example: EXAMPLE_VERDICT });
export type VerdictBody = z.infer<typeof VerdictBody>;

/** A verdict with what was known while it was made. */
export interface Judged {
  readonly id?: string | undefined;
  readonly verdictId: string;
  readonly verdict: Verdict;
  /** Of the classifier that read the comment. */
  readonly reading: { readonly classifier: string };
  readonly degraded: readonly string[];
  readonly seconds: number;
}

/**
 * A verdict as it is answered.
 * @param warnings what in the request could not be heeded
 */
export function toVerdictBody(
  { id, verdictId, verdict: judged, reading, degraded, seconds }: Judged,
  warnings: NonNullable<VerdictBody['warnings']> = [],
): VerdictBody {
  const { verdict, reasons, scores, rulesVersion } = judged;
  return {
    ...(id !== undefined && { id }),
    verdictId,
    verdict,
    reasons: toReasonBodies(reasons),
    scores,
    rulesVersion,
    judges: { rules: rulesVersion, classifier: reading.classifier },
    ...(degraded.length > 0 && { degraded: [...degraded] }),
    ...(warnings.length > 0 && { warnings }),
    elapsedMs: Math.round(seconds * 100_000) / 100,
  };
}

/** Reasons as they are answered. */
export function toReasonBodies(reasons: readonly GivenReason[]): VerdictBody['reasons'] {
  return reasons.map((reason) => ({ ...reason, spans: [...reason.spans] }));
}
