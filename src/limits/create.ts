import type { AdjustableLimiter, LimiterLog } from './limiter.js';
import { MemoryLimiter } from './memory/limiter.js';
import type { LimitPolicy } from './policy.js';
import { readRedisAddress } from './redis/address.js';
import { RedisLimiter } from './redis/limiter.js';

/**
 * The limiter for a policy. Says in the log, once, which it is.
 * @param options.redisUrl where all instances count together, as `readRedisAddress` reads it; without it each
 *   counts in its own memory
 * @throws RedisAddressError for a `redisUrl` that cannot be used
 */
export function createLimiter(
  policy: LimitPolicy,
  options: { readonly redisUrl?: string | undefined; readonly logger: LimiterLog },
): AdjustableLimiter {
  const { redisUrl, logger } = options;
  if (redisUrl === undefined) {
    logger.info({ limiter: 'memory' }, 'rate limits are counted in memory, by this instance alone');
    return new MemoryLimiter(policy);
  }
  const address = readRedisAddress(redisUrl);
  logger.info(
    { limiter: 'redis', redis: address.kind },
    'rate limits are counted in Redis, by all instances together',
  );
  return new RedisLimiter(policy, address, logger);
}
