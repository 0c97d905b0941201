import { Comment, type CommentContext } from '../comment/comment.js';
import type { AppDeps } from '../http/deps.js';
import type { SentComment, VerdictBody } from '../http/schemas.js';
import { toDay } from '../moderation/day.js';
import { judge, type RuleResult, toVerdict } from '../moderation/moderate.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { Metrics, Source } from './metrics.js';

/** What judging needs beside the comment. */
export interface Bench {
  readonly ruleset: Ruleset;
  readonly metrics: Metrics;
  readonly clock: () => Date;
}

/** The rules that are in force now, with what judging needs: taken once for all that is to be judged by the same rules. */
export function benchOf({
  guidelines,
  metrics,
  clock,
}: Pick<AppDeps, 'guidelines' | 'metrics' | 'clock'>): Bench {
  return { ruleset: guidelines().guidelines.ruleset, metrics, clock };
}

/** What the log tells of a verdict: nothing of who wrote what. */
export function notesOn({
  verdict,
  reasons,
}: Pick<VerdictBody, 'verdict' | 'reasons'>): Readonly<Record<string, unknown>> {
  return { verdict, rules: reasons.map(({ rule }) => rule) };
}

/** A comment to judge: as it was sent, with what is known of it besides. */
type ToJudge = Pick<SentComment, 'id' | 'text'> & { readonly context?: CommentContext | undefined };

/** A comment that was judged, with all that the rules came to. */
export interface Judgement {
  readonly comment: Comment;
  readonly results: readonly RuleResult[];
  readonly body: VerdictBody;
}

/** Judges a comment that was sent, and counts the verdict. */
export function judgeSent(sent: ToJudge, source: Source, bench: Bench): VerdictBody {
  return judgeInFull(sent, source, bench).body;
}

/** The same, for those who want to know more than the verdict. */
export function judgeInFull(sent: ToJudge, source: Source, { ruleset, metrics, clock }: Bench): Judgement {
  const start = performance.now();
  const comment = new Comment(sent.text, sent.context);
  const results = judge(comment, ruleset, toDay(clock()));
  const { verdict, reasons, scores, rulesVersion } = toVerdict(results, ruleset.version);
  const elapsed = performance.now() - start;
  metrics.observeJudgement({ source, ruleset, decision: verdict, results, seconds: elapsed / 1000 });
  const body = {
    ...(sent.id !== undefined && { id: sent.id }),
    verdict,
    reasons: reasons.map((reason) => ({ ...reason, spans: [...reason.spans] })),
    scores,
    rulesVersion,
    elapsedMs: Math.round(elapsed * 100) / 100,
  };
  return { comment, results, body };
}
