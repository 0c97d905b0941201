import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import type { Admission } from '../limits/limiter.js';
import type { RuleResult } from '../moderation/moderate.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { Verdict } from '../moderation/verdict.js';

/** A comment at the end of its way: all that is known of it, for the answer and for whoever watches. */
export interface Judgement {
  /** Unique, and in the order of time: a UUID of version 7 (RFC 9562). */
  readonly verdictId: string;
  /** The site's name. */
  readonly site: string;
  /** How it came, as `Arrival` has it. */
  readonly source: string;
  /** The site's own id of the comment. */
  readonly id: string | undefined;
  readonly comment: Comment;
  readonly reading: Reading;
  /** The rules by which it was judged. */
  readonly ruleset: Ruleset;
  /** What each rule came to. */
  readonly results: readonly RuleResult[];
  readonly verdict: Verdict;
  /** What was not at full strength: `limiter`, `classifier`, `budget`, `detector:NAME`. Empty as a rule. */
  readonly degraded: readonly string[];
  /** What reading and judging took. */
  readonly seconds: number;
}

/** What became of a comment. */
export type Outcome =
  | {
      readonly kind: 'judged';
      readonly judgement: Judgement;
      /** Undefined where the comment counts against nobody's limits. */
      readonly admission: Admission | undefined;
    }
  /** A limit is used up, and the comment was not judged. */
  | { readonly kind: 'refused'; readonly admission: Admission };
