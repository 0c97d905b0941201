import { ThreadPool } from '../pool.js';
import { ThreadRefusal } from '../refusal.js';
import type { PreviewJob, PreviewOutcome } from './run-preview.js';

/** What previews may take. */
export interface PreviewBounds {
  /** How long one may take, in milliseconds. */
  readonly longest: number;
  /** How long the thread waits for the next, in milliseconds. */
  readonly idle: number;
  /**
   * Memory of the thread's own, in MB; of this the rules and models take about 100, and 36 patterns as long as one may
   * be take over 384. @default 512
   */
  readonly memoryMb?: number;
  /** How many may be under way and in waiting. @default 5 */
  readonly mostAtOnce?: number;
  /** How long one may wait for the thread, in milliseconds. @default without end */
  readonly longestWaitMs?: number;
}

/** What previews may take in the service. */
export const PREVIEW_BOUNDS: PreviewBounds = { longest: 30_000, idle: 60_000, longestWaitMs: 60_000 };

/**
 * Makes previews in a thread of its own, one at a time, so that a large one delays no comment. The thread is started
 * by the first preview and ended when none has come for a while: it takes memory.
 */
export class PreviewThread {
  readonly #pool: ThreadPool<PreviewJob, PreviewOutcome>;
  readonly #refusals: Readonly<Record<ThreadRefusal['reason'], string>>;

  constructor({
    longest,
    idle,
    memoryMb = 512,
    mostAtOnce = 5,
    longestWaitMs,
  }: PreviewBounds = PREVIEW_BOUNDS) {
    this.#pool = new ThreadPool('preview', {
      threads: 1,
      memoryMb,
      mostWaiting: mostAtOnce - 1,
      ...(longestWaitMs !== undefined && { longestWaitMs }),
      longestMs: longest,
      idleMs: idle,
    });
    this.#refusals = {
      busy: `${mostAtOnce} previews are under way already; try again in a moment.`,
      'too-costly': `The preview took over ${longest / 1000} s or ${memoryMb} MB; send fewer comments or a smaller draft.`,
    };
  }

  /** @throws ThreadRefusal where too many previews are waiting, or this one takes too much time or memory */
  async run(job: PreviewJob): Promise<PreviewOutcome> {
    try {
      return await this.#pool.run(job);
    } catch (error) {
      if (!(error instanceof ThreadRefusal)) throw error;
      throw new ThreadRefusal(error.reason, this.#refusals[error.reason]);
    }
  }
}
