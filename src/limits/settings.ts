import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from '../settings/setting.js';
import { MOST_USERS } from './memory/capacities.js';
import { RedisAddressError, readRedisAddress } from './redis/address.js';

const redisUrl = z.string().check(({ value, issues }) => {
  try {
    readRedisAddress(value);
  } catch (error) {
    if (!(error instanceof RedisAddressError)) throw error;
    issues.push({ code: 'custom', input: value, message: error.message });
  }
});

const SHORTEST_SECRET = 32;
const RIGHT_SECRET = `must have ${SHORTEST_SECRET} characters or more, like those that openssl rand -hex 32 prints`;

/** Where comments are counted. */
export interface LimitSettings {
  /** As `readRedisAddress` reads it; undefined: each instance counts in its own memory. */
  readonly redisUrl: string | undefined;
  /** Of how many users, of all sites together, counts are kept in memory. */
  readonly mostUsers: number;
  /** With what user ids are hashed; undefined: made at random, and shared by Redis. */
  readonly userIdSecret: string | undefined;
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
    USER_ID_SECRET: setting(z.string().min(SHORTEST_SECRET, RIGHT_SECRET).optional(), {
      about:
        'Secret with which user ids and texts are hashed, the same for all instances; left out, one is made at random and kept in Redis, or without Redis for as long as the process runs.',
      secret: true,
    }),
  },
  ({ REDIS_URL, MAX_COUNTED_USERS, USER_ID_SECRET }): LimitSettings => ({
    redisUrl: REDIS_URL,
    mostUsers: MAX_COUNTED_USERS,
    userIdSecret: USER_ID_SECRET,
  }),
);
