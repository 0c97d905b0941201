import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { sourceSpan } from '../text/fold.js';
import { type Span, within } from '../text/span.js';
import type { Token } from '../text/tokens.js';
import { type Detector, NOTHING } from './detector.js';

const options = z
  .strictObject({
    characters: z
      .int()
      .min(3)
      .default(6)
      .describe(
        'How many times a letter, an emoji, ! or ? in a row is too often ("looooooool", "!!!!!!!!").',
      ),
    words: z
      .int()
      .min(2)
      .default(5)
      .describe('How many times the same word, or the same few words, in a row is too often.'),
    sentences: z
      .int()
      .min(2)
      .default(3)
      .describe('How many times the same sentence of three words or more, wherever it stands, is too often.'),
  })
  .describe('Fires on the same letter, word or sentence again and again.');

/** The same again and again: a letter or a sign, a word or a few, a sentence. */
export const repetition: Detector<typeof options> = {
  name: 'repetition',
  options,
  prepare: ({ characters, words, sentences }) => ({
    detect: (comment) => {
      const found = [
        ...repeatedCharacters(comment).map((repeat) => weigh(repeat, characters)),
        ...repeatedWords(comment.tokens).map((repeat) => weigh(repeat, words)),
        ...repeatedSentences(comment.folded.text, comment.tokens).map((repeat) => weigh(repeat, sentences)),
      ].filter(({ score }) => score > 0);
      if (found.length === 0) return NOTHING;
      const most = found.reduce((a, b) => (b.score > a.score ? b : a));
      return {
        score: most.score,
        spans: found.map(({ start, end, score }) => ({ ...sourceSpan(comment.folded, start, end), score })),
        note: `${most.what} ${most.times} times`,
      };
    },
  }),
};

/** Something that is there several times; where it is there in a row, the whole of it, else its last. */
interface Repeat extends Span {
  readonly what: string;
  readonly times: number;
}

/** Even odds at the limit, nine in ten at five times as much; nothing up to half the limit. */
function weigh(repeat: Repeat, limit: number): Repeat & { readonly score: number } {
  const ratio = repeat.times / limit;
  return { ...repeat, score: ratio < 1 ? Math.max(0, ratio - 0.5) : 1 - 1 / (2 * ratio) };
}

/** Letters, emoji and the two signs that people shout with; other signs make lines and indents. */
const RUN = /([\p{L}\p{Extended_Pictographic}!?])\1{2,}/giu;

/** A sign three times in a row, or one whose capital may be another than in ASCII. */
const MAY_RUN = /(.)\1\1|[^\n -~]/i;

function repeatedCharacters({ folded: { text }, addresses }: Comment): Repeat[] {
  if (!MAY_RUN.test(text)) return [];
  const runs = [...text.matchAll(RUN)].map((match) => {
    const [run, sign = ''] = match;
    return { what: sign, times: run.length / sign.length, start: match.index, end: match.index + run.length };
  });
  const inAddress = within(runs, addresses);
  return runs.filter((_, i) => !inAddress[i]);
}

/** The most words that are looked for as one that repeats: "modi chor modi chor" is two. */
const LONGEST_CHORUS = 6;

/** Words, or a few of them, that follow each other; the shortest chorus wins where several fit. */
function repeatedWords(tokens: readonly Token[]): Repeat[] {
  const repeats: Repeat[] = [];
  const isTaken = new Uint8Array(tokens.length);
  for (let period = 1; period <= LONGEST_CHORUS; period++) {
    for (let from = 0; from + period < tokens.length; ) {
      let to = from + period;
      while (to < tokens.length && tokens[to]?.word === tokens[to - period]?.word) to += 1;
      const times = Math.floor((to - from) / period);
      if (times >= 2 && !isTaken[from]) {
        const chorus = tokens.slice(from, from + period);
        const start = tokens[from]?.start ?? 0;
        const end = tokens[from + times * period - 1]?.end ?? start;
        const what = chorus.map((token) => token.word).join(' ');
        if (!chorus.every((token) => token.numeric)) repeats.push({ what, times, start, end });
        isTaken.fill(1, from, from + times * period);
      }
      from = Math.max(from + 1, to - period + 1);
    }
  }
  return repeats;
}

/** Shorter ones ("I agree.") may stand in a comment twice and more. */
const SHORTEST_SENTENCE = 3;

function repeatedSentences(text: string, tokens: readonly Token[]): Repeat[] {
  const seen = new Map<string, Repeat>();
  let from = 0;
  for (let to = 1; to <= tokens.length; to++) {
    const last = tokens[to - 1];
    const first = tokens[from];
    const next = tokens[to];
    if (!last || !first || (next && !next.afterBreak && !text.slice(last.end, next.start).includes('\n')))
      continue;
    if (to - from >= SHORTEST_SENTENCE) {
      const what = tokens
        .slice(from, to)
        .map((token) => token.word)
        .join(' ');
      const times = (seen.get(what)?.times ?? 0) + 1;
      seen.set(what, { what: 'the same sentence', times, start: first.start, end: last.end });
    }
    from = to;
  }
  return [...seen.values()].filter(({ times }) => times > 1);
}
