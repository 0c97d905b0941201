import { type Comment, view } from '../comment/comment.js';
import { sourceSpan } from '../text/fold.js';
import type { Span } from '../text/span.js';
import { reported } from './attribution.js';
import { negated } from './negation.js';
import { isObscene } from './obscene.js';
import { quoted } from './quoting.js';
import { type Stretch, type Words, wordsOf } from './words.js';

/**
 * How a commenter may say a word without meaning it.
 * - `negated`: "you are not an idiot", "nobody called you a moron"
 * - `reported`: "he called me a moron", "people who say that X are wrong"
 * - `quoted`: "'You are a moron' is no answer"
 */
export const DISOWNINGS = ['negated', 'reported', 'quoted'] as const;
export type Disowning = (typeof DISOWNINGS)[number];

const FIND: Readonly<Record<Disowning, (words: Words) => readonly Stretch[]>> = { negated, reported, quoted };

/** Tokens that the commenter does not mean, and how. */
export interface DisownedStretch extends Stretch {
  readonly how: Disowning;
}

/** All that a comment says without meaning it; found once. */
export const disownedStretches: (comment: Comment) => readonly DisownedStretch[] = view((comment) => {
  const words = wordsOf(comment);
  return DISOWNINGS.flatMap((how) => FIND[how](words).map((stretch) => ({ ...stretch, how })));
});

/** How the tokens from `from` to `to` (excluded) are disowned; none where the commenter means them. */
export function disowningOf(comment: Comment, from: number, to: number): Disowning | undefined {
  return disownedStretches(comment).find((stretch) => stretch.from < to && from < stretch.to)?.how;
}

/** The same as ranges of the text as it was sent, without obscene words, which count whoever says them. */
export function disownedSpans(comment: Comment): Span[] {
  const { tokens, folded } = comment;
  return disownedStretches(comment).flatMap(({ from, to }) =>
    tokens
      .slice(from, to)
      .filter(({ word }) => !isObscene(word))
      .map(({ start, end }) => sourceSpan(folded, start, end)),
  );
}
