import type { Urgency } from '../classifier.js';
import { ScoreCache } from './score-cache.js';
import type { Window, WindowScores } from './session.js';
import { SupervisedSession, type SupervisionOptions } from './supervised-session.js';
import { Unread } from './unread.js';
import { WindowQueue } from './window-queue.js';

export interface ScorerOptions extends Omit<SupervisionOptions, 'onChange'> {
  /** What scores of windows that were read before may take, in bytes. */
  readonly cacheBytes: number;
}

/** How windows are to be scored. */
export interface ScoreOptions {
  readonly urgency: Urgency;
  /** How long it is worth the wait, in milliseconds; infinite: as long as it takes. */
  readonly limitMs: number;
}

/**
 * Scores windows: from the cache, or by one session, a batch at a time. While a batch is read, what comes next gathers to
 * the next one; where none is read, what comes in one turn of the event loop is the batch, so that nobody waits for others
 * to come.
 */
export class Scorer {
  readonly #session: SupervisedSession;
  readonly #queue = new WindowQueue();
  readonly #cache: ScoreCache;
  #isRunning = false;
  #isAwake = false;
  #cached = 0;
  #encoded = 0;

  constructor({ cacheBytes, ...supervision }: ScorerOptions) {
    this.#cache = new ScoreCache(cacheBytes);
    this.#session = new SupervisedSession({ ...supervision, onChange: () => this.#wake() });
  }

  /** Whether a session is there. */
  get isUp(): boolean {
    return this.#session.isUp;
  }

  /** How many threads were started so far. */
  get starts(): number {
    return this.#session.starts;
  }

  /** How many windows were scored so far, by from where. */
  get windows(): { readonly cached: number; readonly encoded: number } {
    return { cached: this.#cached, encoded: this.#encoded };
  }

  /** What the cache takes, in bytes. */
  get cacheBytes(): number {
    return this.#cache.size;
  }

  waiting(urgency: Urgency): number {
    return this.#queue.count(urgency);
  }

  /** @throws where no session can be opened */
  start(): Promise<void> {
    return this.#session.start();
  }

  /**
   * Scores the windows of a comment.
   * @returns in their order
   * @throws Unread where one of them could not be scored, or not in time: then none of the others is begun
   */
  score(windows: readonly Window[], { urgency, limitMs }: ScoreOptions): Promise<readonly WindowScores[]> {
    const scores = windows.map((window) => this.#cache.get(window));
    const known = scores.filter((score) => score !== undefined);
    this.#cached += known.length;
    if (known.length === windows.length) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      let isOver = false;
      let missing = windows.length - known.length;
      const timer = Number.isFinite(limitMs)
        ? setTimeout(() => fail(new Unread('late')), limitMs)
        : undefined;
      const fail = (why: Unread) => {
        isOver = true;
        clearTimeout(timer);
        reject(why);
      };
      const until = performance.now() + limitMs;
      const waiting = windows.flatMap((window, i) => {
        if (scores[i]) return [];
        const done = (score: WindowScores) => {
          scores[i] = score;
          missing -= 1;
          if (missing > 0) return;
          clearTimeout(timer);
          resolve(scores.filter((each) => each !== undefined));
        };
        return [{ window, until, limit: limitMs, isGivenUp: () => isOver, done, fail }];
      });
      this.#queue.push(urgency, waiting);
      this.#wake();
    });
  }

  /** Ends the session. What waits is not read. */
  async close(): Promise<void> {
    await this.#session.close();
    this.#wake();
  }

  #wake(): void {
    if (this.#isAwake) return;
    this.#isAwake = true;
    setImmediate(() => {
      this.#isAwake = false;
      void this.#runNext();
    });
  }

  async #runNext(): Promise<void> {
    if (this.#isRunning) return;
    if (!this.#session.isUp) {
      // Nobody who waits for a comment waits for a thread; what is read in bulk does, where one will be there soon.
      this.#queue.failAll('live', 'broken');
      if (!this.#session.isComing) this.#queue.failAll('bulk', 'broken');
      return;
    }
    const begun = performance.now();
    const batch = this.#queue.shift(begun);
    if (batch.length === 0) return;
    const windows = batch.map(({ window }) => window);
    this.#isRunning = true;
    try {
      const scores = await this.#session.run(windows);
      const longest = Math.max(...windows.map(({ ids }) => ids.length));
      this.#queue.measured(longest * windows.length, performance.now() - begun);
      this.#encoded += windows.length;
      for (const [i, { window, done }] of batch.entries()) {
        const score = scores[i];
        if (!score) continue;
        this.#cache.set(window, score);
        done(score);
      }
    } catch (error) {
      for (const { fail } of batch) fail(error instanceof Unread ? error : new Unread('failed'));
    } finally {
      this.#isRunning = false;
      this.#wake();
    }
  }
}
