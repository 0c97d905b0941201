import { LINK_START, TAG } from './address-signs.js';
import {
  ARTICLES,
  DEMONSTRATIVES,
  EITHER_PRONOUNS,
  POSSESSIVES,
  SUBJECT_PRONOUNS,
  WH_ADVERBS,
  wordSet,
} from './function-words.js';

/** What a piece of a text is, as far as its signs tell. */
export type PieceKind = 'word' | 'number' | 'address' | 'name' | 'end' | 'sign';

/** A word, number or sign of a text. Offsets are those of the text; `end` excluded. */
export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * One alternative for each of `KINDS`, in order. None can go back over what another start has been over, so that
 * the whole takes time linear in the text: wink-nlp's own expressions take seconds for 10,000 signs.
 */
const PIECE = new RegExp(
  [
    String.raw`(${LINK_START}\S*[^\s.,;:!?"')\]}>])`,
    String.raw`(\p{L}(?:\.\p{L})+\.?(?![\p{L}\p{N}\p{M}]))`,
    String.raw`(\p{N}+(?:[.,:/]\p{N}+)+)`,
    String.raw`([\p{L}\p{N}\p{M}]+(?:['&-][\p{L}\p{N}\p{M}]+)*)`,
    '([.!?]+)',
    `(${TAG})`,
    String.raw`([:;=]-?[()DPp](?![\p{L}\p{N}]))`,
    String.raw`(([^\s\p{L}\p{N}\p{M}])\9*)`,
  ].join('|'),
  'gu',
);
const KINDS: readonly PieceKind[] = ['address', 'word', 'number', 'word', 'end', 'name', 'sign', 'sign'];

/** Abbreviations that stand before what they belong to: a full stop after one ends no sentence. */
const BEFORE = new Set(
  (
    'mr mrs ms messrs dr prof gen maj col capt lt cpl sgt gov sen rep hon rev fr st mt pt pres shri sri smt adv ' +
    'rs vs viz approx cf eg ie'
  ).split(' '),
);
/** Abbreviations that may stand last. */
const ANYWHERE = new Set('etc inc ltd co corp jr sr bros dept govt est'.split(' '));
/** Abbreviations before a number only. */
const BEFORE_NUMBER = new Set(
  'no nos fig vol pp jan feb mar apr jun jul aug sep sept oct nov dec'.split(' '),
);
/** Words that with a capital start a sentence even after an abbreviation: "in the U.S. He said". */
const STARTERS = wordSet(
  SUBJECT_PRONOUNS,
  EITHER_PRONOUNS,
  DEMONSTRATIVES,
  POSSESSIVES,
  ARTICLES,
  WH_ADVERBS,
  "there here what who which if but and so yet or as in on at for no not yes it's i'm he's she's that's",
);
/** No comment has more; hostile texts (`I!I!I!`) would. */
const MOST_SENTENCES = 500;
/** Lines at least this long may have been broken by the sender's program and go on in the next. */
const WRAPPED_LINE = 60;

/**
 * Splits a folded text into sentences, and these into words, numbers and signs.
 *
 * Full stops of abbreviations and initials ("Mr.", "R. K.", "U.S.", "etc.") end a sentence only before words that
 * are sure to start one; a line end does unless the line was merely wrapped; "..." and a closing quotation mark
 * or bracket do unless a small letter follows.
 * After 500 sentences the rest of the text is one.
 * @returns sentences in order, none of them empty; their pieces leave out only white space
 */
export function splitSentences(text: string): Piece[][] {
  const pieces = splitPieces(text);
  const sentences: Piece[][] = [];
  let sentence: Piece[] = [];
  pieces.forEach((piece, i) => {
    sentence.push(piece);
    if (sentences.length < MOST_SENTENCES && endsSentence(text, pieces, i)) {
      sentences.push(sentence);
      sentence = [];
    }
  });
  if (sentence.length > 0) sentences.push(sentence);
  return sentences;
}

/** The words, numbers and signs of a text, full stops of abbreviations being part of their word. */
export function splitPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(text); match; match = PIECE.exec(text)) {
    const kind = KINDS[match.indexOf(match[0], 1) - 1] ?? 'sign';
    const start = match.index;
    let end = start + match[0].length;
    if (kind === 'word' && text[end] === '.' && takesStop(text, match[0], end)) end += 1;
    PIECE.lastIndex = end;
    pieces.push({ kind, text: text.slice(start, end), start, end });
  }
  return pieces;
}

/** Whether a word is an abbreviation that has a full stop: `Mr`, `govt`. */
export function isAbbreviation(word: string): boolean {
  const lower = word.toLowerCase();
  return BEFORE.has(lower) || ANYWHERE.has(lower);
}

/** Whether the full stop at `stop` belongs to the word before it. */
function takesStop(text: string, word: string, stop: number): boolean {
  if (text[stop + 1] === '.') return false;
  if (isAbbreviation(word)) return true;
  if (BEFORE_NUMBER.has(word.toLowerCase())) return /^ ?\p{N}/u.test(text.slice(stop + 1, stop + 4));
  return isInitial(word) && /^ ?\p{Lu}/u.test(text.slice(stop + 1, stop + 4));
}

/** A capital by itself, but for the pronoun: "So do I." */
function isInitial(word: string): boolean {
  return word !== 'I' && /^\p{Lu}$/u.test(word);
}

const CLOSING = new Set(['"', "'", ')', ']', '}']);

function endsSentence(text: string, pieces: readonly Piece[], i: number): boolean {
  const piece = pieces[i];
  const next = pieces[i + 1];
  if (!piece || !next) return true;
  const gap = text.slice(piece.end, next.start);
  if (gap.includes('\n')) return endsLine(text, piece, next, gap);
  if (isClosing(next, gap)) return false;
  const mark = endMark(pieces, i);
  if (!mark) return piece.text.endsWith('.') && piece.kind === 'word' && endsAfterAbbreviation(piece, next);
  if (startsSmall(next) && (mark !== piece || /^\.{2,}$/.test(mark.text))) return false;
  // "end.Next" is a slip of the pen, "example.com" is not.
  return gap !== '' || mark !== piece || /^\p{Lu}/u.test(next.text);
}

function endsLine(text: string, piece: Piece, next: Piece, gap: string): boolean {
  if (/\n\s*\n/.test(gap)) return true;
  if (piece.kind === 'end' || piece.text === ':') return true;
  return !startsSmall(next) && !isWrapped(text, piece, next);
}

/** Whether a line that no sign ends is so long that a capital in the next may be that of a name. */
function isWrapped(text: string, piece: Piece, next: Piece): boolean {
  const isOpen = piece.kind === 'word' || piece.text === ',';
  const lineStart = text.lastIndexOf('\n', piece.start) + 1;
  return isOpen && next.kind === 'word' && piece.end - lineStart >= WRAPPED_LINE;
}

function isClosing(piece: Piece, gap: string): boolean {
  return gap === '' && piece.kind === 'sign' && CLOSING.has(piece.text.charAt(0));
}

/** The end mark that piece `i` is, or closes: `."`, `!)`. */
function endMark(pieces: readonly Piece[], i: number): Piece | undefined {
  let at = i;
  // Two closing signs at most: '.")' is as far as it goes.
  while (at > 0 && i - at < 2 && pieces[at]?.kind === 'sign' && CLOSING.has(pieces[at]?.text.charAt(0) ?? ''))
    at -= 1;
  const mark = pieces[at];
  const isAdjacent = at === i || mark?.end === pieces[at + 1]?.start;
  return mark?.kind === 'end' && isAdjacent ? mark : undefined;
}

function startsSmall(piece: Piece): boolean {
  return /^\p{Ll}/u.test(piece.text);
}

function endsAfterAbbreviation(piece: Piece, next: Piece): boolean {
  const isTitle = BEFORE.has(piece.text.slice(0, -1).toLowerCase());
  return !isTitle && /^\p{Lu}/u.test(next.text) && STARTERS.has(next.text.toLowerCase());
}
