import { type Row, readRows } from '../corpus/rows.js';
import { readMarked } from '../corpus/toxic-spans.js';
import { buildLexicon, type LexiconFiles } from './build.js';
import { romanise, type Spelling } from './romanise.js';

/** One labelled file. Only files whose licence lets shipped data be learned from them are listed. */
interface Source {
  readonly file: string;
  /** The text to learn from; none where the row is abuse. */
  readonly read: (row: Row) => string | undefined;
}

const ENGLISH: readonly Source[] = [
  { file: 'abuse/wikipedia-talk-toxicity', read: (row) => textIf(row, Number(row.toxic) < 0.3) },
  { file: 'abuse/jigsaw-balanced', read: (row) => textIf(row, row.toxic === '0') },
  { file: 'abuse/jigsaw-sample', read: (row) => textIf(row, row.toxic === '0') },
  { file: 'abuse/jigsaw-six-labels', read: (row) => textIf(row, row.toxic === '0') },
  { file: 'abuse/wikipedia-toxicity-train', read: (row) => textIf(row, row.toxic === 'False') },
  { file: 'abuse/civil-comments-toxic-spans-train', read: withoutToxicSpans },
  { file: 'abuse/civil-comments-toxic-spans-dev', read: withoutToxicSpans },
  { file: 'abuse/davidson-tweets', read: (row) => textIf(row, row.class === 'neither') },
];

const LANGUAGES = 'language/languages';

/** Languages of that file in Latin letters. Serbian stands there in Cyrillic. */
const LATIN = new Set(
  `af az bs ca cs cy da de eo es et eu fi fr ga hr hu id is it la lg lt lv mi ms nb nl nn pl pt ro sk sl sn so
   sq st sv sw tl tn tr ts vi xh yo zu`.split(/\s+/),
);
/** Languages of India, and whether they drop the unwritten vowel (see `romanise`). */
const INDIAN = new Map(
  Object.entries({ hi: true, mr: true, bn: true, gu: true, pa: true, ta: false, te: false }),
);
const SPELLINGS: readonly Spelling[] = [
  { longVowels: 'single', v: 'v' },
  { longVowels: 'doubled', v: 'w' },
];

/**
 * Learns the lexicon from the labelled data.
 * @param dataDir the folder with `abuse/` and `language/`, gzipped TSV files with a header line
 * @param keep which rows to learn from, by their text: to measure on the others
 * @returns the files for `src/lexicon`; the same data gives the same bytes
 * @throws where a file is missing or is not what it should be
 */
export async function trainLexicon(
  dataDir: string,
  keep: (text: string) => boolean = () => true,
): Promise<LexiconFiles> {
  const english = new Set<string>();
  for (const { file, read } of ENGLISH) {
    for (const row of await readRows(dataDir, file)) {
      const text = read(row);
      if (text !== undefined && keep(row.text ?? text)) english.add(text);
    }
  }
  const others = new Map<string, string[]>();
  for (const { language, text } of await readLanguages(dataDir)) {
    if (!keep(text)) continue;
    const dropsSchwa = INDIAN.get(language);
    if (language === 'en') english.add(text);
    else if (LATIN.has(language)) append(others, language, text);
    else if (dropsSchwa !== undefined) {
      for (const spelling of SPELLINGS) {
        append(others, `${language}-Latn`, romanise(text, dropsSchwa, spelling));
      }
    }
  }
  return buildLexicon({ english: [...english], others });
}

function textIf(row: Row, isClean: boolean): string | undefined {
  return isClean ? row.text : undefined;
}

/** News comments that are toxic as a whole: what readers did not mark is ordinary English. */
function withoutToxicSpans(row: Row): string {
  return readMarked(row).unmarked;
}

async function readLanguages(dataDir: string): Promise<{ language: string; text: string }[]> {
  const rows = await readRows(dataDir, LANGUAGES);
  return rows.map((row) => ({ language: row.language ?? '', text: row.text ?? '' }));
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
