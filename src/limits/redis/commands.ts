import type { Result } from 'ioredis';
import { z } from 'zod';
import { MOST_TEXTS_OF_USER, MOST_USERS_OF_TEXT } from '../../comment/repeats.js';
import { fieldOf, type Rejection, type TakeRequest, type TakeResult } from '../counts.js';
import type { RedisClient } from './client.js';
import { NOTE, REJECT, SECRET, TAKE } from './scripts.js';

// The scripts as functions, with answers that have been checked. Each rejects where Redis fails.

declare module 'ioredis' {
  interface RedisCommander<Context> {
    stetTake(key: string, ...args: (string | number)[]): Result<unknown, Context>;
    stetReject(key: string, ...args: (string | number)[]): Result<unknown, Context>;
    stetNote(key: string, ...args: (string | number)[]): Result<unknown, Context>;
    stetSecret(key: string, ...args: (string | number)[]): Result<unknown, Context>;
  }
}

/** Makes the scripts known to a client. It sends a script once for each connection, and its hash from then on. */
export function defineCommands(redis: RedisClient): void {
  redis.defineCommand('stetTake', { numberOfKeys: 1, lua: TAKE });
  redis.defineCommand('stetReject', { numberOfKeys: 1, lua: REJECT });
  redis.defineCommand('stetNote', { numberOfKeys: 1, lua: NOTE });
  redis.defineCommand('stetSecret', { numberOfKeys: 1, lua: SECRET });
}

const milliseconds = z.int();
const taken = z.tuple([
  z.union([z.literal(0), z.literal(1)]),
  milliseconds,
  z.array(milliseconds),
  z.array(z.int()),
]);
const noted = z.array(milliseconds);

/** Counts a comment in all its windows, or in none where one is used up or the user is blocked. */
export async function take(
  redis: RedisClient,
  key: string,
  { text, windows, recall }: TakeRequest,
): Promise<Omit<TakeResult, 'byOthers'>> {
  const answer = await redis.stetTake(
    key,
    text ?? '',
    recall * 1000,
    MOST_TEXTS_OF_USER,
    ...windows.flatMap((window) => [fieldOf(window), window.points, window.seconds * 1000]),
  );
  const [admitted, blockedFor, bySame, counts] = taken.parse(answer);
  return {
    admitted: admitted === 1,
    blockedFor,
    windows: windows.map((_, i) => ({ taken: counts[2 * i] ?? 0, endsIn: counts[2 * i + 1] ?? 0 })),
    bySame,
  };
}

/** Counts a rejection: towards a block, and in the windows that still run. */
export async function reject(
  redis: RedisClient,
  key: string,
  { windows, extra, block }: Rejection,
): Promise<void> {
  const { after = 0, within = 0, seconds = 0 } = block ?? {};
  await redis.stetReject(key, extra, after, within * 1000, seconds * 1000, ...windows.map(fieldOf));
}

/**
 * Notes that a user posts a text.
 * @returns how many milliseconds ago each other user posted it
 */
export async function note(
  redis: RedisClient,
  key: string,
  { user, recall }: Pick<TakeRequest, 'user' | 'recall'>,
): Promise<number[]> {
  return noted.parse(await redis.stetNote(key, user, recall * 1000, MOST_USERS_OF_TEXT));
}

/**
 * The secret that stands under a key.
 * @param otherwise put there where there is none
 */
export async function secret(redis: RedisClient, key: string, otherwise: string): Promise<string> {
  return z
    .string()
    .min(1)
    .parse(await redis.stetSecret(key, otherwise));
}
