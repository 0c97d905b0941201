import { Piscina } from 'piscina';
import { ThreadRefusal } from './refusal.js';

/** What is done in threads: the folder of each has its `task.js`. */
export type TaskName = 'preview' | 'replay' | 'classify';

/** What a pool of threads may use. */
export interface PoolOptions {
  /** The most threads there may be; each is started by the first job that finds none free. */
  readonly threads: number;
  /** Memory of a thread's own, in MB. */
  readonly memoryMb: number;
  /** How many jobs may wait for a thread. @default without end */
  readonly mostWaiting?: number;
  /** How long a job may wait for a thread, in milliseconds. @default without end */
  readonly longestWaitMs?: number;
  /** How long a job may take once a thread has it, in milliseconds. @default without end */
  readonly longestMs?: number;
  /** How long a thread waits for the next job before it is ended, in milliseconds. @default without end */
  readonly idleMs?: number;
  /** What every job of the pool is done with; it is sent to each thread once. */
  readonly data?: unknown;
}

/** A small young generation keeps what is in use at one time flat, at no cost that can be measured. */
const YOUNG_MB = 16;

/**
 * Does jobs in threads of their own, so that a large one delays nothing else. Jobs are begun in the order in which they
 * come. A thread that breaks, or is broken off, is replaced by the next job.
 */
export class ThreadPool<Job, Result> {
  readonly #pool: Piscina<Job, Result>;
  readonly #options: PoolOptions;
  readonly #waiting: (() => void)[] = [];
  readonly #underWay = new Set<(error: unknown) => void>();
  #free: number;

  /** @param task by name, or another module, built */
  constructor(task: TaskName | URL, options: PoolOptions) {
    const { threads, memoryMb, idleMs = Number.POSITIVE_INFINITY, data } = options;
    this.#options = options;
    this.#free = threads;
    this.#pool = new Piscina({
      // The built file, from wherever this one runs: a thread cannot be started from TypeScript.
      filename: (typeof task === 'string'
        ? new URL(`../../dist/threads/${task}/task.js`, import.meta.url)
        : task
      ).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMs,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
      workerData: data,
      recordTiming: false,
    });
    // A thread that breaks before it has taken a job: no other thread would take it.
    this.#pool.on('error', (error) => {
      for (const fail of this.#underWay) fail(error);
    });
  }

  /**
   * @throws ThreadRefusal where too many jobs are waiting, this one has waited too long, or it takes too much time or memory; else what the task
   * throws, as a plain error with its message
   */
  async run(job: Job): Promise<Result> {
    await this.#turn();
    try {
      return await this.#runNow(job);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  /** Ends all threads. Jobs under way are broken off. */
  async end(): Promise<void> {
    await this.#pool.destroy();
  }

  /** Waits until a thread is free. The pool's own queue is not used: a job's time must count from its turn on. */
  async #turn(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const { mostWaiting = Number.POSITIVE_INFINITY, longestWaitMs } = this.#options;
    if (this.#waiting.length >= mostWaiting) throw new ThreadRefusal('busy');
    await new Promise<void>((resolve, reject) => {
      const late =
        longestWaitMs === undefined ? undefined : setTimeout(() => giveUp(), longestWaitMs).unref();
      const begin = () => {
        clearTimeout(late);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(new ThreadRefusal('busy'));
      };
      this.#waiting.push(begin);
    });
  }

  async #runNow(job: Job): Promise<Result> {
    const { longestMs } = this.#options;
    const late = longestMs === undefined ? undefined : AbortSignal.timeout(longestMs);
    let fail: (error: unknown) => void = () => {};
    const broken = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#underWay.add(fail);
    try {
      return await Promise.race([this.#pool.run(job, late && { signal: late }), broken]);
    } catch (error) {
      throw late?.aborted || isOutOfMemory(error) ? new ThreadRefusal('too-costly') : error;
    } finally {
      this.#underWay.delete(fail);
    }
  }
}

/**
 * Does jobs in the threads of a pool, with some of them under way at a time.
 * @param ahead how many jobs are asked for ahead of the result at hand
 * @returns the results in the order of the jobs, which are asked for only as fast as results are taken
 * @throws what the first job that fails throws
 */
export async function* runInOrder<Job, Result>(
  pool: ThreadPool<Job, Result>,
  jobs: AsyncIterable<Job>,
  ahead: number,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const job of jobs) {
    const result = pool.run(job);
    // It is waited for in its turn; until then its failure is nobody's.
    result.catch(() => {});
    underWay.push(result);
    if (underWay.length < ahead) continue;
    const first = underWay.shift();
    if (first) yield await first;
  }
  for (const result of underWay) yield await result;
}

function isOutOfMemory(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  );
}
