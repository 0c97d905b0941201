import { type Comment, view } from '../comment/comment.js';
import { sourceSpan } from '../text/fold.js';
import { overlapWith, type Span } from '../text/span.js';
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

/** For each way of disowning, whether tokens (of which the last is excluded) are disowned so; made once. */
const testsOf = view((comment) => {
  const stretches = disownedStretches(comment);
  if (stretches.length === 0) return [];
  return DISOWNINGS.map((how) => ({
    how,
    isDisowned: overlapWith(
      stretches.filter((stretch) => stretch.how === how).map(({ from, to }) => ({ start: from, end: to })),
    ),
  }));
});

/** How the tokens from `from` to `to` (excluded) are disowned; none where the commenter means them. */
export function disowningOf(comment: Comment, from: number, to: number): Disowning | undefined {
  return testsOf(comment).find(({ isDisowned }) => isDisowned({ start: from, end: to }))?.how;
}

/**
 * The same as ranges of the text as it was sent, in order and each word once, without obscene words, which count
 * whoever says them.
 */
export const disownedSpans: (comment: Comment) => readonly Span[] = view((comment) => {
  const { tokens, folded } = comment;
  // Stretches overlap: a verb of saying in forty words that are told begins one of its own.
  const stretches = disownedStretches(comment);
  if (stretches.length === 0) return [];
  // They overlap: a verb of saying in forty words that are told begins one of its own.
  const begun = new Int32Array(tokens.length + 1);
  for (const { from, to } of stretches) {
    if (to <= from) continue;
    begun[from] = (begun[from] ?? 0) + 1;
    begun[to] = (begun[to] ?? 0) - 1;
  }
  let open = 0;
  return tokens.flatMap(({ word, start, end }, at) => {
    open += begun[at] ?? 0;
    return open > 0 && !isObscene(word) ? [sourceSpan(folded, start, end)] : [];
  });
});
