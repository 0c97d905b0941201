import { Cluster } from 'ioredis';
import { z } from 'zod';
import type { LimiterLog } from '../counts.js';
import type { RedisAddress } from './address.js';
import { createClient, probeKeys, type RedisClient } from './client.js';

/**
 * How long a comment waits for Redis: 4 ticks of 10 ms. A Redis nearby answers within a few milliseconds, also
 * under load; one that takes longer would spoil the time a verdict takes.
 */
const PATIENCE = { ticks: 4, tickMs: 10 };
/**
 * So many answers that are late, or that send to another node of a Cluster, within so long are more than a hitch:
 * Redis is away. Answers between them do not count for it, for in a Cluster they may come from another node.
 */
const HITCHES = { most: 3, withinMs: 1000 };
/** While Redis is away, how often it is asked whether it is back. */
const PROBE_EVERY_MS = 250;
/** A Redis that goes again within this time has not been back for good. */
const STEADY_AFTER_MS = 5000;
/** How many probes in a row it must answer at most before it is trusted again: two seconds of them. */
const MOST_PROBES = 8;

/** What becomes of a Redis, and how to ask it. */
export interface RedisConnectionOptions {
  readonly log: LimiterLog;
  /**
   * Asks Redis what a comment asks, for a key that is no user's, so that a Redis that answers but refuses to write
   * counts as away. What it writes must lie where the key in braces says (Redis calls it a hash tag).
   */
  readonly probe: (key: string) => Promise<unknown>;
}

/**
 * A Redis that may go away at any time: not reachable, frozen, slow, full, read-only or failing over. It is asked
 * only while it answers; a Cluster only while all its nodes do. It is tried again by itself; one that keeps going
 * away is trusted later each time. Each change is logged once.
 */
export class RedisConnection {
  readonly client: RedisClient;
  readonly #log: LimiterLog;
  readonly #probeFor: RedisConnectionOptions['probe'];
  readonly #probing: NodeJS.Timeout;
  #state: 'starting' | 'here' | 'away' | 'closed' = 'starting';
  #isProbing = false;
  /** Since when it is here, by `performance.now`. */
  #since = Number.NEGATIVE_INFINITY;
  /** When the last hitches were, by `performance.now`. */
  #hitches: number[] = [];
  #probesNeeded = 1;
  #probesAnswered = 0;

  /** Starts to connect, and does not wait for it. */
  constructor(address: RedisAddress, { log, probe }: RedisConnectionOptions) {
    this.#log = log;
    this.#probeFor = probe;
    this.client = createClient(address);
    this.client.on('error', (error: Error) => this.#goAway(error));
    this.client.on('close', () => this.#goAway(new Error('the connection was closed')));
    this.client.on('ready', () => void this.#probe());
    this.#probing = setInterval(() => void this.#probe(), PROBE_EVERY_MS).unref();
  }

  get isHere(): boolean {
    return this.#state === 'here';
  }

  /**
   * Asks Redis while it is here.
   * @returns undefined, soon, when it is away, refuses or is late
   */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (!this.isHere) return undefined;
    try {
      return await inTime(question());
    } catch (error) {
      if (isOfOneKey(error)) {
        void this.#probeHere();
        return undefined;
      }
      const isHitch = error instanceof Late || isMoved(error);
      if (!isHitch || this.#isOneTooMany()) this.#goAway(error);
      else this.#askWhoHoldsWhat();
      return undefined;
    }
  }

  close(): void {
    this.#state = 'closed';
    clearInterval(this.#probing);
    this.client.disconnect();
  }

  /** Notes one more hitch. */
  #isOneTooMany(): boolean {
    const now = performance.now();
    this.#hitches = [...this.#hitches.filter((at) => now - at < HITCHES.withinMs), now];
    return this.#hitches.length >= HITCHES.most;
  }

  /** Of a Cluster, which node holds which keys. It is asked once at a time. */
  #askWhoHoldsWhat(): void {
    if (this.client instanceof Cluster && this.client.status === 'ready') this.client.refreshSlotsCache();
  }

  #goAway(cause: unknown): void {
    this.#askWhoHoldsWhat();
    this.#probesAnswered = 0;
    if (this.#state !== 'starting' && this.#state !== 'here') return;
    const wasSteady = performance.now() - this.#since > STEADY_AFTER_MS;
    this.#probesNeeded = wasSteady ? 1 : Math.min(this.#probesNeeded * 2, MOST_PROBES);
    this.#state = 'away';
    this.#log.warn(
      { reason: reasonOf(cause) },
      'Redis is away: each instance counts comments on its own until it is back',
    );
  }

  /**
   * Asks every node what comments ask, once at a time.
   * @returns whether all answered; if not, Redis counts as away
   */
  async #probeHere(): Promise<boolean> {
    if (this.#isProbing) return false;
    this.#isProbing = true;
    try {
      const keys = probeKeys(this.client);
      if (keys.length === 0) throw new Error('some keys of the Cluster have no node');
      await inTime(Promise.all(keys.map(this.#probeFor)));
      return true;
    } catch (error) {
      this.#goAway(error);
      return false;
    } finally {
      this.#isProbing = false;
    }
  }

  /** Asks whether Redis is here again. */
  async #probe(): Promise<void> {
    if (this.isHere || this.client.status !== 'ready' || !(await this.#probeHere())) return;
    this.#probesAnswered += 1;
    if (this.#state === 'closed' || this.isHere || this.#probesAnswered < this.#probesNeeded) return;
    this.#state = 'here';
    this.#hitches = [];
    this.#since = performance.now();
    this.#log.info({}, 'Redis answers: comments are counted in it, for all instances together');
  }
}

/**
 * Whether an answer is of no use for a reason that lies in what is kept under its key: it has another type, or holds
 * what no instance wrote. That comment is counted in memory; whether others are too, a probe tells.
 */
function isOfOneKey(error: unknown): boolean {
  return error instanceof z.ZodError || (error instanceof Error && error.message.includes('WRONGTYPE'));
}

/** An answer that did not come in time. */
class Late extends Error {}

/** Whether a node of a Cluster says that another one holds a key, as it does after a failover. */
function isMoved(error: unknown): boolean {
  return error instanceof Error && /\b(?:MOVED|ASK) \d/.test(error.message);
}

/**
 * Waits for an answer as long as PATIENCE says. It counts ticks, not time, because a busy process reads
 * answers late: however long it was held up, that is one tick, and the answers are read before the next.
 * @throws what the answer throws, or Late
 */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const outOfPatience = new Promise<never>((_, reject) => {
    let ticks = 0;
    timer = setInterval(() => {
      ticks += 1;
      if (ticks === PATIENCE.ticks) {
        reject(new Late(`no answer within ${PATIENCE.ticks * PATIENCE.tickMs} ms`));
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
