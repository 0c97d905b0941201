import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { LimitPolicy } from '../guidelines/guidelines.js';
import type { AdjustableLimiter, Admission, LimiterLog } from './limiter.js';
import { memoryWindows } from './memory.js';
import { userKey } from './user-key.js';
import { Windows } from './windows.js';

/**
 * How long a comment waits for Redis: 5 ticks of 10 ms. A Redis nearby answers within a few milliseconds, also
 * under load; one that takes longer would spoil the time a verdict takes.
 */
const PATIENCE = { ticks: 5, tickMs: 10 };
/** While Redis is away, how often it is asked whether it is back. */
const PROBE_EVERY_MS = 250;
/** A connection on which an answer is due for this long is dropped and made anew. */
const DEAD_AFTER_MS = 2000;
/** The longest pause between two attempts to connect. */
const RECONNECT_WITHIN_MS = 1000;
/** No user's key: those have 43 characters. */
const PROBE_KEY = 'probe';

/**
 * Counts in one Redis that all instances share. While it is away (not reachable, frozen, or refusing to
 * write) each instance goes on alone, in memory, from where Redis last said a user stood. What it counts then
 * is not brought to Redis later; what was already on its way to a frozen Redis is counted there too when it
 * thaws. It returns to Redis by itself.
 */
export class RedisLimiter implements AdjustableLimiter {
  readonly kind = 'redis';
  readonly #redis: Redis;
  readonly #shared: Windows;
  readonly #own: Windows;
  readonly #log: LimiterLog;
  readonly #probing: NodeJS.Timeout;
  #state: 'starting' | 'shared' | 'alone' | 'closed' = 'starting';

  /**
   * Starts to connect, and does not wait for it.
   * @param url `redis://` or `rediss://`, as ioredis reads it
   */
  constructor(policy: LimitPolicy, url: string, log: LimiterLog) {
    this.#log = log;
    this.#redis = new Redis(url, {
      // The commands that wait when a round trip ends go out together in the next one.
      enableAutoPipelining: true,
      // A comment is counted now or in memory, never late: nothing waits for a connection, and what was on its
      // way when the connection broke fails at once and is not sent again.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_WITHIN_MS),
      connectTimeout: DEAD_AFTER_MS,
      socketTimeout: DEAD_AFTER_MS,
      // How long a frozen Redis may hold up `close`.
      disconnectTimeout: 100,
    });
    this.#shared = redisWindows(policy, this.#redis);
    this.#own = memoryWindows(policy);
    this.#redis.on('error', (error: Error) => this.#goAlone(error));
    this.#redis.on('close', () => this.#goAlone(new Error('the connection was closed')));
    this.#redis.on('ready', () => this.#probe());
    this.#probing = setInterval(() => this.#probe(), PROBE_EVERY_MS).unref();
  }

  get healthy(): boolean {
    return this.#state === 'shared';
  }

  async admit(userId: string): Promise<Admission> {
    const key = userKey(userId);
    if (this.#state === 'shared') {
      try {
        const count = await inTime(this.#shared.take(key));
        await this.#own.follow(key, count.standings);
        return { ...count, degraded: false };
      } catch (error) {
        this.#goAlone(error);
      }
    }
    return { ...(await this.#own.take(key)), degraded: true };
  }

  use(policy: LimitPolicy): void {
    this.#shared.use(policy);
    this.#own.use(policy);
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    clearInterval(this.#probing);
    this.#redis.disconnect();
  }

  #goAlone(cause: unknown): void {
    if (this.#state !== 'starting' && this.#state !== 'shared') return;
    this.#state = 'alone';
    this.#log.warn(
      { reason: reasonOf(cause) },
      'Redis is away: each instance counts comments on its own until it is back',
    );
  }

  /** Asks with what a comment asks, so that a Redis that answers but refuses to write counts as away. */
  async #probe(): Promise<void> {
    if (this.healthy || this.#redis.status !== 'ready') return;
    try {
      await inTime(this.#shared.take(PROBE_KEY));
    } catch (error) {
      this.#goAlone(error);
      return;
    }
    if (this.#state === 'closed' || this.#state === 'shared') return;
    this.#state = 'shared';
    this.#log.info({}, 'Redis answers: comments are counted in it, for all instances together');
  }
}

function redisWindows(policy: LimitPolicy, redis: Redis): Windows {
  return new Windows(
    policy,
    ({ name, points, seconds }) =>
      new RateLimiterRedis({
        storeClient: redis,
        // With the length in it, a window made shorter does not wait for the end of the longer one.
        keyPrefix: `stet:${name}:${seconds}`,
        points,
        duration: seconds,
      }),
  );
}

/**
 * Waits for an answer as long as PATIENCE says. It counts ticks, not time, because a busy process reads
 * answers late: however long it was held up, that is one tick, and the answers are read before the next.
 * @throws what the answer throws, or an Error when it does not come in time
 */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const outOfPatience = new Promise<never>((_, reject) => {
    let ticks = 0;
    timer = setInterval(() => {
      ticks += 1;
      if (ticks === PATIENCE.ticks) {
        reject(new Error(`no answer within ${PATIENCE.ticks * PATIENCE.tickMs} ms`));
      }
    }, PATIENCE.tickMs);
  });
  try {
    return await Promise.race([answer, outOfPatience]);
  } finally {
    clearInterval(timer);
  }
}

/** The message alone: ioredis's errors also carry the command that failed, with the password when it is AUTH. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
