import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { sourceSpan } from '../text/fold.js';
import { isAcronym } from '../text/names.js';
import { type Span, within } from '../text/span.js';
import { type Detector, type Finding, NOTHING } from './detector.js';

const options = z
  .strictObject({
    share: z
      .number()
      .min(0.1)
      .max(1)
      .default(0.7)
      .describe(
        'How much of the comment must be in capitals, by its letters: 0.7 means seven letters in ten.',
      ),
    minLetters: z
      .int()
      .min(1)
      .default(10)
      .describe(
        'How many letters must be in capitals. "WOW" and "I AGREE" are too short to count by default.',
      ),
    stretch: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'How many words in capitals in a row count as shouting, however much of the rest is not; 0 looks at the comment as a whole only.',
      ),
  })
  .describe('Fires on comments in capitals.');
type Options = z.infer<typeof options>;

/**
 * Comments in capitals. Acronyms (BJP, NDTV, AIADMK) count neither way, nor do addresses, @names, #tags, and
 * scripts that have no capitals.
 */
export const shouting: Detector<typeof options> = {
  name: 'shouting',
  options,
  prepare: (options) => ({ detect: (comment) => detect(comment, options) }),
};

function detect(comment: Comment, { share, minLetters, stretch }: Options): Finding {
  if (lengthInCapitals(comment) < minLetters) return NOTHING;
  const words = weighWords(comment);
  const stretches = findStretches(words);
  const capitals = sum(stretches.map((found) => found.letters));
  if (capitals < minLetters) return NOTHING;
  const weight = sum(stretches.map((found) => found.weight));
  const others = sum(words.map((word) => (word.isCapitals ? 0 : word.weight)));
  const shouted = weight / (weight + others);
  const longest = stretches.reduce((most, { words }) => Math.max(most, words), 0);
  const asStretch = stretch > 0 && longest >= stretch ? 1 - stretch / longest / 2 : 0;
  return {
    score: Math.max(grade(shouted, share), asStretch),
    spans: stretches.map(({ start, end }) => sourceSpan(comment.folded, start, end)),
    note: `${Math.round(shouted * 100)}% of the letters in capitals`,
  };
}

/** Even odds at the share asked for, in a straight line from there to none and to all. */
function grade(shouted: number, share: number): number {
  if (shouted < share) return shouted / share / 2;
  return share === 1 ? 1 : 0.5 + (shouted - share) / (1 - share) / 2;
}

interface Word extends Span {
  /** Letters that have a case. */
  readonly letters: number;
  /** How many of them count: none of an abbreviation that is no English word. */
  readonly weight: number;
  readonly isCapitals: boolean;
}

/** A known one of these letters may be one too (US, WHO), unless longer words in capitals stand beside it. */
const SHORT = 3;
const SMALL = /\p{Ll}/gu;

function weighWords({ folded, tokens, addresses }: Comment): Word[] {
  const inAddress = within(tokens, addresses);
  return tokens.flatMap(({ word, start, end }, i) => {
    if (inAddress[i]) return [];
    const letters = word.match(SMALL)?.length ?? 0;
    if (letters === 0) return [];
    const isCapitals = isInCapitals(word, folded.text.slice(start, end));
    return [{ start, end, letters, weight: isCapitals && isAcronym(word) ? 0 : letters, isCapitals }];
  });
}

function isInCapitals(word: string, written: string): boolean {
  return written !== word && written === written.toUpperCase();
}

/** Of the words in capitals, which are few mostly, so that the letters need not be counted. In units. */
function lengthInCapitals({ folded, tokens }: Comment): number {
  let length = 0;
  for (const { word, start, end } of tokens) {
    if (isInCapitals(word, folded.text.slice(start, end))) length += word.length;
  }
  return length;
}

interface Stretch extends Span {
  readonly words: number;
  readonly letters: number;
  readonly weight: number;
}

/** Words in capitals in a row, unless all of them may be abbreviations. */
function findStretches(words: readonly Word[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = 0; from < words.length; from++) {
    let to = from;
    while (words[to]?.isCapitals) to += 1;
    const run = words.slice(from, to);
    const [first] = run;
    const last = run.at(-1);
    if (first && last && run.some((word) => word.weight > SHORT)) {
      const letters = sum(run.map((word) => word.letters));
      const weight = sum(run.map((word) => word.weight));
      stretches.push({ start: first.start, end: last.end, words: run.length, letters, weight });
    }
    from = to;
  }
  return stretches;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
