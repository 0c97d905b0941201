import { Comment } from '../comment/comment.js';
import { toDay } from '../moderation/day.js';
import { judge, toVerdict } from '../moderation/moderate.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { Metrics, Source } from './metrics.js';
import type { SentComment, VerdictBody } from './schemas.js';

/** What judging needs beside the comment. */
export interface Bench {
  readonly ruleset: Ruleset;
  readonly metrics: Metrics;
  readonly clock: () => Date;
}

/** Judges a comment that was sent, and counts the verdict. */
export function judgeSent(
  sent: SentComment,
  source: Source,
  { ruleset, metrics, clock }: Bench,
): VerdictBody {
  const start = performance.now();
  const results = judge(new Comment(sent.text, sent.context), ruleset, toDay(clock()));
  const { verdict, reasons, scores, rulesVersion } = toVerdict(results, ruleset.version);
  const elapsed = performance.now() - start;
  metrics.observeJudgement({ source, ruleset, decision: verdict, results, seconds: elapsed / 1000 });
  return {
    ...(sent.id !== undefined && { id: sent.id }),
    verdict,
    reasons: reasons.map((reason) => ({ ...reason, spans: [...reason.spans] })),
    scores,
    rulesVersion,
    elapsedMs: Math.round(elapsed * 100) / 100,
  };
}
