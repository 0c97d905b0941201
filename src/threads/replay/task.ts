import { workerData } from 'node:worker_threads';
import type { RowGroup } from '../../wire/comment-files.js';
import { judgeRowsBy, type Setup } from './judge-rows.js';
import type { Tally } from './tally.js';

const setup: Setup = workerData;
const judge = judgeRowsBy(setup);

/** The task of the pool that `judgeInThreads` has. */
export default async function judgeRows(group: RowGroup): Promise<Tally> {
  return (await judge)(group);
}
