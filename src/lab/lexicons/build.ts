import { fold } from '../../text/fold.js';
import { tokenise } from '../../text/tokens.js';

/** What the lexicon is learned from. */
export interface Corpus {
  /** English comments; nothing vile, for their words count as ordinary. */
  readonly english: readonly string[];
  /** Texts of other languages in Latin letters, by a code of `text/languages.ts`. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** The learned files of the lexicon, name to content, as `text/lexicon.ts` reads them. */
export type LexiconFiles = Readonly<Record<'english.txt' | 'foreign.txt' | 'trigrams.txt', string>>;

/** In how many comments a word must stand, by its length: short ones are mostly abbreviations and typing errors. */
const LEAST_COMMENTS: Readonly<Record<number, number>> = { 2: 30, 3: 5 };
const LEAST_COMMENTS_OF_LONGER = 2;
/** A word that is rarer than this share of English, and weighs less than this, belongs to the other language. */
const COMMON_SHARE = 2e-5;
const OWNED_ELSEWHERE = -6;
/** How often a word of another language must be seen. */
const LEAST_COUNT = 4;
/** Words counted at most this often teach what unknown words look like. */
const RARE = 3;
/** What is added for the unseen: to counts in English, to shares elsewhere, and to shares of trigrams. */
const UNSEEN = { count: 0.3, elsewhere: 1e-6, elsewhereOfForeign: 1e-7, trigram: 1e-5 };
const MOST_WEIGHT = 8;

const WORD = /^[a-z](?:[a-z']*[a-z])?$/;

interface Words {
  /** How often each word is seen. */
  readonly counts: Map<string, number>;
  /** In how many texts. */
  readonly texts: Map<string, number>;
  readonly total: number;
}

interface Elsewhere {
  /** Its share of the words of the other languages, pooled. */
  readonly share: number;
  readonly count: number;
  /** The one that has it most. */
  readonly language: string;
}

interface Weighed {
  /** What its line of the file begins with. */
  readonly key: string;
  readonly word: string;
}

/**
 * Learns the words and the spelling of English from texts in it and in other languages.
 * Pure: the same corpus gives the same bytes.
 */
export function buildLexicon(corpus: Corpus): LexiconFiles {
  const english = countWords(corpus.english);
  const others = new Map([...corpus.others].map(([code, texts]) => [code, countWords(texts)] as const));
  const elsewhere = poolWords(others);

  const shareOf = (word: string, unseen: number) =>
    ((english.counts.get(word) ?? 0) + unseen) / english.total;
  const weigh = (word: string, unseenElsewhere: number) =>
    toWeight(shareOf(word, UNSEEN.count) / ((elsewhere.get(word)?.share ?? 0) + unseenElsewhere));
  const isEnglish = (word: string) =>
    word.length > 1 &&
    (english.texts.get(word) ?? 0) >= (LEAST_COMMENTS[word.length] ?? LEAST_COMMENTS_OF_LONGER) &&
    (shareOf(word, 0) >= COMMON_SHARE || weigh(word, UNSEEN.elsewhere) > OWNED_ELSEWHERE);

  const known = [...english.counts.keys()]
    .filter(isEnglish)
    .map((word) => ({ key: `${weigh(word, UNSEEN.elsewhere)}`, word }));
  const foreign = [...elsewhere]
    .filter(([word, { count }]) => word.length > 1 && count >= LEAST_COUNT && !isEnglish(word))
    .map(([word, { language }]) => ({ key: `${weigh(word, UNSEEN.elsewhereOfForeign)} ${language}`, word }));
  const trigrams = weighTrigrams(
    countTrigrams([...english.counts].filter(([, count]) => count <= RARE).map(([word]) => [word, 1])),
    [...others.values()].map(({ counts }) =>
      countTrigrams(
        [...counts]
          .filter(([word]) => !isEnglish(word))
          .map(([word, count]) => [word, Math.min(count, RARE)]),
      ),
    ),
  );
  return { 'english.txt': toFile(known), 'foreign.txt': toFile(foreign), 'trigrams.txt': toFile(trigrams) };
}

function countWords(texts: readonly string[]): Words {
  const counts = new Map<string, number>();
  const inTexts = new Map<string, number>();
  let total = 0;
  for (const text of texts) {
    const tokens = tokenise(fold(text).lower).filter((token) => !token.numeric);
    const words = tokens.map((token) => token.word).filter((word) => WORD.test(word));
    for (const word of words) add(counts, word, 1);
    for (const word of new Set(words)) add(inTexts, word, 1);
    total += tokens.length;
  }
  return { counts, texts: inTexts, total };
}

/**
 * Pools the words of other languages. Their shares are averaged as squares, so that a word which one language
 * uses much counts more than one which many use now and then.
 */
function poolWords(languages: ReadonlyMap<string, Words>): Map<string, Elsewhere> {
  const pooled = new Map<string, { squares: number; count: number; most: number; language: string }>();
  for (const [language, { counts, total }] of languages) {
    for (const [word, count] of counts) {
      const share = (count - UNSEEN.count) / total;
      const entry = pooled.get(word) ?? { squares: 0, count: 0, most: 0, language };
      pooled.set(word, {
        squares: entry.squares + share ** 2,
        count: entry.count + count,
        most: Math.max(entry.most, share),
        language: share > entry.most ? language : entry.language,
      });
    }
  }
  return new Map(
    [...pooled].map(([word, { squares, count, language }]) => [
      word,
      { share: Math.sqrt(squares / languages.size), count, language },
    ]),
  );
}

interface Trigrams {
  readonly counts: Map<string, number>;
  readonly total: number;
}

/** Counts three letters in a row; `_` stands for the edges of a word. */
function countTrigrams(words: readonly (readonly [word: string, count: number])[]): Trigrams {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [word, count] of words) {
    const letters = `_${word}_`;
    for (let i = 0; i + 3 <= letters.length; i++) add(counts, letters.slice(i, i + 3), count);
    total += count * (letters.length - 2);
  }
  return { counts, total };
}

/** Weighs trigrams of English words against those of other languages, each language alike. */
function weighTrigrams(english: Trigrams, others: readonly Trigrams[]): Weighed[] {
  const elsewhere = new Map<string, number>();
  for (const { counts, total } of others) {
    for (const [letters, count] of counts) add(elsewhere, letters, count / total / others.length);
  }
  return [...new Set([...english.counts.keys(), ...elsewhere.keys()])]
    .map((letters) => {
      const share = (english.counts.get(letters) ?? 0) / english.total;
      return {
        weight: toWeight((share + UNSEEN.trigram) / ((elsewhere.get(letters) ?? 0) + UNSEEN.trigram)),
        word: letters,
      };
    })
    .filter(({ weight }) => weight !== 0)
    .map(({ weight, word }) => ({ key: `${weight}`, word }));
}

/** Half nats of log-odds, whole numbers from -8 to 8. */
function toWeight(odds: number): number {
  const weight = Math.round(Math.log(odds) * 2);
  return Math.max(-MOST_WEIGHT, Math.min(MOST_WEIGHT, weight)) + 0;
}

/** One line for each key, words in order of their code units. */
function toFile(weighed: readonly Weighed[]): string {
  const lines = new Map<string, string[]>();
  for (const { key, word } of weighed) {
    const words = lines.get(key);
    if (words) words.push(word);
    else lines.set(key, [word]);
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, words]) => `${key} ${words.sort().join(' ')}\n`)
    .join('');
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
