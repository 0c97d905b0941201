import { workerData } from 'node:worker_threads';
import { openOnnxSession } from '../../classifier/transformer/onnx-session.js';
import type { Session, Window } from '../../classifier/transformer/session.js';
import type { ClassifyAnswer } from './thread-session.js';

const graphFile = new URL(workerData);
let session: Promise<Session> | undefined;

/** The task of the pool that `openThreadSession` has. What goes wrong is told, for the thread lives on. */
export default async function classify(windows: readonly Window[]): Promise<ClassifyAnswer> {
  try {
    session ??= openOnnxSession(graphFile, { threads: 1 });
    const opened = await session;
    return { ok: true, scores: windows.length > 0 ? await opened.run(windows) : [] };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
