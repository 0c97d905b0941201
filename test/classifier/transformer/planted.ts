import { readLinear } from '../../../src/classifier/linear/linear.js';
import type { Encoder } from '../../../src/classifier/transformer/encoder.js';
import type { Window, WindowScores } from '../../../src/classifier/transformer/session.js';
import type { OpenSession } from '../../../src/classifier/transformer/supervised-session.js';
import type { Comment } from '../../../src/comment/comment.js';

/** What readings of the planted encoder are told by. */
export const PLANTED = 'transformer-planted';

/** A window for each line, a piece for each word; the reading is the linear one under another name. */
export const encoder: Encoder = {
  version: PLANTED,
  graphFile: new URL('file:///none'),
  prepare: ({ text }: Comment) => {
    if (text.includes('unpreparable')) throw new Error('planted');
    return { read: 1, windows: text.split('\n').map((line) => ({ ids: idsOf(line) })) };
  },
  toReading: (comment) => {
    const reading = readLinear(comment);
    return {
      classifier: PLANTED,
      of: (label) => reading.of(label),
      without: (label, words) => reading.without(label, words),
    };
  },
};

function idsOf(line: string): Int32Array {
  const words = line.split(' ').map((word) => [...word].reduce((sum, sign) => sum + sign.charCodeAt(0), 0));
  return Int32Array.from([101, ...words, 102]);
}

/** Right scores for windows. */
export function scoresOf(windows: readonly Window[]): WindowScores[] {
  return windows.map(({ ids }) => ({
    heads: Float32Array.from([0.5, -1]),
    words: new Float32Array(ids.length),
  }));
}

/** A session that answers as it is told to, right unless it is told. */
export function sessionOf(run: OpenSession['run'] = async (windows) => scoresOf(windows)): OpenSession {
  return { run, close: async () => {} };
}
