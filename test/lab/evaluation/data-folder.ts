import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isHeldOut } from '../../../src/lab/corpus/rows.js';

/** A file of labelled data: its columns, then its rows. */
export type Table = readonly (readonly string[])[];

/** Files of a data folder by path without ending. */
export type DataFolder = Readonly<Record<string, Table>>;

/** Writes a data folder as `lab evaluate` reads it: gzipped TSV. */
export function writeData(folder: string, files: DataFolder): void {
  for (const [path, table] of Object.entries(files)) {
    const file = join(folder, `${path}.tsv.gz`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(`${table.map((cells) => cells.join('\t')).join('\n')}\n`));
  }
}

/** The first texts of a pattern that are never learned from. */
function heldOut(pattern: (i: number) => string, count = 4): string[] {
  const texts: string[] = [];
  for (let i = 2; texts.length < count; i += 1) if (isHeldOut(pattern(i))) texts.push(pattern(i));
  return texts;
}

const CIVIL = heldOut((i) => `The council has repaired ${i} roads since the last election.`);
const HOSTILE = heldOut((i) => `You are an idiot, and so are your ${i} friends.`);
const SHORT = heldOut((i) => `Well said, number ${i}.`);
const GERMAN = heldOut((i) => `Die Regierung hat gestern ${i} neue Gesetze beschlossen und verkündet.`);
const TEMPLATES = heldOut((i) => `My ${i} neighbours are kind.`);
const LONG =
  `${'The council has repaired the road to the market, and the shops are glad of it. '.repeat(4)}`.slice(
    0,
    300,
  );

const labelled = (
  columns: readonly string[],
  row: (isHostile: boolean, text: string) => readonly string[],
): Table => [
  columns,
  ...[...CIVIL, ...SHORT].map((text) => row(false, text)),
  ...HOSTILE.map((text) => row(true, text)),
];

const marked: Table = [
  ['spans', 'json_text'],
  ...CIVIL.map((text) => ['[]', JSON.stringify(text)]),
  ...HOSTILE.map((text) => ['[11, 12, 13, 14, 15]', JSON.stringify(text)]),
  ['[]', JSON.stringify(LONG)],
];

const toxic = labelled(['toxic', 'text'], (isHostile, text) => [isHostile ? '1' : '0', text]);

const treebank: Table = [
  ['label', 'tokens', 'source', 'text'],
  ['full', '8', 'own', 'The council has repaired the road.'],
  ['full', '7', 'own', 'I do not agree with you.'],
  ['fragment', '3', 'own', 'The old road'],
];

/** Every file that `lab evaluate` reads, with a few rows each. */
export const DATA: DataFolder = {
  'abuse/news-comments-unhealthy-train': labelled(['antagonize', 'hostile', 'text'], (isHostile, text) => [
    '0',
    isHostile ? '1' : '0',
    text,
  ]),
  'abuse/civil-comments-toxic-spans-train': marked,
  'abuse/civil-comments-toxic-spans-dev': marked,
  'abuse/jigsaw-balanced': toxic,
  'abuse/jigsaw-sample': toxic,
  'abuse/jigsaw-six-labels': toxic,
  'abuse/wikipedia-talk-toxicity': toxic,
  'abuse/davidson-tweets': labelled(['class', 'text'], (isHostile, text) => [
    isHostile ? 'hate' : 'neither',
    text,
  ]),
  'abuse/forum-hate-sentences': labelled(['label', 'text'], (isHostile, text) => [
    isHostile ? 'hate' : 'noHate',
    text,
  ]),
  'abuse/olid-train': labelled(['offensive', 'text'], (isHostile, text) => [isHostile ? 'OFF' : 'NOT', text]),
  'abuse/identity-templates': [
    ['template', 'toxicity', 'text'],
    ...TEMPLATES.map((text) => ['being', 'nontoxic', text]),
  ],
  'language/languages': [
    ['language', 'kind', 'text'],
    ...GERMAN.map((text) => ['de', 'sentences', text]),
    ...CIVIL.map((text) => ['en', 'sentences', text]),
  ],
  'language/romanised-hindi': [
    ['hindi_words', 'words', 'text'],
    ['7', '7', 'yeh sarkar kuch bhi nahi karti'],
    ['6', '6', 'tum log kab sudhroge bhai sahab'],
    ['1', '6', 'the yaar is not in it'],
  ],
  'sentences/web-dev': treebank,
  'sentences/mixed-dev': treebank,
};
