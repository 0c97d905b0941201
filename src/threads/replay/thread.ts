import { parentPort, workerData } from 'node:worker_threads';
import type { RowGroup } from '../../wire/comment-files.js';
import { judgeRowsBy, type Setup } from './judge-rows.js';

// The thread that `judgeInThreads` starts: a group of lines in, its tally out, in order.
const setup: Setup = workerData;
const judge = judgeRowsBy(setup);
parentPort?.on('message', async (group: RowGroup) => parentPort?.postMessage(await (await judge)(group)));
