import { type CountStore, DEFAULT_SITE, type LimiterLog, type StoreSecret } from '../counts.js';
import { readRedisAddress } from './address.js';
import { defineCommands, note } from './commands.js';
import { RedisConnection } from './connection.js';
import { RedisCounts } from './counts.js';
import { keysOf } from './keys.js';
import { shareSecret } from './shared-secret.js';

/** How often it is seen to that all instances hash alike: a Redis may lose its data while it runs. */
const SHARE_EVERY_MS = 2000;

export interface RedisSettings {
  /** Where all instances count together, as `readRedisAddress` reads it; undefined: not in Redis. */
  readonly redisUrl?: string | undefined;
}

/**
 * Counts in one Redis that all instances share, with one connection for all sites. Starts to connect, and does not
 * wait for it. Logs that it counts there.
 * @returns undefined where the settings name no Redis
 * @throws RedisAddressError for an address that cannot be used
 */
export function openRedis(
  { redisUrl }: RedisSettings,
  { secret, isShared }: StoreSecret,
  log: LimiterLog,
): CountStore | undefined {
  if (redisUrl === undefined) return undefined;
  const address = readRedisAddress(redisUrl);
  log.info(
    { limiter: 'redis', redis: address.kind },
    'rate limits are counted in Redis, by all instances together',
  );
  const keys = keysOf(DEFAULT_SITE);
  const redis = new RedisConnection(address, {
    log,
    async probe(name) {
      // A script that writes, as comments do, so that a Redis that answers but refuses to write fails.
      await note(redis.client, keys.text(name), { user: name, recall: 1 });
      // Before a comment is counted there.
      if (isShared) await shareSecret(redis.client, secret);
    },
  });
  defineCommands(redis.client);
  const sharing = isShared ? setInterval(() => void shareAgain(), SHARE_EVERY_MS).unref() : undefined;
  async function shareAgain(): Promise<void> {
    if (!(await redis.ask(() => shareSecret(redis.client, secret)))) return;
    log.warn({}, 'Redis has another secret for the hashes of users than before: their counts start anew');
  }
  return {
    counts: (site) => new RedisCounts(redis, site, secret),
    async close() {
      clearInterval(sharing);
      redis.close();
    },
  };
}
