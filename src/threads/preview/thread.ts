import { parentPort } from 'node:worker_threads';
import { type PreviewJob, runPreview } from './run-preview.js';

// The thread that `PreviewThread` starts: one job in, one outcome out.
parentPort?.on('message', async (job: PreviewJob) => {
  const outcome = await runPreview(job);
  parentPort?.postMessage(outcome, outcome.ok ? [outcome.body.buffer] : []);
});
