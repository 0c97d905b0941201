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
  WORD.lastIndex = 0;
  for (let match = WORD.exec(lower); match; match = WORD.exec(lower)) {
    const [word] = match;
    const start = match.index;
    const end = start + word.length;
    tokens.push({ word, start, end, afterBreak: isBreak(lower, last, start), numeric: isNumeric(word) });
    last = end;
  }
  return tokens;
}

function isBreak(lower: string, from: number, to: number): boolean {
  return to - from > 1 ? BREAK.test(lower.slice(from, to)) : lower[from] === '\n' && to > from;
}

function isNumeric(word: string): boolean {
  const isLatin = word >= 'a' && word < '{';
  return !isLatin && DIGITS.test(word);
}
