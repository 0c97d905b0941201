import type { Urgency } from '../classifier/classifier.js';
import type { CommentContext } from '../comment/comment.js';
import type { Limiter } from '../limits/limiter.js';
import type { Ruleset } from '../moderation/ruleset.js';

/**
 * A site's rules and limits at one moment. Whoever judges takes them once, before anything is awaited, so that the
 * rules and the limits are those of one edit, and all texts of one request are judged alike.
 */
export interface SiteNow {
  readonly name: string;
  readonly ruleset: Ruleset;
  readonly limiter: Pick<Limiter, 'admit' | 'rejected'>;
}

/** A user whose comment counts against the limits. */
export interface CountedUser {
  /** As the site sent it. */
  readonly id: string;
  readonly tier?: string | undefined;
  /**
   * An id of the address that the comment came from, where the user is known by a name only that anybody can type;
   * undefined: the address is not counted.
   */
  readonly address?: string | undefined;
}

/**
 * Waits for a comment's turn to be judged, so that work of one kind does not keep another from its own.
 * @param units how much is judged, in UTF-16 units
 */
export type Turn = (units: number) => Promise<void>;

/** The turn of what has taken it already, or need not wait for one. */
export const AT_ONCE: Turn = async () => {};

/** A comment at the start of its way. */
export interface Arrival {
  readonly site: SiteNow;
  /** How it came, for the metrics: `comment`, `dry-run`, `batch`, or the name of a protocol. */
  readonly source: string;
  /** The site's own id of the comment. */
  readonly id?: string | undefined;
  /** As it was sent. */
  readonly text: string;
  readonly context?: CommentContext | undefined;
  /** Undefined: the comment counts against nobody's limits. */
  readonly user?: CountedUser | undefined;
  /** Whether somebody waits for its verdict; undefined: somebody does. */
  readonly urgency?: Urgency | undefined;
  /** What it waits for between being counted and being judged. */
  readonly turn: Turn;
}
