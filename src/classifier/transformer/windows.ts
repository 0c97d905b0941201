import { Comment } from '../../comment/comment.js';
import { readLinear } from '../linear/linear.js';
import { LONGEST_WINDOW } from './artefact.js';
import type { Pieces } from './pieces.js';

/** Pieces of a window without CLS and SEP. */
export const MOST_PIECES = LONGEST_WINDOW - 2;
/** What is longer is read in part: eight windows are some 700 words. */
export const MOST_WINDOWS = 8;

/** A stretch of a comment's pieces; `to` excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What the encoder reads of a comment. */
export interface Stretches {
  /** In the order of the text, one at least; a comment without pieces has an empty one. */
  readonly stretches: readonly Stretch[];
  /** The share of the pieces that they hold, 0 to 1. */
  readonly read: number;
}

/**
 * Packs whole sentences into stretches of at most 126 pieces; a longer sentence is cut. Of more than eight stretches the
 * first is read, since it says what the comment is about, and those that the linear classifier takes for the most toxic.
 */
export function stretchesOf(comment: Comment, pieces: Pieces): Stretches {
  const total = pieces.ids.length;
  if (total <= MOST_PIECES) return { stretches: [{ from: 0, to: total }], read: 1 };
  const all = pack(sentencesOf(comment, pieces));
  const stretches = all.length <= MOST_WINDOWS ? all : likeliest(comment, pieces, all);
  const held = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  return { stretches, read: held / total };
}

/** The pieces of each sentence, cut where they are too many for a window. */
function sentencesOf(comment: Comment, { ids, starts }: Pieces): Stretch[] {
  const parts: Stretch[] = [];
  let from = 0;
  const cut = (to: number): void => {
    for (; from < to; from = Math.min(to, from + MOST_PIECES))
      parts.push({ from, to: Math.min(to, from + MOST_PIECES) });
  };
  let at = 0;
  for (const { start } of comment.sentences) {
    while (at < ids.length && (starts[at] ?? 0) < start) at += 1;
    cut(at);
  }
  cut(ids.length);
  return parts;
}

function pack(parts: readonly Stretch[]): Stretch[] {
  const packed: Stretch[] = [];
  for (const part of parts) {
    const last = packed.at(-1);
    if (last && part.to - last.from <= MOST_PIECES)
      packed[packed.length - 1] = { from: last.from, to: part.to };
    else packed.push(part);
  }
  return packed;
}

function likeliest(comment: Comment, { starts }: Pieces, all: readonly Stretch[]): Stretch[] {
  const { text } = comment.folded;
  const scored = all.map((stretch, nth) => {
    const written = text.slice(starts[stretch.from], starts[stretch.to] ?? text.length);
    const score =
      nth === 0 ? Number.POSITIVE_INFINITY : readLinear(new Comment(written)).of('toxicity').score;
    return { stretch, nth, score };
  });
  return scored
    .sort((a, b) => b.score - a.score || a.nth - b.nth)
    .slice(0, MOST_WINDOWS)
    .sort((a, b) => a.nth - b.nth)
    .map(({ stretch }) => stretch);
}
