import type { Limiter } from '../../src/limits/limiter.js';
import { eventually } from './eventually.js';

const ATTEMPTS = 15;

/**
 * What came of comments that all were counted in Redis. A limiter that waits for Redis for longer than 40 ms, as it may
 * on a machine with much else to do, counts alone from there, which is no matter of counting right: then they are
 * posted again, by other users.
 * @param limiters all that take comments
 * @param post posts them, by users that no other attempt has
 * @throws Error where Redis is late each time
 */
export async function countedInRedis<Counted extends { readonly degraded: boolean }>(
  limiters: readonly Limiter[],
  post: (attempt: number) => Promise<Counted[]>,
): Promise<Counted[]> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await eventually('Redis is here', () => limiters.every((limiter) => limiter.healthy));
    const counted = await post(attempt);
    if (!counted.some(({ degraded }) => degraded)) return counted;
  }
  throw new Error(`Redis was too slow ${ATTEMPTS} times`);
}
