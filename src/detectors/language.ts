import { Filter } from 'bad-words';
import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { entriesOf } from '../matching/phrase.js';
import { fold, sourceSpan } from '../text/fold.js';
import { languageName, languageOf } from '../text/languages.js';
import { foreignLanguageOf, isEnglishWord, weightOf } from '../text/lexicon.js';
import { hasNameCapital, isCapitalised } from '../text/names.js';
import { scriptOf, tokensInOtherScripts } from '../text/scripts.js';
import { within } from '../text/span.js';
import { type Token, tokenise } from '../text/tokens.js';
import type { Detector, Evidence, Finding } from './detector.js';
import { foreignLogOdds } from './language/letter-model.js';

const options = z
  .strictObject({
    allowWords: z
      .array(z.string())
      .default([])
      .describe(
        'Words that never count as foreign, such as names the paper often prints. Common Indian-English words (lakh, crore, Jai Hind) are known already. A {name} stands for a list.',
      ),
  })
  .describe('Fires on comments that are not in English.');

/**
 * How sure it is that a comment is not in English: 0.5 where either is as likely. Letters of other scripts
 * decide by their share, words in Latin letters by what each says for English or against it (`text/lexicon.ts`),
 * and in doubt by their letters (`language/letter-model.ts`).
 * Links, @names, #tags and quoted foreign words do not count, and names count less.
 */
export const language: Detector<typeof options> = {
  name: 'language',
  options,
  prepare: ({ allowWords }, lists) => {
    const allowed = entriesOf(allowWords, lists).flatMap((entry) => tokenise(fold(entry).lower));
    const neverForeign = new Set([...allowed.map(({ word }) => word), ...OBSCENE]);
    return { detect: (comment) => detect(comment, neverForeign) };
  },
};

/** Words of abuse, however they are spelt (biatch): other rules see to them. */
const OBSCENE = new Filter().list.map((word) => word.toLowerCase());

/** From this score on, moderators are told where the foreign words are and what language they may be. */
const WORTH_TELLING = 0.2;

function detect(comment: Comment, neverForeign: ReadonlySet<string>): Finding {
  const words = withoutForeignQuotations(comment, readWords(comment, neverForeign));
  const byScript = scoreOfScripts(words);
  const byWords = scoreOfWords(words);
  const score = Math.max(byScript, byWords);
  if (score < WORTH_TELLING) return { score, spans: [] };
  const note = byScript >= byWords ? nameScript(comment, words) : nameLanguage(comment, words);
  return { score, spans: foreignStretches(comment, words), note };
}

/** A word of the comment, and what it says. */
interface Word {
  readonly token: Token;
  /** Letters; those of some other scripts count twice (see `tokensInOtherScripts`). */
  readonly letters: number;
  readonly isOtherScript: boolean;
  /** Half nats for English, below 0 against it; 0 where it says nothing. */
  readonly weight: number;
  /** How much the weight counts, 0 to 1. */
  readonly trust: number;
  /** Whether English has the word, though another language may have it more often. */
  readonly isEnglish: boolean;
  /** Whether its letters may speak against English: not those of names, of allowed words, and of repeated ones. */
  readonly lettersTell: boolean;
}

const TRUST_IN_NAMES = 0.3;

function readWords(comment: Comment, neverForeign: ReadonlySet<string>): Word[] {
  const { text, folded, tokens } = comment;
  const otherScripts = tokensInOtherScripts(text, folded, tokens);
  const inAddress = within(tokens, comment.addresses);
  const capitalsTell = doCapitalsTell(comment);
  const seen = new Set<string>();
  const words: Word[] = [];
  tokens.forEach((token, i) => {
    if (token.numeric || inAddress[i]) return;
    const letters = otherScripts.get(i);
    if (letters !== undefined) {
      words.push({
        token,
        letters,
        isOtherScript: true,
        weight: 0,
        trust: 0,
        isEnglish: false,
        lettersTell: false,
      });
      return;
    }
    const { weight, isEnglish } = weigh(comment, token, neverForeign);
    const isLikelyName = weight < 0 && capitalsTell && hasNameCapital(comment, i);
    const trust = weight === 0 || seen.has(token.word) ? 0 : isLikelyName ? TRUST_IN_NAMES : 1;
    words.push({
      token,
      letters: token.word.length,
      isOtherScript: false,
      weight,
      trust,
      isEnglish,
      lettersTell: !isLikelyName && !neverForeign.has(token.word) && !seen.has(token.word),
    });
    seen.add(token.word);
  });
  return words;
}

/** What an accent adds, on a word that English does not have. */
const ACCENTED = -3;
const ACCENT = /(?=\p{Script=Latin})[^a-z]|\p{M}/iu;

function weigh(
  { text, folded }: Comment,
  token: Token,
  neverForeign: ReadonlySet<string>,
): { weight: number; isEnglish: boolean } {
  const weight = isDisguised(folded.lower, token) ? 0 : (weightOf(token.word) ?? 0);
  if (weight === 0 || (weight > 0 && folded.origin === null)) return { weight, isEnglish: weight > 0 };
  const isEnglish = isEnglishWord(token.word);
  if (neverForeign.has(token.word)) return { weight: Math.max(weight, 0), isEnglish };
  if (isEnglish || folded.origin === null) return { weight, isEnglish };
  const { start, end } = sourceSpan(folded, token.start, token.end);
  const isAccented = ACCENT.test(text.slice(start, end));
  return { weight: isAccented ? Math.min(weight, 0) + ACCENTED : weight, isEnglish };
}

const SIGN_BEFORE = /[^\s.,;:?"'()][*$@#%&+|^~!]$/;
const SIGN_AFTER = /^[*$@#%&+|^~!][^\s.,;:?"'()]/;

/** Whether a word is a piece of one with signs for letters (f*ck), or has digits in it (1d10t). */
function isDisguised(lower: string, { word, start, end }: Token): boolean {
  return (
    /\d/.test(word) ||
    SIGN_AFTER.test(lower.slice(end, end + 2)) ||
    (start > 1 && SIGN_BEFORE.test(lower.slice(start - 2, start)))
  );
}

/** Above this share of words with a capital, capitals make no names: a headline, or shouting. So few words are none. */
const TOO_MANY_CAPITALS = 0.6;
const FEW_WORDS = 2;

function doCapitalsTell(comment: Comment): boolean {
  const { tokens } = comment;
  const capitalised = tokens.filter((token) => isCapitalised(comment, token)).length;
  return tokens.length <= FEW_WORDS || capitalised <= tokens.length * TOO_MANY_CAPITALS;
}

/** How many words, and what share of all, must stand outside the quotations for these not to count. */
const FEWEST_OWN_WORDS = 3;
const LEAST_OWN_SHARE = 0.25;

/** Leaves out the foreign words that the comment only quotes. */
function withoutForeignQuotations(comment: Comment, words: readonly Word[]): readonly Word[] {
  if (comment.quotations.length === 0) return words;
  const quoted = within(
    words.map(({ token }) => token),
    comment.quotations,
  );
  const own = quoted.filter((isQuoted) => !isQuoted).length;
  if (own < Math.max(FEWEST_OWN_WORDS, words.length * LEAST_OWN_SHARE)) return words;
  return words.filter((word, i) => !(quoted[i] && isForeign(word)));
}

function isForeign(word: Word): boolean {
  return word.isOtherScript || word.weight < 0;
}

/**
 * The share of letters in other scripts at which English and not are as likely, and how fast that changes.
 * Some Latin letters are added: a lone π makes no Greek.
 */
const SCRIPTS = { share: 0.3, slope: 20, assumedLetters: 3 };

function scoreOfScripts(words: readonly Word[]): number {
  let other = 0;
  let all = SCRIPTS.assumedLetters;
  for (const word of words) {
    all += word.letters;
    if (word.isOtherScript) other += word.letters;
  }
  return other === 0 ? 0 : logistic(SCRIPTS.slope * (other / all - SCRIPTS.share));
}

/**
 * The mean weight of words at which English and not are as likely, and how fast that changes; set on rows that
 * the lexicon was not learned from. Thin evidence is taken for English: a word of the assumed weight is added,
 * and where the letters are not asked, the score stays below one half unless the words that English has not weigh
 * something together.
 */
const WORDS = { mean: 0.3, slope: 1.5, assumedWeight: 4, leastAlien: -4, mostIfThin: 0.45 };

/**
 * Where the words alone score this much, the letters of those that are no names are asked too. Not where words are
 * few or hardly any tells a language, nor where more than this share are such as English alone has: the rest are
 * names then. `lean` makes up for what the words lean to English. Set by ten-fold cross-validation on the rows for
 * training, and on foreign names in English sentences.
 */
const LETTERS = {
  doubt: 0.02,
  fewestWords: 3,
  fewestTelling: 2,
  clearlyEnglish: 4,
  mostClearlyEnglish: 0.3,
  most: 3,
  lean: 0.7,
};

function scoreOfWords(words: readonly Word[]): number {
  let count = 1;
  let english = WORDS.assumedWeight;
  let shared = 0;
  let alien = 0;
  for (const { weight, trust, isEnglish } of words) {
    count += trust;
    if (weight > 0) english += weight * trust;
    else if (isEnglish) shared += weight * trust;
    else alien += weight * trust;
  }
  // Words that English shares with other languages (die, go, hole) speak against it only beside some that it has not.
  const mean = (english + alien + Math.max(shared, alien)) / count;
  const logOdds = WORDS.slope * (WORDS.mean - mean);
  const score = logistic(logOdds);
  if (score < LETTERS.doubt) return score;
  const asked = lettersToAsk(words);
  if (asked.length >= LETTERS.fewestWords) {
    return logistic(logOdds + Math.min(foreignLogOdds(asked), LETTERS.most) + LETTERS.lean);
  }
  return alien > WORDS.leastAlien ? Math.min(score, WORDS.mostIfThin) : score;
}

/** The words whose letters may tell what the words do not; none where they should not be asked. */
function lettersToAsk(words: readonly Word[]): string[] {
  const latin = words.filter(({ isOtherScript }) => !isOtherScript);
  const telling = latin.filter(({ trust }) => trust > 0).length;
  const clear = latin.filter(({ weight }) => weight >= LETTERS.clearlyEnglish).length;
  if (telling < LETTERS.fewestTelling || clear > latin.length * LETTERS.mostClearlyEnglish) return [];
  return latin.filter(({ lettersTell }) => lettersTell).map(({ token }) => token.word);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Words that may stand between the foreign ones of a stretch, and what a stretch in Latin letters must weigh. */
const WIDEST_GAP = 2;
const LEAST_STRETCH = -4;

/** Where the foreign words are, neighbours as one, in the text as it was sent. */
function foreignStretches({ folded }: Comment, words: readonly Word[]): Evidence[] {
  const stretches: { start: number; end: number; weight: number }[] = [];
  let gap = Number.POSITIVE_INFINITY;
  for (const word of words) {
    if (!isForeign(word)) {
      gap += 1;
      continue;
    }
    const { start, end } = word.token;
    const weight = word.isOtherScript ? LEAST_STRETCH : word.weight * word.trust;
    const last = stretches.at(-1);
    if (last && gap <= WIDEST_GAP) {
      stretches[stretches.length - 1] = { start: last.start, end, weight: last.weight + weight };
    } else {
      stretches.push({ start, end, weight });
    }
    gap = 0;
  }
  return stretches
    .filter(({ weight }) => weight <= LEAST_STRETCH)
    .map(({ start, end }) => sourceSpan(folded, start, end));
}

function nameLanguage({ text }: Comment, words: readonly Word[]): string | undefined {
  const code = languageOf(text, votes(words));
  return code === undefined ? undefined : languageName(code);
}

function nameScript({ text, folded }: Comment, words: readonly Word[]): string {
  const first = words.find((word) => word.isOtherScript);
  const span = first && sourceSpan(folded, first.token.start, first.token.end);
  const script = span && scriptOf(text.slice(span.start, span.end));
  return script === undefined ? 'another script' : `${script} script`;
}

/** For each language's code, what the words that are its more than any other's weigh. */
function votes(words: readonly Word[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { token, weight } of words) {
    const code = weight < 0 ? foreignLanguageOf(token.word) : undefined;
    if (code !== undefined) weights.set(code, (weights.get(code) ?? 0) - weight);
  }
  return weights;
}
