import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeModel } from '../../../src/classifier/linear/model.js';
import { isHeldOut } from '../../../src/lab/corpus/rows.js';
import { LABELLED_SETS } from '../../../src/lab/corpus/sets/index.js';
import { trainModel } from '../../../src/lab/learning/train-model.js';

const folder = mkdtempSync(join(tmpdir(), 'stet-corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(file: string, header: string, rows: readonly string[]) {
  const path = join(folder, `${file}.tsv.gz`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(`${[header, ...rows].join('\n')}\n`));
}

const KIND = [
  'the dam is full',
  'read the report',
  'she won the prize',
  'the talks start today',
  'a fine day for a walk',
];
const UNKIND = [
  'what a rotten lout',
  'you rotten fool',
  'go away lout',
  'rotten rubbish talk',
  'the lout is back again',
];
/** Enough of each that some are kept for calibration. */
const rows = (write: (text: string, truth: 0 | 1) => string) =>
  Array.from({ length: 12 }, (_, i) => i).flatMap((i) => [
    ...KIND.map((text) => write(`${text} ${i}`, 0)),
    ...UNKIND.map((text) => write(`${text} ${i}`, 1)),
  ]);
const spans = rows((text, truth) => `${truth === 1 ? '[0, 1]' : '[]'}\t${JSON.stringify(text)}`);

put(
  'abuse/jigsaw-balanced',
  'toxic\ttext',
  rows((text, truth) => `${truth}\t${text}`),
);
put(
  'abuse/jigsaw-sample',
  'toxic\ttext',
  rows((text, truth) => `${truth}\t${text}`),
);
put(
  'abuse/jigsaw-six-labels',
  'toxic\tobscene\tidentity_hate\ttext',
  rows((text, truth) => `${truth}\t${truth}\t${truth}\t${text}`),
);
put(
  'abuse/wikipedia-talk-toxicity',
  'toxic\ttext',
  rows((text, truth) => `${truth}\t${text}`),
);
put(
  'abuse/wikipedia-toxicity-train',
  'toxic\ttext',
  rows((text, truth) => `${truth === 1 ? 'True' : 'False'}\t${text}`),
);
put(
  'abuse/identity-templates',
  'template\ttoxicity\ttext',
  rows((text, truth) => `x\t${truth === 1 ? 'toxic' : 'nontoxic'}\t${text}`),
);
put(
  'abuse/davidson-tweets',
  'class\ttext',
  rows((text, truth) => `${truth === 1 ? 'hate' : 'neither'}\t${text}`),
);
put(
  'abuse/forum-hate-sentences',
  'label\ttext',
  rows((text, truth) => `${truth === 1 ? 'hate' : 'noHate'}\t${text}`),
);
put('abuse/civil-comments-toxic-spans-train', 'spans\tjson_text', spans);
put('abuse/civil-comments-toxic-spans-dev', 'spans\tjson_text', spans);

test('the same data gives the same bytes, and it says how far it is, up to the end', async () => {
  const steps: [number, number][] = [];
  const first = writeModel(await trainModel(folder, (done, of) => steps.push([done, of])));
  expect(steps.map(([done]) => done)).toEqual(steps.map((_, i) => i + 1));
  expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
  expect(writeModel(await trainModel(folder)).equals(first)).toBe(true);
});

test('a file that is missing is named', async () => {
  await expect(trainModel('/nowhere')).rejects.toThrow(/nowhere\/abuse\/jigsaw-balanced\.tsv\.gz/);
});

test('no set is learned from whose licence forbids it', () => {
  for (const { source } of LABELLED_SETS) expect(source).not.toMatch(/\bNC\b|none stated/);
  const files = LABELLED_SETS.flatMap((set) => ('file' in set ? set.file : []));
  expect(files).not.toContain('abuse/olid-train');
  expect(files).not.toContain('abuse/news-comments-unhealthy-train');
});

test('one text in ten is held out, always the same ones', () => {
  const texts = Array.from({ length: 5000 }, (_, i) => `comment ${i}`);
  expect(texts.filter(isHeldOut).length).toBeGreaterThan(400);
  expect(texts.filter(isHeldOut).length).toBeLessThan(600);
  expect(isHeldOut('comment 1')).toBe(isHeldOut('comment 1'));
});
