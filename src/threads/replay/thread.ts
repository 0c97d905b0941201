import { parentPort, workerData } from 'node:worker_threads';
import type { LineGroup } from '../../wire/comment-files.js';
import { judgeLinesBy, type Setup } from './judge-lines.js';

// The thread that `judgeInThreads` starts: a group of lines in, its tally out, in order.
const setup: Setup = workerData;
const judge = judgeLinesBy(setup);
parentPort?.on('message', async (group: LineGroup) => parentPort?.postMessage(await (await judge)(group)));
