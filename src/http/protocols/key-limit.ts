import { CountingLimiter, type Standing } from '../../limits/limiter.js';
import { MemoryCounts } from '../../limits/memory/counts.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { rateLimitFields, waitOf } from '../rate-limit-fields.js';

/** Counts a request of a key. Returns how the key stands; throws Problem 429 where it is one too many. */
export type KeyLimit = (key: string | undefined) => Promise<readonly Standing[]>;

/**
 * The limit of protocols that name no user: requests are counted by key, in this process's memory. Where no keys are
 * configured, what is sent as one tells nobody apart, and all requests count together.
 */
export function createKeyLimit({
  keys,
  settings: { keyRequestsPerMinute: points },
}: Pick<AppDeps, 'keys' | 'settings'>): KeyLimit {
  if (points === undefined) return async () => [];
  const limiter = new CountingLimiter(
    { windows: [{ name: 'key', points, seconds: 60 }] },
    new MemoryCounts(),
  );
  return async (key = '') => {
    const admission = await limiter.admit(keys() ? key : '');
    const { admitted, standings } = admission;
    if (admitted) return standings;
    const wait = waitOf(admission);
    const detail = `This key has used up its ${points} requests a minute; try again in ${wait} s.`;
    throw new Problem('key-quota-exceeded', detail, {
      headers: { ...rateLimitFields(standings), 'Retry-After': String(wait) },
    });
  };
}
