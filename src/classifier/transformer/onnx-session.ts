import { fileURLToPath } from 'node:url';
import type { InferenceSession } from 'onnxruntime-node';
import type { Session, Window, WindowScores } from './session.js';

/** The native runtime is missing, or refuses the graph. */
export class RuntimeError extends Error {
  override name = 'RuntimeError';
}

/** What a session may use. */
export interface SessionOptions {
  /** Processor threads for one batch. */
  readonly threads: number;
}

/** What padding is filled with; the mask leaves it out. */
const PAD = 0n;
const PIECE = 1n;

/**
 * Opens a session of onnxruntime in the calling thread, which each run blocks.
 * @throws RuntimeError where onnxruntime-node is not installed or cannot be loaded, or the graph is none
 */
export async function openOnnxSession(graphFile: URL, { threads }: SessionOptions): Promise<Session> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await openGraph(() =>
    InferenceSession.create(fileURLToPath(graphFile), {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
    }),
  );
  return {
    run: async (windows) => {
      if (windows.length === 0) return [];
      const { ids, mask, length } = padded(windows);
      const shape = [windows.length, length];
      const { heads, words } = await session.run({
        ids: new Tensor('int64', ids, shape),
        mask: new Tensor('int64', mask, shape),
      });
      return split(windows, length, floatsOf(heads), floatsOf(words));
    },
  };
}

/** Optional, so loaded only where it is asked for. */
async function loadRuntime() {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new RuntimeError(`onnxruntime-node cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}

async function openGraph(open: () => Promise<InferenceSession>): Promise<InferenceSession> {
  try {
    return await open();
  } catch (cause) {
    throw new RuntimeError(`onnxruntime-node refuses the graph: ${messageOf(cause)}`, { cause });
  }
}

/** The windows side by side, each filled up to the longest. */
function padded(windows: readonly Window[]) {
  const length = windows.reduce((most, { ids }) => Math.max(most, ids.length), 1);
  const ids = new BigInt64Array(windows.length * length).fill(PAD);
  const mask = new BigInt64Array(windows.length * length);
  windows.forEach((window, row) => {
    window.ids.forEach((id, i) => {
      ids[row * length + i] = BigInt(id);
    });
    mask.fill(PIECE, row * length, row * length + window.ids.length);
  });
  return { ids, mask, length };
}

/** For each window what was said of it, in memory of its own, which may be sent to another thread. */
function split(
  windows: readonly Window[],
  length: number,
  heads: Float32Array,
  words: Float32Array,
): WindowScores[] {
  const width = heads.length / windows.length;
  return windows.map(({ ids }, row) => ({
    heads: Float32Array.from(heads.subarray(row * width, (row + 1) * width)),
    words: Float32Array.from(words.subarray(row * length, row * length + ids.length)),
  }));
}

function floatsOf(output: { readonly data: unknown } | undefined): Float32Array {
  // By its tag, since a runtime may have a realm of its own.
  if (Object.prototype.toString.call(output?.data) !== '[object Float32Array]')
    throw new RuntimeError('the graph does not give log odds by head and by piece');
  return output?.data as Float32Array;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
