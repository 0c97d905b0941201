import { wordSet } from '../text/function-words.js';
import { isTakenUp } from './endorsement.js';
import {
  CALLING,
  I,
  I_WITH_VERB,
  OWN_SAYING,
  REPLYING,
  SAYING,
  SHOUTING,
  THINKING,
  WRITING,
} from './function-words.js';
import type { Stretch, Words } from './words.js';

/** So many words in quotation marks may be marks for scorn: `you are an "idiot"`. */
const SHORT = 2;
/** A quotation of so many words, beside as many of the commenter's own, is another's. */
const LONG = 4;
const LONGEST = 20;
/** "The word", "the slogan": what follows is spoken of, not said. */
const MENTIONS = wordSet(
  'word words term terms slogan slogans phrase phrases expression label name names slur insult banner placard read reads reading',
);
/** Verbs by which people are said to have said something. */
const REPORTS = wordSet(
  SAYING,
  THINKING,
  CALLING,
  SHOUTING,
  REPLYING,
  WRITING,
  'reply post posts tweet chants',
);
/** What stands beside a quotation that is spoken of: who said it, or what is said of it. */
const TELLS = wordSet(
  REPORTS,
  'was is does would should and which no that this has are must never cannot not',
);
const COMMENTER = wordSet(I, I_WITH_VERB);

/**
 * What a comment quotes, where words around the quotation make it somebody else's: who said it, or what is wrong
 * with it. A comment that is nothing but a quotation, or one whose marks are for scorn, is the commenter's own.
 */
export function quoted(words: Words): Stretch[] {
  const { tokens, quotations } = words.comment;
  let next = 0;
  return quotations.flatMap(({ start, end }) => {
    while (next < tokens.length && (tokens[next]?.start ?? 0) < start) next += 1;
    const from = next;
    let to = from;
    while (to < tokens.length && (tokens[to]?.end ?? 0) <= end) to += 1;
    const stretch = { from, to };
    return to > from && isOfOthers(words, stretch) && !isTakenUp(words, stretch) ? [stretch] : [];
  });
}

function isOfOthers(words: Words, { from, to }: Stretch): boolean {
  const before = words.word(from - 1);
  const start = words.comment.tokens[from]?.start ?? 0;
  const isLine = />\s*$/.test(words.comment.folded.text.slice(Math.max(0, start - 4), start));
  if (isLine) return to < words.count || from > 0;
  if (MENTIONS.has(before)) return true;
  if (to - from <= SHORT || isOwn(words, from)) return false;
  if (isLong(words, from, to)) return true;
  return (
    TELLS.has(before) || TELLS.has(words.word(to)) || TELLS.has(words.word(to + 1)) || tellsWhom(words, from)
  );
}

/** Within one sentence, and with as many words of the commenter's around it there. */
function isLong(words: Words, from: number, to: number): boolean {
  if (to - from < LONG || to - from > LONGEST) return false;
  for (let at = from + 1; at < to; at++) if (words.isOpening(at)) return false;
  const isAlone = (at: number, step: number) =>
    words.isOpening(step < 0 ? at + 1 : at) || words.word(at) === '';
  let around = 0;
  for (let at = from - 1; !isAlone(at, -1) && around < LONG; at--) around += 1;
  for (let at = to; !isAlone(at, 1) && around < LONG; at++) around += 1;
  return around >= LONG;
}

/** "All I have to say is '...'", "I call that '...'". */
function isOwn(words: Words, from: number): boolean {
  let isMine = false;
  for (let at = words.startOfClause(from - 1); at < from; at++) {
    isMine ||= COMMENTER.has(words.word(at));
    if (isMine && OWN_SAYING.has(words.word(at))) return true;
  }
  return false;
}

/** "Telling a reader '...'", "somebody here wrote '...'". */
function tellsWhom(words: Words, from: number): boolean {
  const start = words.startOfClause(from);
  for (let at = from - 1; at >= Math.max(start, from - 6); at--) {
    if (TELLS.has(words.word(at)) && words.word(at).length > 3) return true;
  }
  return false;
}
