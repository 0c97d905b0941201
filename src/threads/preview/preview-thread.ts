import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ThreadRefusal } from '../refusal.js';
import type { PreviewJob, PreviewOutcome } from './run-preview.js';

/** The built file, from wherever this one runs: a thread cannot be started from TypeScript. */
const ENTRY = new URL('../../../dist/threads/preview/thread.js', import.meta.url);

/** Memory of the thread's own, in MB; of this the rules and models take about 100. */
const MOST_MEMORY_MB = 512;
/** How many previews may be under way and in waiting. */
const MOST_AT_ONCE = 5;

/** How long previews may take and the thread may wait for the next, in milliseconds. */
export interface PreviewTimes {
  readonly longest: number;
  readonly idle: number;
}

const TIMES: PreviewTimes = { longest: 30_000, idle: 60_000 };

/**
 * Makes previews in a thread of its own, one at a time, so that a large one delays no comment. The thread is started
 * by the first preview and ended when none has come for a while: it takes memory.
 */
export class PreviewThread {
  readonly #times: PreviewTimes;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #atOnce = 0;

  constructor(times: PreviewTimes = TIMES) {
    this.#times = times;
  }

  /** @throws ThreadRefusal where too many previews are waiting, or this one takes too much time or memory */
  async run(job: PreviewJob): Promise<PreviewOutcome> {
    if (this.#atOnce >= MOST_AT_ONCE) {
      throw new ThreadRefusal(
        'busy',
        `${MOST_AT_ONCE} previews are under way already; try again in a moment.`,
      );
    }
    this.#atOnce += 1;
    const turn = this.#last.then(() => this.#runNow(job));
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#atOnce -= 1;
    }
  }

  async #runNow(job: PreviewJob): Promise<PreviewOutcome> {
    clearTimeout(this.#idle);
    const worker = this.#worker ?? startWorker();
    this.#worker = worker;
    const late = AbortSignal.timeout(this.#times.longest);
    try {
      worker.postMessage(job);
      const outcome = await answerOf(worker, late);
      this.#idle = setTimeout(() => this.#end(), this.#times.idle).unref();
      return outcome;
    } catch (error) {
      this.#end();
      throw late.aborted || isOutOfMemory(error) ? tooMuch(this.#times.longest) : error;
    }
  }

  #end(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function startWorker(): Worker {
  const worker = new Worker(ENTRY, {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB, maxYoungGenerationSizeMb: 16 },
  });
  // What breaks it is told to whoever waits for it; between two jobs nobody does.
  worker.on('error', () => {});
  worker.unref();
  return worker;
}

/** The next message of a worker. Rejects where the worker breaks. */
async function answerOf(worker: Worker, signal: AbortSignal): Promise<PreviewOutcome> {
  const [outcome]: PreviewOutcome[] = await once(worker, 'message', { signal });
  if (!outcome) throw new Error('the thread sent nothing');
  return outcome;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function tooMuch(ms: number): ThreadRefusal {
  return new ThreadRefusal(
    'too-costly',
    `The preview took over ${ms / 1000} s or ${MOST_MEMORY_MB} MB; send fewer comments or a smaller draft.`,
  );
}
