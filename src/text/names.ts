import type { Folded } from './fold.js';
import { isKnownWord } from './tagger.js';
import type { Token } from './tokens.js';

/** A folded text with its words. */
interface Written {
  readonly folded: Folded;
  readonly tokens: readonly Token[];
}

const NAME = /^\p{Lu}(?:\.?$|.*\p{Ll})/u;

/**
 * Whether a word is written as names are: with a capital first, but not in capitals. It may still be the capital of
 * a sentence's start: see `hasNameCapital`.
 * @param written as it stands in the text: `Modi`, `O'Brien`, `DeSantis`, `R.`; not `BJP`, `iPhone`
 */
export function isWrittenAsName(written: string): boolean {
  return NAME.test(written);
}

/** Whether a word starts with a capital, whatever comes after it. */
export function isCapitalised({ folded }: Pick<Written, 'folded'>, token: Token): boolean {
  return folded.text.charCodeAt(token.start) !== folded.lower.charCodeAt(token.start);
}

/** Whether a sentence or a clause may start with a word. */
export function startsSentence(tokens: readonly Token[], i: number): boolean {
  return i === 0 || tokens[i]?.afterBreak === true;
}

/**
 * Whether a word has the capital of a name, not of a sentence's start. One that starts a sentence has it where it
 * stands alone, or before another capital: "Los" in "Los Angeles". Words in capitals have it too.
 */
export function hasNameCapital(text: Written, i: number): boolean {
  const { tokens } = text;
  const token = tokens[i];
  if (!token || !isCapitalised(text, token)) return false;
  if (!startsSentence(tokens, i)) return true;
  const next = tokens[i + 1];
  return next === undefined || (!next.afterBreak && isCapitalised(text, next));
}

/** In letters. */
const LONGEST_ACRONYM = 6;

/**
 * Whether a word in capitals is an acronym, rather than shouted: a short one that English has not (BJP, NDTV, AIADMK).
 * @param word in small letters: in capitals, English has some acronyms
 */
export function isAcronym(word: string): boolean {
  return (word.match(/\p{L}/gu)?.length ?? 0) <= LONGEST_ACRONYM && !isKnownWord(word);
}
