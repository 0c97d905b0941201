import { workerData } from 'node:worker_threads';
import type { RowGroup } from '../../wire/comment-files.js';
import type { ReplayCounts } from './counts.js';
import { judgeRowsBy, type Setup } from './judge-rows.js';

const setup: Setup = workerData;
const judge = judgeRowsBy(setup);

/** The task of the pool that `judgeInThreads` has. */
export default async function judgeRows(group: RowGroup): Promise<ReplayCounts> {
  return (await judge)(group);
}
