import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  fullness,
  MODEL,
  readModel,
  type SentenceModel,
} from '../../../src/detectors/full-sentences/sentence-model.js';
import { inHaste, withoutEndMark, withoutPunctuation } from '../../../src/lab/corpus/manners.js';
import {
  type LabelledSentence,
  learnSentences,
  tagSentence,
  trainSentences,
} from '../../../src/lab/learning/train-sentences.js';

const sentences: LabelledSentence[] = Array.from({ length: 30 }).flatMap((_, i) => [
  { text: `I have ${i} reasons, and you know them.`, full: true },
  { text: `They read ${i} books.`, full: true },
  { text: `A total of ${i} books.`, full: false },
  { text: `Great article number ${i}!`, full: false },
]);

function accuracy(model: SentenceModel): number {
  const right = sentences.filter(({ text, full }) => fullness(tagSentence(text), model) >= 0.5 === full);
  return right.length / sentences.length;
}

describe('learning', () => {
  test('learns what it is shown', () => {
    const model = learnSentences(sentences);
    expect(accuracy(model)).toBe(1);
    expect(fullness(tagSentence('We have reasons.'), model)).toBeGreaterThan(0.9);
    expect(fullness(tagSentence('A lot of reasons.'), model)).toBeLessThan(0.1);
  });

  test('what ships has learned it too, and says from what', () => {
    expect(MODEL.weights.size).toBeGreaterThan(1000);
    expect(accuracy(MODEL)).toBeGreaterThan(0.9);
  });
});

describe('training', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-sentences-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function dataOf(name: string, rows: readonly string[]): string {
    const dataDir = join(folder, name);
    mkdirSync(join(dataDir, 'sentences'), { recursive: true });
    writeFileSync(
      join(dataDir, 'sentences/web-train.tsv.gz'),
      gzipSync(`${['label\ttext', ...rows].join('\n')}\n`),
    );
    return dataDir;
  }

  test('gives the same bytes each time, which can be read', async () => {
    const data = dataOf(
      'good',
      sentences.map(({ text, full }) => `${full ? 'full' : 'fragment'}\t${text}`),
    );
    const json = await trainSentences(data);
    expect(await trainSentences(data)).toBe(json);
    expect(readModel(json)).toEqual(learnSentences(sentences));
    expect(JSON.parse(json).about).toMatch(/CC BY-SA 4\.0/);
  });

  test.each<[what: string, row: string, message: RegExp]>([
    ['a label is another', 'none\tNo.', /web-train, row 2: the label is none, not full or fragment/],
    ['a label is missing', '\tNo.', /web-train, row 2/],
  ])('says when %s', async (what, row, message) => {
    await expect(trainSentences(dataOf(what, ['full\tI agree.', row]))).rejects.toThrow(message);
  });

  test('names a file that is missing', async () => {
    await expect(trainSentences('/nowhere')).rejects.toThrow(/nowhere\/sentences\/web-train\.tsv\.gz/);
  });
});

test.each<[manner: string, write: (text: string) => string, text: string, expected: string]>([
  ['in haste', inHaste, 'Don’t do it, Mr. Smith-Jones!', 'don’t do it  mr  smith-jones'],
  ['in haste', inHaste, "'Quoted' - dashed", 'quoted    dashed'],
  ['in haste', inHaste, '...', ''],
  ['without punctuation', withoutPunctuation, 'Well, Mr. Smith-Jones!', 'Well  Mr  Smith-Jones'],
  ['without its end mark', withoutEndMark, 'Well, Mr. Smith!', 'Well, Mr. Smith'],
  ['without its end mark', withoutEndMark, '"He left (at 3.15 p.m.)." ', '"He left (at 3.15 p.m'],
  ['without its end mark', withoutEndMark, 'No mark', 'No mark'],
])('%s: %3$j', (_, write, text, expected) => {
  expect(write(text)).toBe(expected);
});
