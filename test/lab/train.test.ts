import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { readModel } from '../../src/classifier/linear/model.js';
import { CommandError } from '../../src/cli/exit.js';
import { readLanguageModel } from '../../src/detectors/language/letter-model.js';
import { train } from '../../src/lab/train.js';

const numbered = (row: (i: number) => string) => Array.from({ length: 60 }, (_, i) => row(i));
const KIND = numbered((i) => `The dam is full for ${i} days.`);
const UNKIND = numbered((i) => `You rotten lout, number ${i}.`);
const toxic = [...KIND.map((text) => `0\t${text}`), ...UNKIND.map((text) => `1\t${text}`)];

/** Every file that `lab train` reads, with a few rows each. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  'abuse/jigsaw-balanced': ['toxic\ttext', ...toxic],
  'abuse/jigsaw-sample': ['toxic\ttext', ...toxic],
  'abuse/jigsaw-six-labels': ['toxic\ttext', ...toxic],
  'abuse/wikipedia-talk-toxicity': ['toxic\ttext', ...toxic],
  'abuse/wikipedia-toxicity-train': ['toxic\ttext', 'False\tThe talks start today.'],
  'abuse/identity-templates': ['toxicity\ttext', 'nontoxic\tMy neighbours are kind.'],
  'abuse/davidson-tweets': ['class\ttext', 'neither\tThe dam is full.', 'offensive\tYou rotten lout.'],
  'abuse/forum-hate-sentences': ['label\ttext', 'noHate\tThe dam is full.', 'hate\tRotten, all of them.'],
  'abuse/civil-comments-toxic-spans-train': ['spans\tjson_text', '[4, 5, 6, 7, 8, 9]\t"You rotten lout."'],
  'abuse/civil-comments-toxic-spans-dev': ['spans\tjson_text', '[]\t"You lout."'],
  'language/languages': [
    'language\tkind\ttext',
    ...numbered((i) => `de\tsentences\tDie Talsperre ist seit ${i} Tagen voll.`),
    ...numbered((i) => `en\tsentences\tThe reservoir has been full for ${i} days.`),
  ],
  'sentences/web-train': [
    'label\ttext',
    ...numbered((i) => `full\tThe council has repaired ${i} roads.`),
    ...numbered((i) => `fragment\tThe ${i} old roads`),
  ],
};

let folder: string;
let data: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-train-'));
  data = join(folder, 'data');
  out = join(folder, 'src');
  mkdirSync(out);
  for (const [path, lines] of Object.entries(DATA)) put(path, lines);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, lines: readonly string[]): void {
  const file = join(data, `${path}.tsv.gz`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`));
}

/** @returns what it printed, line by line */
async function run(...args: string[]): Promise<string[]> {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  try {
    await train.parseAsync(args, { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return printed.trimEnd().split('\n');
}

const LEARNED = [
  'classifier/linear/weights.bin',
  'detectors/full-sentences/weights.json',
  'detectors/language/weights.bin',
  'text/words/english.txt',
  'text/words/foreign.txt',
  'text/words/trigrams.txt',
];

test('every learned file is written, and told', async () => {
  const lines = await run('--data', data, '--out', out);
  expect(lines.map((line) => line.replace(/: \d+ bytes$/, '')).sort()).toEqual(
    LEARNED.map((file) => join(out, file)).sort(),
  );
  const read = (file: string) => readFileSync(join(out, file));
  expect(readModel(read('classifier/linear/weights.bin')).about).toContain('Jigsaw');
  expect(readLanguageModel(read('detectors/language/weights.bin')).unit).toBeGreaterThan(0);
  expect(read('text/words/english.txt').toString()).toContain('reservoir');
  expect(read('text/words/foreign.txt').toString()).toContain('talsperre');
});

// Of the classifier the same is tried where it is learned.
test('the same data gives the same bytes, other data gives others', async () => {
  const learn = () => run('--data', data, '--out', out, '--only', 'sentences', 'languages');
  await learn();
  const again = await learn();
  expect(again.filter((line) => !line.endsWith(', as before'))).toEqual([]);
  expect(again).toHaveLength(LEARNED.length - 1);
  put('language/languages', [
    ...(DATA['language/languages'] ?? []),
    ...numbered((i) => `de\tx\tnochmals ${i}`),
  ]);
  const other = await learn();
  expect(other.find((line) => line.includes('foreign.txt'))).not.toContain('as before');
  expect(other.find((line) => line.includes('weights.json'))).toContain('as before');
});

test.each([
  ['the classifier', 'abuse/jigsaw-balanced'],
  ['the sentences', 'sentences/web-train'],
  ['the languages', 'language/languages'],
])('without the data of %s nothing is written', async (_, missing) => {
  rmSync(join(data, `${missing}.tsv.gz`));
  const told = run('--data', data, '--out', out);
  await expect(told).rejects.toThrow(CommandError);
  await expect(told).rejects.toThrow(missing);
  expect(readdirSync(out)).toEqual([]);
});

test('without a folder to write into it says so', async () => {
  await expect(run('--data', data, '--out', join(folder, 'nowhere'))).rejects.toThrow(/no folder .*nowhere/);
});
