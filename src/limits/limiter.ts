import { type Admission, admissionOf, type Posting, rejectionOf, takeRequest } from './admission.js';
import type { Counts, LimiterLog } from './counts.js';
import type { Capacities } from './memory/capacities.js';
import { MemoryCounts } from './memory/counts.js';
import { hasTier, type LimitPolicy } from './policy.js';

export type { Admission, Posting, Standing } from './admission.js';
export type { LimiterLog } from './counts.js';

/** Counts comments by user. */
export interface Limiter {
  /** Where it counts: `redis`, shared by all instances, or `memory`, this instance only. */
  readonly kind: string;
  /** Whether its store answers. Memory always does. */
  readonly healthy: boolean;
  /**
   * Counts one comment of a user. Never rejects and never waits long: with the store away it counts in memory.
   * @param userId as the site sent it; it is hashed before it goes anywhere
   */
  admit(userId: string, posting?: Posting): Promise<Admission>;
  /**
   * Counts that a comment which was admitted has been rejected: it may cost more, and count towards a block.
   * Nothing waits for it. Comments that were admitted before are not affected.
   * @param tier as it was admitted with
   */
  rejected(userId: string, tier?: string): void;
}

/** A limiter whose limits can change while it counts. */
export interface AdjustableLimiter extends Limiter {
  /**
   * Counts by another policy from the next `admit` on. In a window that keeps its name and length, counts stay,
   * and blocks stay; other windows start from nothing.
   */
  use(policy: LimitPolicy): void;
}

export interface CountingLimiterOptions {
  /** Where it is logged when a store throws, which it should not. */
  readonly log?: LimiterLog;
  /** Room for what it counts while the store is away, and follows until then. @default room of its own */
  readonly capacities?: Capacities;
}

/**
 * Counts by a policy in the counts of any store. While the store is away each instance goes on alone, in memory,
 * from where the store last said that a user stood. What it counts then is not brought to the store later.
 *
 * @example
 * const store = openStore({ redisUrl: 'redis://127.0.0.1' }, logger);
 * const limiter = new CountingLimiter(guidelines.limits, store.counts('sport'), { log: logger });
 */
export class CountingLimiter implements AdjustableLimiter {
  readonly #counts: Counts;
  readonly #fallback: MemoryCounts;
  readonly #options: CountingLimiterOptions;
  #policy: LimitPolicy;
  #hasThrown = false;

  constructor(policy: LimitPolicy, counts: Counts, options: CountingLimiterOptions = {}) {
    this.#policy = policy;
    this.#counts = counts;
    this.#options = options;
    this.#fallback = new MemoryCounts({ capacities: options.capacities });
  }

  get kind(): string {
    return this.#counts.kind;
  }

  get healthy(): boolean {
    return this.#counts.healthy;
  }

  async admit(userId: string, posting: Posting = {}): Promise<Admission> {
    const request = takeRequest(userId, posting, this.#policy, this.#counts.secret);
    const tierIsKnown = hasTier(this.#policy, posting.tier);
    const result = await this.#ask(() => this.#counts.take(request));
    if (result && this.#counts.canGoAway) this.#fallback.follow(request, result);
    return {
      ...admissionOf(request, result ?? this.#fallback.take(request)),
      tierIsKnown,
      degraded: result === undefined,
    };
  }

  rejected(userId: string, tier?: string): void {
    const rejection = rejectionOf(userId, tier, this.#policy, this.#counts.secret);
    if (!rejection) return;
    if (this.#counts.canGoAway) this.#fallback.reject(rejection);
    // Where the store goes away over it, the cost stays unpaid there.
    void this.#ask(() => this.#counts.reject(rejection));
  }

  use(policy: LimitPolicy): void {
    this.#policy = policy;
    this.#counts.keepTo?.(policy);
    this.#fallback.keepTo(policy);
  }

  /** Asks the store. One that throws counts as away for this comment, and is logged when it starts to. */
  async #ask<T>(question: () => T | Promise<T>): Promise<T | undefined> {
    try {
      const answer = await question();
      this.#hasThrown = false;
      return answer;
    } catch (error) {
      if (!this.#hasThrown) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.log?.warn(
          { limiter: this.kind, reason },
          'the store of the rate limits failed: comments are counted by this instance alone while it does',
        );
      }
      this.#hasThrown = true;
      return undefined;
    }
  }
}
