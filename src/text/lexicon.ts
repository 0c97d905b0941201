import { readFileSync } from 'node:fs';

/**
 * The words Stet knows, from the files in `words/`. Weights are in half nats of log-odds: how much likelier
 * a word is in English than in the other languages taken together. Above 0 speaks for English.
 *
 * - english.txt, foreign.txt, trigrams.txt: learned (see `lab/lexicons/build.ts`)
 * - text-speak.txt, romanised-hindi.txt: written by hand
 * - indian-english.txt, names.txt, groups.txt: written by hand; they say nothing of the language
 */
const ENGLISH = new Map<string, number>();
const FOREIGN = new Map<string, { readonly weight: number; readonly language: string }>();
const TRIGRAMS = new Map<string, number>();
const NEUTRAL = new Set(['indian-english.txt', 'names.txt', 'groups.txt'].flatMap(readWords));
const TEXT_SPEAK = new Set(readWords('text-speak.txt'));
const ROMANISED_HINDI = new Set(readWords('romanised-hindi.txt'));

for (const [weight = '', ...words] of readLines('english.txt')) {
  for (const word of words) ENGLISH.set(word, Number(weight));
}
for (const [weight = '', language = '', ...words] of readLines('foreign.txt')) {
  const entry = { weight: Number(weight), language };
  for (const word of words) FOREIGN.set(word, entry);
}
for (const [weight = '', ...trigrams] of readLines('trigrams.txt')) {
  for (const trigram of trigrams) TRIGRAMS.set(trigram, Number(weight));
}

/** Of a word that English has, however much more another language has it: die, hoe, log. */
const LEAST_ENGLISH_WEIGHT = -5;
const TEXT_SPEAK_WEIGHT = 3;
const HINDI_WEIGHT = -6;
/** What the spelling of an unknown word may say at most: names and typing errors look like anything. */
const SPELLING_WEIGHTS = { least: -5, most: 3, perHalfNat: 0.5 };
/** A word with a letter that English lacks even when accents are taken off, as in øre. */
const UNENGLISH_LETTER_WEIGHT = -4;
/** Chat spellings leave vowels out: thr, ppl, fck. */
const NO_VOWEL = /^[bcdfghjklmnpqrstvwxz]{2,5}$/;
/** Letters of a word that its spelling is judged by. */
const LONGEST_SPELLING = 30;

/**
 * Whether English has a word, names and chat spellings included.
 * @param word folded and in lower case; it may hold apostrophes
 */
export function isEnglishWord(word: string): boolean {
  if (ENGLISH.has(word) || NEUTRAL.has(word) || TEXT_SPEAK.has(word)) return true;
  const stem = withoutEnding(word);
  return stem !== undefined && (ENGLISH.has(stem) || NEUTRAL.has(stem));
}

/**
 * How much a word speaks for English.
 * @param word folded and in lower case; it may hold apostrophes
 * @returns half nats of log-odds, -8 (another language) to 8 (English); none for words that say nothing, such as single letters
 */
export function weightOf(word: string): number | undefined {
  if (word.length === 1) return undefined;
  const known = knownWeight(word);
  if (known !== undefined) return known === 0 ? undefined : known;
  const stem = withoutEnding(word) ?? withoutStretching(word);
  const ofStem = stem === undefined ? undefined : knownWeight(stem);
  if (ofStem !== undefined) return ofStem === 0 ? undefined : ofStem;
  return weightOfSpelling(word);
}

/** The language that has a word most often, of those that are not English: a code of `LANGUAGES`; none if unknown. */
export function foreignLanguageOf(word: string): string | undefined {
  return ROMANISED_HINDI.has(word) ? 'hi-Latn' : FOREIGN.get(word)?.language;
}

/** 0: known, and says nothing. */
function knownWeight(word: string): number | undefined {
  const english = ENGLISH.get(word);
  if (english !== undefined && english > 0) return english;
  if (TEXT_SPEAK.has(word)) return TEXT_SPEAK_WEIGHT;
  if (NEUTRAL.has(word)) return 0;
  if (english !== undefined) return Math.max(english, LEAST_ENGLISH_WEIGHT);
  if (ROMANISED_HINDI.has(word)) return HINDI_WEIGHT;
  return FOREIGN.get(word)?.weight;
}

/** The word before an English ending with an apostrophe: Trump's, they're. */
function withoutEnding(word: string): string | undefined {
  return /^(.+)'(?:s|re|ve|ll|d|t|m)?$/.exec(word)?.[1];
}

/** The word with stretched letters as they were, if it is known: soooo, noooo. */
function withoutStretching(word: string): string | undefined {
  if (!/(.)\1\1/.test(word)) return undefined;
  return ['$1$1', '$1']
    .map((letters) => word.replace(/(.)\1{2,}/g, letters))
    .find((shorter) => knownWeight(shorter) !== undefined);
}

function weightOfSpelling(word: string): number | undefined {
  if (NO_VOWEL.test(word)) return undefined;
  const letters = `_${word.slice(0, LONGEST_SPELLING)}_`;
  if (/[^a-z'_]/.test(letters)) return UNENGLISH_LETTER_WEIGHT;
  let sum = 0;
  for (let i = 0; i + 3 <= letters.length; i++) sum += TRIGRAMS.get(letters.slice(i, i + 3)) ?? 0;
  const { least, most, perHalfNat } = SPELLING_WEIGHTS;
  return Math.min(most, Math.max(least, sum * perHalfNat));
}

function readLines(file: string): string[][] {
  return readFileSync(new URL(`./words/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '));
}

function readWords(file: string): string[] {
  return readLines(file).flat();
}
