import { type Estimate, meanOfShares, shareOf } from '../../statistics.js';
import { isHeldOut, type Row, readRows } from '../corpus/rows.js';
import type { Figure } from './figure.js';
import { byRule, type FigureGroup, isStopped, type Subject } from './subject.js';
import { countWords, readTexts } from './texts.js';

/** A set of comments and sentences in English, abusive ones too. */
interface EnglishSet {
  readonly id: string;
  readonly name: string;
  readonly files: readonly string[];
  readonly rows: 'all' | 'held-out';
  readonly isWanted?: (row: Row) => boolean;
}

/** What is in English throughout. */
const ENGLISH: readonly EnglishSet[] = [
  {
    id: 'news',
    name: 'news comments (Globe and Mail)',
    files: ['abuse/news-comments-unhealthy-train'],
    rows: 'all',
  },
  {
    id: 'civil',
    name: 'news comments (Civil Comments)',
    files: ['abuse/civil-comments-toxic-spans-train', 'abuse/civil-comments-toxic-spans-dev'],
    rows: 'held-out',
  },
];

/**
 * What nobody has sorted by language. Of the rows for training that the rule rejects, franc and eld find nine in ten
 * in another language too, and the others are mostly names and keys struck at random; so these sets stand apart.
 */
const MOSTLY_ENGLISH: readonly EnglishSet[] = [
  {
    id: 'wikipedia',
    name: 'Wikipedia comments (Jigsaw)',
    files: ['abuse/jigsaw-balanced', 'abuse/jigsaw-sample', 'abuse/jigsaw-six-labels'],
    rows: 'held-out',
  },
  {
    id: 'wikipedia-talk',
    name: 'Wikipedia talk pages, without abuse',
    files: ['abuse/wikipedia-talk-toxicity'],
    rows: 'held-out',
    isWanted: ({ toxic }) => Number(toxic) < 0.3,
  },
  { id: 'tweets', name: 'tweets (OLID)', files: ['abuse/olid-train'], rows: 'held-out' },
  {
    id: 'tweets-davidson',
    name: 'tweets (Davidson), without abuse',
    files: ['abuse/davidson-tweets'],
    rows: 'held-out',
    isWanted: (row) => row.class === 'neither',
  },
  {
    id: 'forum',
    name: 'sentences of a forum',
    files: ['abuse/forum-hate-sentences'],
    rows: 'held-out',
  },
];

const LANGUAGES = 'language/languages';
const ROMANISED_HINDI = 'language/romanised-hindi';

/** Below this many words a text is measured as a short one. */
const LONG = 4;
/** The least share of Hindi words in a comment that counts as Hindi. */
const HINDI_SHARE = 0.8;

interface Source {
  readonly id: string;
  readonly name: string;
  readonly texts: readonly string[];
}

/** What the default rule `language` does to English and to other languages. */
export const language: FigureGroup = {
  name: 'languages',
  reads: [LANGUAGES, ...[...ENGLISH, ...MOSTLY_ENGLISH].flatMap(({ files }) => files), ROMANISED_HINDI],
  measure: async (subject) => {
    const rows = (await readRows(subject.dataDir, LANGUAGES)).map(
      ({ language = '', kind = '', text = '' }) => ({
        language,
        kind,
        text,
      }),
    );
    const heldOut = rows.filter(({ text }) => isHeldOut(text));
    const listed = heldOut.filter((row) => row.language === 'en').map((row) => row.text);
    const english: Source[] = [
      ...(await readSources(ENGLISH, subject.dataDir)),
      { id: 'lingua', name: "Lingua's English words and sentences", texts: listed },
    ];
    const mostlyEnglish = await readSources(MOSTLY_ENGLISH, subject.dataDir);
    const isLong = (text: string) => countWords(text) >= LONG;
    const isShort = (text: string) => countWords(text) >= 1 && countWords(text) < LONG;
    const sentences = heldOut.filter((row) => row.language !== 'en' && row.kind === 'sentences');
    return [
      ...wronglyRejected(
        {
          id: 'english-long',
          what: 'English of 4 words or more wrongly rejected for language',
          reach: 0.003,
          aim: 0.001,
        },
        only(isLong, english),
        only(isLong, mostlyEnglish),
        subject,
      ),
      ...wronglyRejected(
        {
          id: 'english-short',
          what: 'English of 1 to 3 words wrongly rejected for language',
          reach: 0.03,
          aim: 0.01,
        },
        only(isShort, english),
        only(isShort, mostlyEnglish),
        subject,
      ),
      ...otherLanguages(sentences, subject),
      ...(await romanisedHindi(subject)),
    ];
  },
};

async function readSources(sets: readonly EnglishSet[], dataDir: string): Promise<Source[]> {
  const sources: Source[] = [];
  for (const { id, name, files, rows, isWanted } of sets) {
    sources.push({ id, name, texts: await readTexts(dataDir, files, rows, isWanted) });
  }
  return sources;
}

function only(isWanted: (text: string) => boolean, sources: readonly Source[]): Source[] {
  return sources
    .map((source) => ({ ...source, texts: source.texts.filter(isWanted) }))
    .filter(({ texts }) => texts.length > 0);
}

type Goal = Pick<Figure, 'id' | 'what' | 'reach' | 'aim'>;

/** All sources together, how many would at least be held for a moderator, and each source; then the mixed ones. */
function wronglyRejected(
  goal: Goal,
  sources: readonly Source[],
  mixed: readonly Source[],
  subject: Subject,
): Figure[] {
  const judge = byRule('language', subject);
  const texts = sources.flatMap((source) => source.texts);
  const results = texts.map(judge);
  const common = { unit: 'share', better: 'lower' } as const;
  const measurePart = (id: string, what: string, part: readonly string[]): Figure => {
    const rejected = part.filter((text) => judge(text).action === 'reject');
    return {
      ...common,
      id: `${goal.id}/${id}`,
      what,
      ...shareOf(rejected.length, part.length),
      count: part.length,
      ...(rejected.length > 0 && { note: noteOn(rejected, subject) }),
    };
  };
  return [
    {
      ...goal,
      ...common,
      ...shareOf(results.filter(({ action }) => action === 'reject').length, results.length),
      count: results.length,
      beside: subject.libraries.notEnglish.map(({ name, says }) => ({
        name,
        value: texts.filter(says).length / texts.length,
      })),
    },
    {
      ...common,
      id: `${goal.id}/stopped`,
      what: 'the same, rejected or sent to a moderator',
      ...shareOf(results.filter(isStopped).length, results.length),
      count: results.length,
    },
    ...sources.map(({ id, name, texts }) => measurePart(id, `of these, ${name}`, texts)),
    ...(mixed.length === 0
      ? []
      : [
          measurePart(
            'all',
            'all sets together, those below too',
            [...sources, ...mixed].flatMap((x) => x.texts),
          ),
        ]),
    ...mixed.map(({ id, name, texts }) => measurePart(id, `apart, some not in English: ${name}`, texts)),
  ];
}

/** How many of the rejected texts the plain libraries take for another language, too. */
function noteOn(rejected: readonly string[], { libraries }: Subject): string {
  const agreed = rejected.filter((text) => libraries.notEnglish.every(({ says }) => says(text)));
  const names = libraries.notEnglish.map(({ name }) => name).join(' and ');
  return `${agreed.length} of the ${rejected.length} are not English to ${names} either`;
}

interface Sentence {
  readonly language: string;
  readonly text: string;
}

function otherLanguages(sentences: readonly Sentence[], subject: Subject): Figure[] {
  const judge = byRule('language', subject);
  const judged = sentences.map(({ language, text }) => ({ language, text, result: judge(text) }));
  const languages = [...new Set(judged.map((row) => row.language))];
  const byLanguage = languages.map(
    (language) => [language, judged.filter((row) => row.language === language)] as const,
  );
  const over = (isCaught: (row: (typeof judged)[number]) => boolean): (Estimate & { language: string })[] =>
    byLanguage.map(([language, rows]) => ({
      language,
      ...shareOf(rows.filter(isCaught).length, rows.length),
    }));
  const rejected = over(({ result }) => result.action === 'reject');
  const worst = rejected.toSorted((a, b) => a.value - b.value).slice(0, 5);
  const common = { unit: 'share', better: 'higher', count: judged.length } as const;
  return [
    {
      ...common,
      id: 'other-languages',
      what: `sentences of ${byLanguage.length} other languages rejected, mean over languages`,
      ...meanOfShares(rejected),
      reach: 0.99,
      aim: 0.997,
      beside: subject.libraries.notEnglish.map(({ name, says }) => ({
        name,
        value: meanOfShares(over(({ text }) => says(text))).value,
      })),
      note: `worst: ${worst.map(({ language, value }) => `${language} ${(value * 100).toFixed(1)}%`).join(', ')}`,
    },
    {
      ...common,
      id: 'other-languages/stopped',
      what: 'the same, rejected or sent to a moderator',
      ...meanOfShares(over(({ result }) => isStopped(result))),
    },
  ];
}

async function romanisedHindi(subject: Subject): Promise<Figure[]> {
  const texts = (await readRows(subject.dataDir, ROMANISED_HINDI))
    .filter(
      ({ hindi_words, words }) => Number(words) >= LONG && Number(hindi_words) >= HINDI_SHARE * Number(words),
    )
    .map(({ text = '' }) => text);
  const results = texts.map(byRule('language', subject));
  const common = { unit: 'share', better: 'higher', count: texts.length } as const;
  return [
    {
      ...common,
      id: 'romanised-hindi',
      what: 'romanised Hindi rejected (4 words or more, at least 80% of them Hindi)',
      ...shareOf(results.filter(({ action }) => action === 'reject').length, texts.length),
      reach: 0.95,
      aim: 0.98,
      beside: subject.libraries.notEnglish.map(({ name, says }) => ({
        name,
        value: texts.filter(says).length / texts.length,
      })),
    },
    {
      ...common,
      id: 'romanised-hindi/stopped',
      what: 'the same, rejected or sent to a moderator',
      ...shareOf(results.filter(isStopped).length, texts.length),
    },
  ];
}
