import { Worker } from 'node:worker_threads';
import type { RowGroup } from '../../wire/comment-files.js';
import type { Setup } from './judge-rows.js';
import type { Tally } from './tally.js';

const ENTRY = new URL('./thread.js', import.meta.url);

/**
 * Memory of a thread, in MB. Rules and models take about 100; the room is for large lists. A small young generation
 * keeps what is in use at one time flat, at no cost that can be measured.
 */
const MEMORY = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 16 };

/** Groups of lines that are given to a thread ahead of time, so that it never waits. */
const AHEAD = 2;

/**
 * Judges groups of lines in several threads.
 * @param threads the most there may be; there are no more than groups
 * @returns tallies in the order of the groups. Groups are asked for only as fast as tallies are taken
 * @throws what goes wrong in a thread
 */
export async function* judgeInThreads(
  groups: AsyncIterable<RowGroup>,
  setup: Setup,
  threads: number,
): AsyncGenerator<Tally> {
  const pool: Thread[] = [];
  const underWay: Promise<Tally>[] = [];
  try {
    for await (const group of groups) {
      const tally = freeThread(pool, setup, threads).judge(group);
      // It is waited for in its turn; until then its failure is nobody's.
      tally.catch(() => {});
      underWay.push(tally);
      if (underWay.length < threads * AHEAD) continue;
      const first = underWay.shift();
      if (first) yield await first;
    }
    for (const tally of underWay) yield await tally;
  } finally {
    await Promise.all(pool.map((thread) => thread.end()));
  }
}

/** The one with the least to do, or a new one where all have something to do. */
function freeThread(pool: Thread[], setup: Setup, most: number): Thread {
  const [least] = pool.toSorted((a, b) => a.waiting - b.waiting);
  if (least && (least.waiting === 0 || pool.length >= most)) return least;
  const thread = new Thread(setup);
  pool.push(thread);
  return thread;
}

/** A thread that judges groups of lines one after the other. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting: { resolve(tally: Tally): void; reject(error: unknown): void }[] = [];
  #broken: unknown;

  constructor(setup: Setup) {
    this.#worker = new Worker(ENTRY, { workerData: setup, resourceLimits: MEMORY });
    this.#worker.on('message', (tally: Tally) => this.#waiting.shift()?.resolve(tally));
    this.#worker.on('error', (error) => {
      this.#broken = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  judge(group: RowGroup): Promise<Tally> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(group);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
