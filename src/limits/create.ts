import type { LimitPolicy } from '../guidelines/guidelines.js';
import type { AdjustableLimiter, LimiterLog } from './limiter.js';
import { MemoryLimiter } from './memory.js';
import { RedisLimiter } from './redis.js';

/** The longest window, in seconds (24.8 days): the longest delay of a timer in Node, 2^31 - 1 ms. */
const LONGEST_WINDOW = Math.floor((2 ** 31 - 1) / 1000);

/**
 * The limiter for a policy. Says in the log, once, which it is.
 * @param options.redisUrl where all instances count together; without it each counts in its own memory
 * @throws RangeError for a window longer than 24 days, which no memory would end at the right time
 */
export function createLimiter(
  policy: LimitPolicy,
  options: { readonly redisUrl?: string | undefined; readonly logger: LimiterLog },
): AdjustableLimiter {
  for (const { name, seconds } of policy.windows) {
    if (seconds > LONGEST_WINDOW) {
      throw new RangeError(
        `the limit "${name}" lasts ${seconds} seconds; the longest possible is ${LONGEST_WINDOW}`,
      );
    }
  }
  const { redisUrl, logger } = options;
  if (redisUrl === undefined) {
    logger.info({ limiter: 'memory' }, 'rate limits are counted in memory, by this instance alone');
    return new MemoryLimiter(policy);
  }
  logger.info({ limiter: 'redis' }, 'rate limits are counted in Redis, by all instances together');
  return new RedisLimiter(policy, redisUrl, logger);
}
