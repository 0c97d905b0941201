/** A word or a number of a folded text. */
export interface Token {
  /** Lower case, apostrophes kept: `don't`. */
  readonly word: string;
  /** Offsets into the folded text; `end` excluded. */
  readonly start: number;
  readonly end: number;
  /** Whether a sentence or a clause may have ended between the token before and this one. */
  readonly afterBreak: boolean;
  /** Whether it holds digits only. */
  readonly numeric: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}]+)*/gu;
/** Sentence ends, clause signs and line ends: a phrase does not reach across them. */
const BREAK = /[.?!;:\n](?:["')\]\s]|$)|\n/;
const DIGITS = /^\p{N}+$/u;

/**
 * Splits a folded text into words and numbers.
 * @param lower the folded text in lower case
 */
export function tokenise(lower: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of lower.matchAll(WORD)) {
    const start = match.index;
    const word = match[0];
    const gap = lower.slice(last, start);
    const afterBreak = gap.length > 1 ? BREAK.test(gap) : gap === '\n';
    tokens.push({ word, start, end: start + word.length, afterBreak, numeric: DIGITS.test(word) });
    last = start + word.length;
  }
  return tokens;
}
