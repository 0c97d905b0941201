import type { Repeats } from '../comment/repeats.js';
import type { LimitPolicy } from './policy.js';

/** How a user stands in one window of the limits. */
export interface Standing {
  /** The window's name in `limits.yaml`. */
  readonly policy: string;
  /** Points that the window allows; a comment takes one, or more where a rejected one costs more. */
  readonly quota: number;
  /** The window's length in seconds. */
  readonly window: number;
  /** Points left in it; 0 or more. */
  readonly remaining: number;
  /** Seconds until the window starts anew, rounded up; 0 while it has not started. */
  readonly reset: number;
}

/** What a comment is counted by, beside its user. */
export interface Posting {
  /** The user's tier as the site names it; none: the default one. */
  readonly tier?: string | undefined;
  /** The text, so that it is known whether it was posted before; it is hashed before it goes anywhere. */
  readonly text?: string | undefined;
  /**
   * For how many seconds the text is remembered, as the ruleset asks; up to `LONGEST_RECALL`, which stands for
   * anything longer. 0 or undefined: it is not remembered.
   */
  readonly recall?: number | undefined;
}

/** Whether a user may post now. */
export interface Admission {
  readonly admitted: boolean;
  /** Whether the user's tier is one of `limits.yaml`, or none was named. If not, the default one holds. */
  readonly tierIsKnown: boolean;
  /** One for each window of the tier, in the order of `limits.yaml`. */
  readonly standings: readonly Standing[];
  /** The names of the windows that are used up, and `block` for a user who is blocked; empty when admitted. */
  readonly violated: readonly string[];
  /** Seconds for which the user is still blocked, rounded up; 0: not blocked. */
  readonly blockedFor: number;
  /** When the text was posted before; undefined where it is not remembered, or the comment is not admitted. */
  readonly repeats?: Repeats | undefined;
  /** Whether it was counted by this instance alone because Redis was away. */
  readonly degraded: boolean;
}

/** Counts comments by user. */
export interface Limiter {
  /** Where it counts: `redis`, shared by all instances, or `memory`, this instance only. */
  readonly kind: 'redis' | 'memory';
  /** Whether its store answers. An embedded limiter always does. */
  readonly healthy: boolean;
  /**
   * Counts one comment of a user. Never rejects and never waits long: with Redis away it counts in memory.
   * @param userId as the site sent it; it is hashed before it goes anywhere
   */
  admit(userId: string, posting?: Posting): Promise<Admission>;
  /**
   * Tells that a comment which was admitted has been rejected: it may cost more, and count towards a block.
   * Nothing waits for it. Comments that were admitted before it is told are not affected.
   * @param tier as it was admitted with
   */
  rejected(userId: string, tier?: string): void;
  close(): Promise<void>;
}

/** A limiter whose limits can change while it counts. */
export interface AdjustableLimiter extends Limiter {
  /**
   * Counts by another policy from the next `admit` on. In a window that keeps its name and length, counts stay,
   * and blocks stay; other windows start from nothing.
   */
  use(policy: LimitPolicy): void;
}

/** Where a limiter tells what becomes of its store: a pino logger, or whatever takes the same calls. */
export interface LimiterLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
