import type { RowGroup } from '../../wire/comment-files.js';
import { runInOrder, ThreadPool } from '../pool.js';
import type { ReplayCounts } from './counts.js';
import type { Setup } from './judge-rows.js';

/** Memory of a thread, in MB. Rules and models take about 100; the room is for large lists. */
const MEMORY_MB = 768;

/** Groups of rows that are read ahead for each thread, so that it never waits. */
const AHEAD = 2;

/**
 * Judges groups of rows in several threads.
 * @param threads the most there may be; there are no more than groups
 * @returns tallies in the order of the groups. Groups are asked for only as fast as tallies are taken
 * @throws what goes wrong in a thread
 */
export async function* judgeInThreads(
  groups: AsyncIterable<RowGroup>,
  setup: Setup,
  threads: number,
): AsyncGenerator<ReplayCounts> {
  const pool = new ThreadPool<RowGroup, ReplayCounts>('replay', {
    threads,
    memoryMb: MEMORY_MB,
    data: setup,
  });
  try {
    yield* runInOrder(pool, groups, threads * AHEAD);
  } finally {
    await pool.end();
  }
}
