import type { Result } from 'ioredis';
import { z } from 'zod';
import { MOST_TEXTS_OF_USER, MOST_USERS_OF_TEXT } from '../../comment/repeats.js';
import { type Counted, fieldOf, type Rejection, type Tally } from '../count.js';
import type { RedisClient } from './client.js';
import { NOTE, REJECT, TAKE } from './scripts.js';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    stetTake(key: string, ...args: (string | number)[]): Result<unknown, Context>;
    stetReject(key: string, ...args: (string | number)[]): Result<unknown, Context>;
    stetNote(key: string, ...args: (string | number)[]): Result<unknown, Context>;
  }
}

const milliseconds = z.int();
const taken = z.tuple([
  z.union([z.literal(0), z.literal(1)]),
  milliseconds,
  z.array(milliseconds),
  z.array(z.int()),
]);
const noted = z.array(milliseconds);

/** Counts in a Redis, or in a Cluster. Everything fails where Redis does. */
export class RedisCounts {
  readonly #redis: RedisClient;

  /** @param redis pipelines what is sent in one turn, so that a comment is one round trip */
  constructor(redis: RedisClient) {
    this.#redis = redis;
    redis.defineCommand('stetTake', { numberOfKeys: 1, lua: TAKE });
    redis.defineCommand('stetReject', { numberOfKeys: 1, lua: REJECT });
    redis.defineCommand('stetNote', { numberOfKeys: 1, lua: NOTE });
  }

  /** Counts a comment in all its windows, or in none where one is used up or the user is blocked. */
  async take(comment: Counted): Promise<Tally> {
    const { user, text, windows, recall } = comment;
    // Two keys, which a Cluster may keep on two nodes, so two scripts; they go out together.
    const [answer, byOthers] = await Promise.all([
      this.#redis.stetTake(
        userKey(user),
        text ?? '',
        recall * 1000,
        MOST_TEXTS_OF_USER,
        ...windows.flatMap((window) => [fieldOf(window), window.points, window.seconds * 1000]),
      ),
      text === undefined ? [] : this.#note(text, user, recall),
    ]);
    const [admitted, blockedFor, bySame, counts] = taken.parse(answer);
    return {
      admitted: admitted === 1,
      blockedFor,
      windows: windows.map((_, i) => ({ taken: counts[2 * i] ?? 0, endsIn: counts[2 * i + 1] ?? 0 })),
      bySame,
      byOthers,
    };
  }

  /** Counts a rejection: towards a block, and in the windows that still run. */
  async reject({ user, windows, extra, block }: Rejection): Promise<void> {
    const { after = 0, within = 0, seconds = 0 } = block ?? {};
    await this.#redis.stetReject(
      userKey(user),
      extra,
      after,
      within * 1000,
      seconds * 1000,
      ...windows.map(fieldOf),
    );
  }

  /**
   * Asks with a script that writes, as comments do, so that a Redis that answers but refuses to write fails.
   * @param key of no text; it says which node of a Cluster is asked
   */
  async probe(key: string): Promise<void> {
    await this.#note(key, key, 1);
  }

  async #note(text: string, user: string, recall: number): Promise<number[]> {
    return noted.parse(await this.#redis.stetNote(textKey(text), user, recall * 1000, MOST_USERS_OF_TEXT));
  }
}

// What stands in braces alone says on which node of a Cluster a key lies.

function userKey(user: string): string {
  return `stet:user:{${user}}`;
}

function textKey(text: string): string {
  return `stet:text:{${text}}`;
}
