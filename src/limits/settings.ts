import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from '../settings/setting.js';
import { MOST_USERS } from './memory/capacity.js';
import { RedisAddressError, readRedisAddress } from './redis/address.js';

const redisUrl = z.string().check(({ value, issues }) => {
  try {
    readRedisAddress(value);
  } catch (error) {
    if (!(error instanceof RedisAddressError)) throw error;
    issues.push({ code: 'custom', input: value, message: error.message });
  }
});

/** Where comments are counted. */
export interface LimitSettings {
  /** As `readRedisAddress` reads it; undefined: each instance counts in its own memory. */
  readonly redisUrl: string | undefined;
  /** Of how many users, of all sites together, counts are kept in memory. */
  readonly mostUsers: number;
}

export const limitSettings = roomSettings(
  {
    REDIS_URL: setting(redisUrl.optional(), {
      about:
        'Redis, Sentinels or Cluster that counts comments for all instances; left out, each instance counts in its own memory.',
      secret: true,
    }),
    MAX_COUNTED_USERS: setting(wholeNumber(1000, 10_000_000), {
      about:
        'Of how many users, of all sites together, counts are kept in memory, some 350 bytes each; beyond them, those seen least recently start anew.',
      fallback: String(MOST_USERS),
    }),
  },
  ({ REDIS_URL, MAX_COUNTED_USERS }): LimitSettings => ({
    redisUrl: REDIS_URL,
    mostUsers: MAX_COUNTED_USERS,
  }),
);
