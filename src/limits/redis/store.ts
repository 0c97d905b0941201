import { type CountStore, DEFAULT_SITE, type LimiterLog } from '../counts.js';
import { readRedisAddress } from './address.js';
import { defineCommands, note } from './commands.js';
import { RedisConnection } from './connection.js';
import { RedisCounts } from './counts.js';
import { keysOf } from './keys.js';

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
export function openRedis({ redisUrl }: RedisSettings, log: LimiterLog): CountStore | undefined {
  if (redisUrl === undefined) return undefined;
  const address = readRedisAddress(redisUrl);
  log.info(
    { limiter: 'redis', redis: address.kind },
    'rate limits are counted in Redis, by all instances together',
  );
  const keys = keysOf(DEFAULT_SITE);
  const redis = new RedisConnection(address, {
    log,
    // A script that writes, as comments do, so that a Redis that answers but refuses to write fails.
    probe: (name) => note(redis.client, keys.text(name), { user: name, recall: 1 }),
  });
  defineCommands(redis.client);
  return {
    counts: (site) => new RedisCounts(redis, site),
    close: async () => redis.close(),
  };
}
