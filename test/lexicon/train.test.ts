import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { trainLexicon } from '../../src/lexicon/train.js';

const FILES: Readonly<Record<string, readonly string[]>> = {
  'abuse/wikipedia-talk-toxicity': ['toxic\ttext', '0.1\tA gentle comment.', '0.9\tA vicious comment.'],
  'abuse/jigsaw-balanced': ['toxic\ttext', '0\tAnother gentle word.', '1\tAnother vicious word.'],
  'abuse/jigsaw-sample': ['toxic\ttext'],
  'abuse/jigsaw-six-labels': ['toxic\tinsult\ttext'],
  'abuse/wikipedia-toxicity-train': ['toxic\ttext', 'False\tSome plain words.'],
  'abuse/civil-comments-toxic-spans-train': [
    'spans\tjson_text',
    '[0, 1, 2, 3, 4]\t"Idiot, say it in plain words."',
  ],
  'abuse/civil-comments-toxic-spans-dev': ['spans\tjson_text', '[]\t"Say it again."'],
  'abuse/davidson-tweets': ['class\ttext', 'hate\tvicious again', 'neither\tgentle again'],
  'language/languages': [
    'language\tkind\ttext',
    'en\tsentences\tPlain words again.',
    'sr\tsentences\tНије латиница.',
    ...Array.from({ length: 4 }, (_, i) => `de\tsentences\tund nochmals ${i}`),
    ...Array.from({ length: 4 }, (_, i) => `hi\tsentences\tसरकार ${i}`),
  ],
};

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stet-lexicon-'));
  for (const [name, lines] of Object.entries(FILES)) {
    const file = join(dataDir, `${name}.tsv.gz`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, gzipSync(`${lines.join('\n')}\n`));
  }
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

const CASES: readonly (readonly [
  file: 'english.txt' | 'foreign.txt',
  word: string,
  has: boolean,
  why: string,
])[] = [
  ['english.txt', 'gentle', true, 'in clean rows'],
  ['english.txt', 'plain', true, 'in rows of several files'],
  ['english.txt', 'vicious', false, 'in abusive rows only'],
  ['english.txt', 'idiot', false, 'marked as toxic'],
  ['foreign.txt', 'nochmals', true, 'of another language'],
  ['foreign.txt', 'sarkar', true, 'romanised'],
  ['foreign.txt', 'sarkaar', true, 'romanised, in the other spelling'],
];

test.each(CASES)('%s has %s: %s (%s)', async (file, word, expected) => {
  const files = await trainLexicon(dataDir);
  expect(files[file].split(/\s/).includes(word)).toBe(expected);
});

test('rows may be kept back', async () => {
  const files = await trainLexicon(dataDir, (text) => !text.includes('gentle'));
  expect(files['english.txt']).not.toContain('gentle');
});

test('a missing file is told', async () => {
  await expect(trainLexicon(join(dataDir, 'nowhere'))).rejects.toThrow(/ENOENT/);
});
