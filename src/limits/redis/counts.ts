import type { Counts, Rejection, TakeRequest, TakeResult } from '../counts.js';
import type { HashSecret } from '../hash-secret.js';
import { note, reject, take } from './commands.js';
import type { RedisConnection } from './connection.js';
import { type Keys, keysOf } from './keys.js';

/**
 * Counts of one site in a Redis, or in a Cluster. What was already on its way to a frozen Redis is counted there too
 * when it thaws. They return to Redis by themselves once it is back.
 */
export class RedisCounts implements Counts {
  readonly kind = 'redis';
  readonly canGoAway = true;
  readonly secret: HashSecret;
  readonly #redis: RedisConnection;
  readonly #keys: Keys;

  /** @param redis whose client has the commands, and sends what is asked in one turn together: a comment is one round trip */
  constructor(redis: RedisConnection, site: string, secret: HashSecret) {
    this.secret = secret;
    this.#redis = redis;
    this.#keys = keysOf(site);
  }

  get healthy(): boolean {
    return this.#redis.isHere;
  }

  take(request: TakeRequest): Promise<TakeResult | undefined> {
    const { client } = this.#redis;
    const { user, text } = request;
    return this.#redis.ask(async () => {
      // Two keys, which a Cluster may keep on two nodes, so two scripts; they go out together.
      const [result, byOthers] = await Promise.all([
        take(client, this.#keys.user(user), request),
        text === undefined ? [] : note(client, this.#keys.text(text), request),
      ]);
      return { ...result, byOthers };
    });
  }

  async reject(rejection: Rejection): Promise<void> {
    const { client } = this.#redis;
    await this.#redis.ask(() => reject(client, this.#keys.user(rejection.user), rejection));
  }
}
