import { admissionOf, counted, rejection } from '../count.js';
import type { AdjustableLimiter, Admission, Posting } from '../limiter.js';
import { hasTier, type LimitPolicy } from '../policy.js';
import { MemoryCounts } from './counts.js';

/** Counts in this process alone: for a service of one instance. */
export class MemoryLimiter implements AdjustableLimiter {
  readonly kind = 'memory';
  readonly healthy = true;
  readonly #counts = new MemoryCounts();
  #policy: LimitPolicy;

  constructor(policy: LimitPolicy) {
    this.#policy = policy;
  }

  async admit(userId: string, posting: Posting = {}): Promise<Admission> {
    const comment = counted(userId, posting, this.#policy);
    const tierIsKnown = hasTier(this.#policy, posting.tier);
    return { ...admissionOf(comment, this.#counts.take(comment)), tierIsKnown, degraded: false };
  }

  rejected(userId: string, tier?: string): void {
    const told = rejection(userId, tier, this.#policy);
    if (told) this.#counts.reject(told);
  }

  use(policy: LimitPolicy): void {
    this.#policy = policy;
    this.#counts.keepTo(policy);
  }

  async close(): Promise<void> {}
}
