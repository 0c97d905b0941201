import type { CommentContext } from '../comment/comment.js';
import type { VerdictBody } from '../http/schemas.js';
import type { Admission, Limiter } from '../limits/limiter.js';
import { type Bench, judgeSent } from './judge.js';
import type { Source } from './metrics.js';

/** A user whose comment counts against the limits. */
export interface CountedUser {
  readonly id: string;
  readonly tier?: string | undefined;
}

/** What became of a comment that counts. */
export interface Counted {
  readonly admission: Admission;
  /** None: a limit is used up, and the comment was not judged. */
  readonly verdict: VerdictBody | undefined;
}

/**
 * Counts a comment against the limits of its user, and judges it if they allow, with what is known of earlier
 * comments of the same text. A rejection is counted too, which nothing waits for.
 */
export async function judgeCounted(
  sent: {
    readonly id?: string | undefined;
    readonly text: string;
    readonly context?: CommentContext | undefined;
  },
  user: CountedUser,
  source: Source,
  bench: Bench,
  limiter: Pick<Limiter, 'admit' | 'rejected'>,
): Promise<Counted> {
  const admission = await limiter.admit(user.id, { tier: user.tier, text: sent.text });
  if (!admission.admitted) return { admission, verdict: undefined };
  const context = { ...sent.context, repeats: admission.repeats };
  const verdict = judgeSent({ ...sent, context }, source, bench);
  if (verdict.verdict === 'reject') limiter.rejected(user.id, user.tier);
  return { admission, verdict };
}
