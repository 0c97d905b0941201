import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isHeldOut } from '../../../src/lab/corpus/rows.js';
import { trainLanguage } from '../../../src/lab/lexicons/train.js';

const FILES: Readonly<Record<string, readonly string[]>> = {
  'abuse/wikipedia-talk-toxicity': ['toxic\ttext', '0.1\tA gentle comment.', '0.9\tA vicious comment.'],
  'abuse/jigsaw-balanced': ['toxic\ttext', '0\tAnother gentle word.', '1\tAnother vicious word.'],
  'abuse/jigsaw-sample': ['toxic\ttext', '0\tPlain words once more.'],
  'abuse/jigsaw-six-labels': ['toxic\tinsult\ttext', '0\t0\tPlain words for ever.'],
  'abuse/wikipedia-toxicity-train': ['toxic\ttext', 'False\tSome plain words.'],
  'abuse/civil-comments-toxic-spans-train': [
    'spans\tjson_text',
    '[0, 1, 2, 3, 4]\t"Idiot, say it in plain words."',
  ],
  'abuse/civil-comments-toxic-spans-dev': ['spans\tjson_text', '[]\t"Say it again."'],
  'abuse/davidson-tweets': ['class\ttext', 'hate\tvicious again', 'neither\tgentle again'],
  'abuse/forum-hate-sentences': ['label\ttext', 'noHate\tvicious as well'],
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

/** The words of a learned file, from rows that are kept. */
async function learnWords(file: 'english.txt' | 'foreign.txt', keep?: (text: string) => boolean) {
  const files = await trainLanguage(dataDir, keep);
  return String(files[`text/words/${file}`]).split(/\s/);
}

// So few rows are not to be thinned out as well.
const all = () => true;

test.each(CASES)('%s has %s: %s (%s)', async (file, word, expected) => {
  expect((await learnWords(file, all)).includes(word)).toBe(expected);
});

test('rows may be kept back', async () => {
  const words = await learnWords('english.txt', (text) => !text.includes('gentle'));
  expect(words).toContain('plain');
  expect(words).not.toContain('gentle');
});

test('a comment is kept back by all of its text, what readers marked included', async () => {
  const words = await learnWords('english.txt', (text) => !text.startsWith('Idiot'));
  expect(words).not.toContain('say');
});

test('unless told otherwise, held-out rows are kept back', async () => {
  expect(await trainLanguage(dataDir)).toEqual(await trainLanguage(dataDir, (text) => !isHeldOut(text)));
});

test('the same data gives the same bytes', async () => {
  expect(await trainLanguage(dataDir)).toEqual(await trainLanguage(dataDir));
});

test('a missing file is told', async () => {
  await expect(trainLanguage(join(dataDir, 'nowhere'))).rejects.toThrow(/ is not there/);
});
