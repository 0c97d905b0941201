import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { jest } from '@jest/globals';
import { z } from 'zod';
import { explain } from '../../src/cli/explain.js';
import { evaluate } from '../../src/lab/evaluate.js';
import { LAB, stet } from '../helpers/stet.js';
import { DATA, type Table, writeData } from './evaluation/data-folder.js';

/** Runs the command in this process. @returns what it printed, without colours, and what it threw */
async function attempt(...args: string[]): Promise<{ printed: string; error: unknown }> {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  const error: unknown = await evaluate
    .parseAsync(args, { from: 'user' })
    .then(
      () => undefined,
      (reason) => reason,
    )
    .finally(() => write.mockRestore());
  return { printed: stripVTControlCharacters(printed), error };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-evaluate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = z.object({
  rulesVersion: z.string().startsWith('sha256:'),
  date: z.iso.date(),
  node: z.literal(process.version),
  figures: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      value: z.number(),
      low: z.number(),
      high: z.number(),
      unit: z.enum(['share', 'auc', 'f1', 'µs', 'MB']),
      count: z.int().positive(),
      better: z.enum(['higher', 'lower']),
      reach: z.number().optional(),
      aim: z.number().optional(),
    }),
  ),
});

describe('with every file there', () => {
  let table: string[];
  let json: z.infer<typeof written>;
  const figure = (id: string) => json.figures.find((candidate) => candidate.id === id);

  beforeAll(async () => {
    const data = join(folder, 'whole');
    writeData(data, DATA);
    const file = join(folder, 'figures.json');
    const { printed, error } = await attempt('--data', data, '--json', file);
    if (error !== undefined) throw error;
    table = printed.split('\n');
    json = written.parse(JSON.parse(readFileSync(file, 'utf8')));
  });

  // Others read the figures by these, from one release to the next.
  test.each([
    'english-long',
    'english-long/stopped',
    'english-short',
    'other-languages',
    'romanised-hindi',
    'sentences-web-as-written',
    'sentences-web-in-haste',
    'sentences-mixed-as-written',
    'disguises',
    'disguises/one-star',
    'disguises-new-words',
    'disguises-new-kinds',
    'disguises-looked-at',
    'innocent-words',
    'innocent-words-new',
    'harmless-sentences-new',
    'toxicity-balanced',
    'toxicity-as-they-come',
    'toxicity-tweets',
    'toxicity-news-hostile',
    'toxicity-spans',
    'identity-templates',
    'time',
    'memory',
  ])('there is a figure %s', (id) => {
    expect(figure(id)).toBeDefined();
  });

  test('no two figures have the same id, and a part has its whole', () => {
    const ids = json.figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const wholes = ids.filter((id) => id.includes('/')).map((id) => id.slice(0, id.indexOf('/')));
    expect(wholes.filter((whole) => !ids.includes(whole))).toEqual([]);
  });

  test('the table has each figure of the JSON, in order, with its value and count', () => {
    const lines = table.filter((line) => !/^ {4}/.test(line));
    expect(lines[0]).toMatch(/^figure .* plain libraries$/);
    const shown = lines.slice(1, 1 + json.figures.length).map((line) => line.trim().split(/ {2,}/));
    expect(shown.map(([what]) => what)).toEqual(json.figures.map(({ what }) => what));
    for (const [i, { unit, value, count }] of json.figures.entries()) {
      if (unit === 'share') expect(shown[i]?.[1]).toBe(`${(value * 100).toFixed(2)}%`);
      expect(shown[i]?.[3]).toBe(String(count));
    }
  });

  test.each([
    // Each set has four long ones, four short ones and four hostile ones.
    ['toxicity-balanced', 12],
    ['toxicity-as-they-come', 24],
    ['toxicity-tweets', 12],
    ['toxicity-news-hostile', 12],
    ['other-languages', 4],
    ['romanised-hindi', 2],
    ['identity-templates', 4],
    ['sentences-web-as-written', 3],
    ['time', 1],
  ])('%s stands on %d rows', (id, count) => {
    expect(figure(id)?.count).toBe(count);
  });

  test.each([
    ['toxicity-balanced', 1],
    ['toxicity-news-hostile', 1],
    ['other-languages', 1],
    ['romanised-hindi', 1],
    ['english-long', 0],
    ['identity-templates', 0],
    ['disguises', 1],
    ['innocent-words', 0],
  ])('on rows as plain as these, %s is %d', (id, value) => {
    expect(figure(id)?.value).toBe(value);
  });

  test('every value stands within its interval', () => {
    for (const { id, value, low, high } of json.figures) {
      expect([id, low <= value, value <= high]).toEqual([id, true, true]);
    }
  });
});

/** Runs the built command, whose errors are told to people. */
function runBuilt(...args: string[]) {
  return stet(args, { program: LAB });
}

// The first file of all, one read in the middle, and the last.
test.each([
  ['abuse/news-comments-unhealthy-train', 'languages'],
  ['sentences/mixed-dev', 'sentences'],
  ['abuse/identity-templates', 'identity'],
])('without %s it names the file', (missing, group) => {
  const data = mkdtempSync(join(folder, 'without-'));
  writeData(data, Object.fromEntries(Object.entries(DATA).filter(([path]) => path !== missing)));
  const { stderr, stdout, status } = runBuilt('evaluate', '--data', data, '--only', group);
  expect(stderr).toBe(`stet: ${join(data, missing)}.tsv.gz is not there\n`);
  expect(stdout).toBe('');
  expect(status).toBe(66);
});

const SPANS = 'abuse/civil-comments-toxic-spans-train';

test.each<[what: string, file: string, group: string, content: Table | string, told: RegExp]>([
  [
    'no row',
    'language/romanised-hindi',
    'languages',
    [['hindi_words', 'words', 'text']],
    /romanised-hindi\.tsv\.gz has no row/,
  ],
  [
    'a text that is not JSON',
    SPANS,
    'toxicity',
    [
      ['spans', 'json_text'],
      ['[]', 'plain'],
    ],
    /a row of toxic spans has plain in column json_text/,
  ],
  ['a file that is not gzipped', 'sentences/web-dev', 'sentences', 'label\ttext\n', /web-dev\.tsv\.gz/],
])('with %s in %s it says so and prints no figures', async (_, file, group, content, told) => {
  const data = mkdtempSync(join(folder, 'wrong-'));
  writeData(data, typeof content === 'string' ? DATA : { ...DATA, [file]: content });
  if (typeof content === 'string') writeFileSync(join(data, `${file}.tsv.gz`), content);
  const { printed, error } = await attempt('--data', data, '--only', group);
  expect(printed).toBe('');
  // As the command tells people, without a stack.
  expect(explain(error)).toEqual({ message: expect.stringMatching(told), status: expect.any(Number) });
});

test.each<[what: string, args: string[], status: number, message: RegExp]>([
  ['no data', ['evaluate'], 64, /--data/],
  [
    'nothing to learn from',
    ['train', '--data', '/nowhere'],
    66,
    /the data is not complete: .*jigsaw-balanced/,
  ],
  ['data that is not there', ['evaluate', '--data', '/nowhere'], 66, /nowhere is no folder/],
  ['nowhere to write to', ['evaluate', '--data', '.', '--json', 'nowhere/a.json'], 64, /no folder nowhere/],
  ['no rules', ['evaluate', '--data', '.', '--rules', 'nowhere'], 78, /nowhere/],
  ['an empty folder', ['evaluate', '--data', 'test'], 66, /stet: \S+\.tsv\.gz is not there/],
])('the command by itself: %s', (_, args, status, message) => {
  const result = runBuilt(...args);
  expect(result.stderr).toMatch(message);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.stdout).toBe('');
  expect(result.status).toBe(status);
});
