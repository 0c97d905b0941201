import type { HashSecret } from './hash-secret.js';
import type { LimitBlock, LimitPolicy, LimitWindow } from './policy.js';

// What a store of counts is to the limiter. A store is a folder beside this file, and a line of the list in
// `stores.ts`. It decides alone what it admits, at one stroke, so that no comment can come between the look and the
// count; how limits are worked out from a policy and what is answered is not its business.

/** A comment that is to be counted. It has neither the text nor the user's id, only their hashes. */
export interface TakeRequest {
  /** The user's hash. */
  readonly user: string;
  /** The text's hash; undefined where it is not to be remembered. */
  readonly text: string | undefined;
  /** All of these hold at once. */
  readonly windows: readonly LimitWindow[];
  /** For how many seconds the text is remembered; a whole number up to `LONGEST_RECALL`. */
  readonly recall: number;
}

/** What a store counted. Times are in milliseconds. */
export interface TakeResult {
  /** Whether all windows had a point left and the user is not blocked. If so, one point was taken in each; if not, in none. */
  readonly admitted: boolean;
  /** How long the user is still blocked; 0: not blocked. */
  readonly blockedFor: number;
  /** For each window, in order: points taken, and how long it still runs (0: it has not started). */
  readonly windows: readonly { readonly taken: number; readonly endsIn: number }[];
  /** How long ago the user posted this text, each time it was admitted. Empty for a comment that is not admitted. */
  readonly bySame: readonly number[];
  /** How long ago each other user posted it, the latest time. */
  readonly byOthers: readonly number[];
}

/** A rejected comment that is to be counted. */
export interface Rejection {
  /** The user's hash. */
  readonly user: string;
  /** Those in which the comment had taken a point. */
  readonly windows: readonly LimitWindow[];
  /** Points that it takes beside that one, where a window still runs. */
  readonly extra: number;
  readonly block: LimitBlock | undefined;
}

/**
 * Counts of one site's users in a store.
 *
 * A store that can go away answers soon in any case: with undefined where it is away, late or refuses. The limiter
 * then counts in memory, from where the store last said that the user stood.
 */
export interface Counts {
  /** The store's name, as metrics and `/readyz` give it: `redis`. */
  readonly kind: string;
  /** Whether the store can go away, so that the limiter has to follow in memory what it says. */
  readonly canGoAway: boolean;
  /** Whether the store answers now; always true for one that cannot go away. */
  readonly healthy: boolean;
  /** With what the limiter hashes users and texts before it asks: the same for all who count together. */
  readonly secret: HashSecret;
  /** Counts a comment in all its windows, or in none where one is used up or the user is blocked. */
  take(request: TakeRequest): TakeResult | undefined | Promise<TakeResult | undefined>;
  /**
   * Counts a rejection: towards a block, and in the windows that still run. No comment waits for it; a promise is
   * watched only for its failure.
   */
  reject(rejection: Rejection): unknown;
  /** Told of each change of the policy, so that a store can drop windows that no longer count. */
  keepTo?(policy: LimitPolicy): void;
}

/** What a store hashes with. */
export interface StoreSecret {
  readonly secret: HashSecret;
  /** Whether instances agree on it by the store; if not, it was set. */
  readonly isShared: boolean;
}

/** A store of counts, with one connection or memory for all sites. */
export interface CountStore {
  /** The counts of a site, apart from those of all others; every call with the same name gives the same counts. */
  counts(site: string): Counts;
  /** Closes the store, and with it the counts of all sites. */
  close(): Promise<void>;
}

/** The site of a service that has only one. */
export const DEFAULT_SITE = 'default';

/** Where limiters and stores log what becomes of a store: a pino logger, or whatever takes the same calls. */
export interface LimiterLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The field by which a window is counted. The length is in it, so that a window made shorter does not wait for the end of the longer one. */
export function fieldOf({ name, seconds }: LimitWindow): string {
  return `${name}:${seconds}`;
}
