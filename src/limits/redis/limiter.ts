import { admissionOf, counted, rejection } from '../count.js';
import type { AdjustableLimiter, Admission, LimiterLog, Posting } from '../limiter.js';
import { MemoryCounts } from '../memory/counts.js';
import { hasTier, type LimitPolicy } from '../policy.js';
import type { RedisAddress } from './address.js';
import { RedisConnection } from './connection.js';
import { RedisCounts } from './counts.js';

/**
 * Counts in one Redis that all instances share. While it is away each instance goes on alone, in memory, from
 * where Redis last said a user stood. What it counts then is not brought to Redis later; what was already on its
 * way to a frozen Redis is counted there too when it thaws. It returns to Redis by itself.
 */
export class RedisLimiter implements AdjustableLimiter {
  readonly kind = 'redis';
  readonly #redis: RedisConnection;
  readonly #shared: RedisCounts;
  readonly #own = new MemoryCounts();
  #policy: LimitPolicy;

  /** Starts to connect, and does not wait for it. */
  constructor(policy: LimitPolicy, address: RedisAddress, log: LimiterLog) {
    this.#policy = policy;
    this.#redis = new RedisConnection(address, { log, probe: (key) => this.#shared.probe(key) });
    this.#shared = new RedisCounts(this.#redis.client);
  }

  get healthy(): boolean {
    return this.#redis.isHere;
  }

  async admit(userId: string, posting: Posting = {}): Promise<Admission> {
    const comment = counted(userId, posting, this.#policy);
    const tierIsKnown = hasTier(this.#policy, posting.tier);
    const tally = await this.#redis.ask(() => this.#shared.take(comment));
    if (!tally) return { ...admissionOf(comment, this.#own.take(comment)), tierIsKnown, degraded: true };
    this.#own.follow(comment, tally);
    return { ...admissionOf(comment, tally), tierIsKnown, degraded: false };
  }

  rejected(userId: string, tier?: string): void {
    const told = rejection(userId, tier, this.#policy);
    if (!told) return;
    this.#own.reject(told);
    // Should Redis go away over it, the connection says so, and the cost stays unpaid there.
    void this.#redis.ask(() => this.#shared.reject(told));
  }

  use(policy: LimitPolicy): void {
    this.#policy = policy;
    this.#own.keepTo(policy);
  }

  async close(): Promise<void> {
    this.#redis.close();
  }
}
