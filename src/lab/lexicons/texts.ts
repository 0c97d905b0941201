import { isForTraining, type Row, readRows } from '../corpus/rows.js';
import { readMarked } from '../corpus/toxic-spans.js';
import { romanise, type Spelling } from './romanise.js';

/** One labelled file. Only files whose licence lets shipped data be learned from them are listed. */
interface Source {
  readonly file: string;
  readonly read: (row: Row) => Lesson;
}

/** English, abuse and all. */
interface Lesson {
  /** The text as it stands in the data: it tells whether the row is held out. */
  readonly whole: string;
  /** What of it holds no abuse; none where that cannot be told apart. */
  readonly clean?: string | undefined;
}

const ENGLISH: readonly Source[] = [
  { file: 'abuse/wikipedia-talk-toxicity', read: (row) => cleanIf(Number(row.toxic) < 0.3, row) },
  { file: 'abuse/jigsaw-balanced', read: (row) => cleanIf(row.toxic === '0', row) },
  { file: 'abuse/jigsaw-sample', read: (row) => cleanIf(row.toxic === '0', row) },
  { file: 'abuse/jigsaw-six-labels', read: (row) => cleanIf(row.toxic === '0', row) },
  { file: 'abuse/wikipedia-toxicity-train', read: (row) => cleanIf(row.toxic === 'False', row) },
  { file: 'abuse/civil-comments-toxic-spans-train', read: withoutToxicSpans },
  { file: 'abuse/civil-comments-toxic-spans-dev', read: withoutToxicSpans },
  { file: 'abuse/davidson-tweets', read: (row) => cleanIf(row.class === 'neither', row) },
  { file: 'abuse/forum-hate-sentences', read: (row) => cleanIf(false, row) },
];

const LANGUAGES = 'language/languages';

/** The labelled files that languages are learned from. */
export const LANGUAGE_FILES: readonly string[] = [...ENGLISH.map(({ file }) => file), LANGUAGES];

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

/** What the language files are learned from. */
export interface LanguageTexts {
  /** English, abuse and all. */
  readonly english: readonly string[];
  /** English that holds nothing vile. */
  readonly cleanEnglish: readonly string[];
  /** Texts of other languages in Latin letters, by a code of `text/languages.ts`. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the labelled texts that may be learned from.
 * @param dataDir the folder with `abuse/` and `language/`, gzipped TSV files with a header line
 * @param keep which rows to learn from, by their whole text
 * @throws where a file is missing or is not what it should be
 */
export async function readLanguageTexts(
  dataDir: string,
  keep: (text: string) => boolean = isForTraining,
): Promise<LanguageTexts> {
  const english = new Set<string>();
  const clean = new Set<string>();
  for (const { file, read } of ENGLISH) {
    for (const row of await readRows(dataDir, file)) {
      const lesson = read(row);
      if (!keep(lesson.whole)) continue;
      english.add(lesson.whole);
      if (lesson.clean !== undefined) clean.add(lesson.clean);
    }
  }
  const others = new Map<string, string[]>();
  for (const { language, text } of await readLanguages(dataDir)) {
    if (!keep(text)) continue;
    const dropsSchwa = INDIAN.get(language);
    if (language === 'en') {
      english.add(text);
      clean.add(text);
    } else if (LATIN.has(language)) append(others, language, text);
    else if (dropsSchwa !== undefined) {
      for (const spelling of SPELLINGS) {
        append(others, `${language}-Latn`, romanise(text, dropsSchwa, spelling));
      }
    }
  }
  return { english: [...english], cleanEnglish: [...clean], others };
}

function cleanIf(isClean: boolean, { text = '' }: Row): Lesson {
  return { whole: text, clean: isClean ? text : undefined };
}

/** News comments that are toxic as a whole: what readers did not mark is ordinary English. */
function withoutToxicSpans(row: Row): Lesson {
  const { text, unmarked } = readMarked(row);
  return { whole: text, clean: unmarked };
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
