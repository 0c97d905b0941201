import { DEFAULT_SITE, type LimiterLog } from './counts.js';
import { type AdjustableLimiter, CountingLimiter } from './limiter.js';
import type { LimitPolicy } from './policy.js';
import { openStore, type StoreSettings } from './stores.js';

export interface CreateLimiterOptions extends StoreSettings {
  readonly logger: LimiterLog;
  /** Whose users are counted: the same user of another site is another user. `default` unless said otherwise. */
  readonly site?: string | undefined;
}

/**
 * The limiter of one site, in a store of its own that it closes. Several sites that share a store each take a
 * `CountingLimiter` over it: see `openStore`.
 * @param options.redisUrl where all instances count together, as `readRedisAddress` reads it; without it each
 *   counts in its own memory
 * @throws RedisAddressError for a `redisUrl` that cannot be used
 */
export function createLimiter(
  policy: LimitPolicy,
  { logger, site = DEFAULT_SITE, ...settings }: CreateLimiterOptions,
): AdjustableLimiter {
  const store = openStore(settings, logger);
  return new CountingLimiter(policy, store.counts(site), { log: logger, close: () => store.close() });
}
