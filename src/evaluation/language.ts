import { isHeldOut, readRows } from '../corpus/rows.js';
import type { Figure } from './figure.js';
import { type Estimate, meanOfShares, shareOf } from './intervals.js';
import { byRule, type FigureGroup, isStopped, type Subject } from './subject.js';
import { countWords, readTexts } from './texts.js';

/** Sets of English comments and sentences, abusive ones too. */
const ENGLISH = [
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
  {
    id: 'wikipedia',
    name: 'Wikipedia comments (Jigsaw)',
    files: ['abuse/jigsaw-balanced', 'abuse/jigsaw-sample', 'abuse/jigsaw-six-labels'],
    rows: 'held-out',
  },
] as const;

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
  measure: async (subject) => {
    const rows = (await readRows(subject.dataDir, LANGUAGES)).map(
      ({ language = '', kind = '', text = '' }) => ({
        language,
        kind,
        text,
      }),
    );
    const heldOut = rows.filter(({ text }) => isHeldOut(text));
    const english: Source[] = [];
    for (const { files, rows, ...source } of ENGLISH) {
      english.push({ ...source, texts: await readTexts(subject.dataDir, files, rows) });
    }
    const listed = heldOut.filter((row) => row.language === 'en').map((row) => row.text);
    english.push({ id: 'lingua', name: "Lingua's English words and sentences", texts: listed });
    const sentences = heldOut.filter((row) => row.language !== 'en' && row.kind === 'sentences');
    return [
      ...wronglyRejected(
        {
          id: 'english-long',
          what: 'English of 4 words or more wrongly rejected for language',
          reach: 0.003,
          aim: 0.001,
        },
        english.map((source) => ({
          ...source,
          texts: source.texts.filter((text) => countWords(text) >= LONG),
        })),
        subject,
      ),
      ...wronglyRejected(
        {
          id: 'english-short',
          what: 'English of 1 to 3 words wrongly rejected for language',
          reach: 0.03,
          aim: 0.01,
        },
        english.map((source) => ({
          ...source,
          texts: source.texts.filter((text) => countWords(text) >= 1 && countWords(text) < LONG),
        })),
        subject,
      ),
      ...otherLanguages(sentences, subject),
      ...(await romanisedHindi(subject)),
    ];
  },
};

type Goal = Pick<Figure, 'id' | 'what' | 'reach' | 'aim'>;

/** All sources together, how many would at least be held for a moderator, and each source. */
function wronglyRejected(goal: Goal, sources: readonly Source[], subject: Subject): Figure[] {
  const judge = byRule('language', subject);
  const measured = sources
    .filter(({ texts }) => texts.length > 0)
    .map(({ id, name, texts }) => ({ id, name, texts, results: texts.map(judge) }));
  const texts = measured.flatMap((source) => source.texts);
  const results = measured.flatMap((source) => source.results);
  const common = { unit: 'share', better: 'lower' } as const;
  const rejected = results.filter(({ action }) => action === 'reject').length;
  return [
    {
      ...goal,
      ...common,
      ...shareOf(rejected, results.length),
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
    ...measured.map((source) => ({
      ...common,
      id: `${goal.id}/${source.id}`,
      what: `of these, ${source.name}`,
      ...shareOf(source.results.filter(({ action }) => action === 'reject').length, source.results.length),
      count: source.results.length,
    })),
  ];
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
