import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { LimitPolicy } from '../guidelines/guidelines.js';
import type { AdjustableLimiter, Admission } from './limiter.js';
import { userKey } from './user-key.js';
import { Windows } from './windows.js';

/**
 * A policy's windows in this process's memory. They hold one entry for each user and window, which a timer
 * drops when the window ends (the timers do not keep the process alive): no more than the users of the
 * longest window.
 */
export function memoryWindows(policy: LimitPolicy): Windows {
  return new Windows(policy, ({ name, points, seconds }, former) => {
    if (!former) return new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    // The counts are in the counter itself. It counts within the call, so no comment sees the old points and the new.
    former.points = points;
    return former;
  });
}

/** Counts in this process alone: for a service of one instance. */
export class MemoryLimiter implements AdjustableLimiter {
  readonly kind = 'memory';
  readonly healthy = true;
  readonly #windows: Windows;

  constructor(policy: LimitPolicy) {
    this.#windows = memoryWindows(policy);
  }

  async admit(userId: string): Promise<Admission> {
    return { ...(await this.#windows.take(userKey(userId))), degraded: false };
  }

  use(policy: LimitPolicy): void {
    this.#windows.use(policy);
  }

  async close(): Promise<void> {}
}
