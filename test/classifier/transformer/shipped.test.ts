import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openArtefact, SHIPPED } from '../../../src/classifier/transformer/artefact.js';
import { openEncoder } from '../../../src/classifier/transformer/index.js';
import { Vocabulary } from '../../../src/classifier/transformer/vocabulary.js';
import { Comment } from '../../../src/comment/comment.js';

interface Golden {
  readonly text: string;
  readonly ids: readonly number[];
  readonly heads: readonly number[];
  readonly words: readonly number[];
}

/** In log odds: the integer sums are the same everywhere, but floats differ in the last digits and may flip a rounding. */
const TOLERANCE = 0.05;

const golden: readonly Golden[] = JSON.parse(readFileSync(new URL('golden.json', SHIPPED), 'utf8'));
const { manifest, vocabulary } = await openArtefact(SHIPPED);
const { CLS, SEP, UNK } = manifest.pieces;
const known = new Vocabulary(vocabulary, UNK);
const encoder = await openEncoder();

/** What stands for the markers in the golden texts. */
const MARKERS: Readonly<Record<string, number>> = {
  '[unused1]': manifest.markers.author,
  '[unused2]': manifest.markers.participant,
};

test.each(golden)('the shipped vocabulary takes apart as the laboratory does: $text', ({ text, ids }) => {
  const parts = text.split(/(\[unused[12]\])/);
  const found = parts.flatMap((part) => MARKERS[part] ?? known.read(part).map(({ id }) => id));
  expect([CLS, ...found, SEP]).toEqual(ids);
});

// Of other signs, folding changes some.
test.each(golden.filter(({ text }) => /^[\x20-\x7e]*$/.test(text)))(
  'as a comment too: $text',
  ({ text, ids }) => {
    const named = text.replace('[unused1]', 'Anita').replace('[unused2]', 'Ravi');
    const { windows } = encoder.prepare(new Comment(named, { author: 'Anita', participants: ['Ravi'] }));
    expect(windows.map((window) => [...window.ids])).toEqual([ids]);
  },
);

/** In a process of its own: a native module outlives the modules of a test. Alone first, then all in one batch. */
const SCORE = `
  import { openOnnxSession } from './dist/classifier/transformer/index.js';
  import { readFileSync } from 'node:fs';
  const [graph, golden] = process.argv.slice(1).map((each) => new URL(each));
  const windows = JSON.parse(readFileSync(golden)).map(({ ids }) => ({ ids: Int32Array.from(ids) }));
  const session = await openOnnxSession(graph, { threads: 1 });
  const alone = [];
  for (const window of windows) alone.push(...(await session.run([window])));
  const together = await session.run(windows);
  console.log(JSON.stringify([alone, together].map((scores) =>
    scores.map(({ heads, words }) => ({ heads: [...heads], words: [...words] })))));
`;

test('the shipped graph says what it said in the laboratory, alone and in a batch', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const args = [encoder.graphFile.href, new URL('golden.json', SHIPPED).href];
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', SCORE, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (/RuntimeError: onnxruntime-node cannot be loaded/.test(stderr)) {
    console.warn(`not tried, since there is no native runtime here: ${stderr}`);
    return;
  }
  const told: readonly (readonly Pick<Golden, 'heads' | 'words'>[])[] = JSON.parse(stdout);
  expect(told).toHaveLength(2);
  for (const scores of told) {
    golden.forEach(({ heads, words }, i) => {
      expect(farthest(scores[i]?.heads, heads)).toBeLessThanOrEqual(TOLERANCE);
      expect(farthest(scores[i]?.words, words)).toBeLessThanOrEqual(TOLERANCE);
    });
  }
});

/** How far two rows of numbers lie apart at most. */
function farthest(found: readonly number[] = [], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (found[i] ?? Number.NaN))), 0);
}
