import { z } from 'zod';
import { roomSettings, setting } from '../settings/setting.js';
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
}

export const limitSettings = roomSettings(
  {
    REDIS_URL: setting(redisUrl.optional(), {
      about:
        'Redis, Sentinels or Cluster that counts comments for all instances; left out, each instance counts in its own memory.',
      secret: true,
    }),
  },
  ({ REDIS_URL }): LimitSettings => ({ redisUrl: REDIS_URL }),
);
