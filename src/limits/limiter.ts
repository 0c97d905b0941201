import type { LimitPolicy } from '../guidelines/guidelines.js';

/** How a user stands in one window of the limits. */
export interface Standing {
  /** The window's name in `limits.yaml`. */
  readonly policy: string;
  /** Comments that the window allows. */
  readonly quota: number;
  /** The window's length in seconds. */
  readonly window: number;
  /** Comments left in it; 0 or more. */
  readonly remaining: number;
  /** Seconds until the window starts anew; 0 or more, rounded up. */
  readonly reset: number;
}

/** Whether a user may post now. */
export interface Admission {
  readonly admitted: boolean;
  /** One for each window, in the order of `limits.yaml`. */
  readonly standings: readonly Standing[];
  /** The names of the windows that are used up; empty when admitted. */
  readonly violated: readonly string[];
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
  admit(userId: string): Promise<Admission>;
  close(): Promise<void>;
}

/** A limiter whose limits can change while it counts. */
export interface AdjustableLimiter extends Limiter {
  /**
   * Counts by another policy from the next `admit` on. In a window that keeps its name and length, counts stay;
   * others start from nothing.
   */
  use(policy: LimitPolicy): void;
}

/** Where a limiter tells what becomes of its store: a pino logger, or whatever takes the same calls. */
export interface LimiterLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
