import type { Folded } from '../text/fold.js';
import { isEnglishWord } from '../text/lexicon.js';
import type { Token } from '../text/tokens.js';
import { classOf } from './disguises.js';
import type { Vocabulary, WordId } from './vocabulary.js';

/** One way to read a stretch of a text as a word of the vocabulary. */
export interface Reading {
  readonly word: WordId;
  /** The token after the last one it takes. */
  readonly next: number;
  /** Offsets into the folded text; `end` excluded. */
  readonly start: number;
  readonly end: number;
  /** Whether the word stands there in disguise. */
  readonly disguised: boolean;
}

/** The longest run of single letters read as one spaced-out word, and the longest chunk looked into, in units. */
const LONGEST_DISGUISE = 40;
/** Spaced-out words shorter than this count only when they are the whole run: "a s s", not "g a s s e s". */
const SHORTEST_WITHIN_RUN = 4;

/**
 * Every way to read the tokens of a text as words of the vocabulary.
 * @returns for each token, the readings that start with it
 */
export function readings(folded: Folded, tokens: readonly Token[], vocabulary: Vocabulary): Reading[][] {
  // A word that English has is no disguise of another: "cook" is not a stretched "cok".
  const foreign = tokens.map((token) => !token.numeric && !isEnglishWord(token.word));
  const found = tokens.map((token, i) => tokenReadings(token, i, foreign[i] ?? false, vocabulary));
  addChunkReadings(folded.lower, tokens, vocabulary, found);
  addSpacedReadings(folded, tokens, vocabulary, found);
  addBrokenReadings(folded, tokens, foreign, vocabulary, found);
  return found;
}

function tokenReadings(token: Token, i: number, foreign: boolean, vocabulary: Vocabulary): Reading[] {
  const { word, start, end } = token;
  const found: Reading[] = [];
  const add = (words: readonly WordId[], disguised: boolean) => {
    for (const word of words) found.push({ word, next: i + 1, start, end, disguised });
  };
  add(vocabulary.plain(word), false);
  if (word.endsWith("'s")) add(vocabulary.plain(word.slice(0, -2)), false);
  if (found.length === 0 && foreign && word.length <= LONGEST_DISGUISE) add(vocabulary.disguised(word), true);
  return found;
}

const OPENING = /^["'([{<*_~]+/;
const CLOSING_SIGNS = `.,!?;:)'"]}>`;
const CLOSING = /[.,!?;:)'"\]}>]+$/;
const CLOSING_EMPHASIS = /[.,!?;:)'"\]}>*_~]+$/;
/** What shows of a word whose rest is starred: "f**", "a**hole**". */
const STARRED = /^[^*]*\*{2,}/;
const LEET_SIGN = /[@$!|+(*#%&^~?<]/;
const SEPARATORS = /[.\-_~,/\\:;·•]+/;

/** Disguises with signs inside one run of non-space characters: sh!t, f.u.c.k, @sshole, f**k. */
function addChunkReadings(
  lower: string,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  found: Reading[][],
): void {
  const known = new Map<string, WordId[]>();
  let first = 0;
  let end = 0;
  for (let index = 0; index < lower.length; index = end + 1) {
    end = endOfChunk(lower, index);
    while ((tokens[first]?.start ?? Infinity) < index) first += 1;
    let next = first;
    while ((tokens[next]?.start ?? Infinity) < end) next += 1;
    if (next > first && end - index <= LONGEST_DISGUISE && !isBareWord(lower, index, end, tokens[first])) {
      const chunk = lower.slice(index, end);
      const opening = OPENING.exec(chunk)?.[0] ?? '';
      const start = index + opening.length;
      const core = coreOf(chunk.slice(opening.length), /[*_~]/.test(opening));
      let words = known.get(core);
      if (!words) {
        words = [...new Set(coreReadings(core, vocabulary))];
        known.set(core, words);
      }
      for (const word of words) {
        found[first]?.push({ word, next, start, end: start + core.length, disguised: true });
      }
    }
    first = next;
  }
}

/** Where the next white space is, of which a folded text has but these; the end where there is none. */
function endOfChunk(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ' ' && text[at] !== '\n') at += 1;
  return at;
}

/** Whether a chunk is one word with at most closing signs after it, as most are: nothing hides there. */
function isBareWord(lower: string, index: number, end: number, token: Token | undefined): boolean {
  if (token?.start !== index) return false;
  for (let at = token.end; at < end; at++) {
    if (!CLOSING_SIGNS.includes(lower.charAt(at))) return false;
  }
  return true;
}

/** A chunk without its closing signs, unless they are stars for letters. */
function coreOf(chunk: string, isEmphasised: boolean): string {
  if (isEmphasised) return chunk.replace(CLOSING_EMPHASIS, '');
  const bare = chunk.replace(CLOSING, '');
  const starred = STARRED.exec(chunk)?.[0] ?? '';
  return starred.length > bare.length ? starred : bare;
}

function coreReadings(core: string, vocabulary: Vocabulary): readonly WordId[] {
  if (!/\p{L}/u.test(core)) return [];
  const pieces = core.split(SEPARATORS);
  if (pieces.length > 1) return isBrokenWord(pieces) ? vocabulary.disguised(pieces.join('')) : [];
  if (!LEET_SIGN.test(core)) return [];
  const decoded = vocabulary.disguised(core);
  return decoded.length > 0 ? decoded : vocabulary.masked(core);
}

/** Whether pieces look like one word broken up: all single letters (three or more), or one that is no word. */
function isBrokenWord(pieces: readonly string[]): boolean {
  if (pieces.every((piece) => piece.length === 1)) return pieces.length >= 3;
  return pieces.some((piece) => piece.length > 1 && !isEnglishWord(piece));
}

/** Words spelled out letter by letter: s p a c e d, f. u. c. k. */
function addSpacedReadings(
  folded: Folded,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  found: Reading[][],
): void {
  for (let from = 0; from < tokens.length; ) {
    let to = from;
    while (isSpacedLetter(folded.lower, tokens, to, from)) to += 1;
    if (to - from >= 3) addRunReadings(folded, tokens, from, to, vocabulary, found);
    from = Math.max(to, from + 1);
  }
}

function isSpacedLetter(lower: string, tokens: readonly Token[], i: number, from: number): boolean {
  const token = tokens[i];
  if (!token || token.end - token.start !== 1) return false;
  const before = tokens[i - 1];
  return (
    i === from ||
    (before !== undefined &&
      token.start - before.end <= 3 &&
      !lower.slice(before.end, token.start).includes('\n'))
  );
}

function addRunReadings(
  folded: Folded,
  tokens: readonly Token[],
  from: number,
  to: number,
  vocabulary: Vocabulary,
  found: Reading[][],
): void {
  const bone = (at: number) => classOf(tokens[at]?.word ?? '');
  for (let first = from; first < to; first++) {
    // A word that starts within a stretched letter starts at its first as well.
    if (first > from && bone(first) === bone(first - 1)) continue;
    let written = '';
    let bones = '';
    for (let last = first; last < Math.min(to, first + LONGEST_DISGUISE); last++) {
      written += tokens[last]?.word ?? '';
      if (last === first || bone(last) !== bone(last - 1)) bones += bone(last);
      if (!vocabulary.hasSkeletonStart(bones)) break;
      if (written.length < 3 || !vocabulary.hasSkeleton(bones) || !/\p{L}/u.test(written)) continue;
      const start = tokens[first]?.start ?? 0;
      const end = tokens[last]?.end ?? 0;
      // "F. A. G. Hariharan" has initials.
      const isWhole = first === from && last === to - 1 && folded.text[start] === folded.lower[start];
      if (written.length < SHORTEST_WITHIN_RUN && !isWhole) continue;
      for (const word of vocabulary.disguised(written)) {
        found[first]?.push({ word, next: last + 1, start, end, disguised: true });
      }
    }
  }
}

/** Words broken in two or three by spaces: "fu ck", "mother fu cker". One piece at least must be no word. */
function addBrokenReadings(
  folded: Folded,
  tokens: readonly Token[],
  foreign: readonly boolean[],
  vocabulary: Vocabulary,
  found: Reading[][],
): void {
  for (let i = 0; i < tokens.length; i++) {
    for (const count of [2, 3]) {
      if (!(foreign[i] || foreign[i + 1] || (count === 3 && foreign[i + 2]))) continue;
      const pieces = tokens.slice(i, i + count);
      const joined = pieces.map((piece) => piece.word).join('');
      if (pieces.length < count || joined.length > vocabulary.longest) break;
      if (joined.length < SHORTEST_WITHIN_RUN || !areBrokenApart(folded, pieces)) continue;
      const start = pieces[0]?.start ?? 0;
      const end = pieces.at(-1)?.end ?? 0;
      for (const word of vocabulary.plain(joined)) {
        // A stem that the first pieces have by themselves is not reached by joining more to it.
        if (found[i]?.some((reading) => reading.word === word)) continue;
        found[i]?.push({ word, next: i + count, start, end, disguised: true });
      }
    }
  }
}

/** Whether only single spaces part the pieces, one that is no word has two letters or more, and no later one starts with a capital as a name's initial does ("Shi T. Li"). */
function areBrokenApart(folded: Folded, pieces: readonly Token[]): boolean {
  if (!pieces.some((piece) => piece.word.length > 1 && !isEnglishWord(piece.word))) return false;
  return pieces.every((piece, i) => {
    const before = pieces[i - 1];
    if (!before) return true;
    const first = folded.text.charAt(piece.start);
    const capitals = folded.text.slice(before.start, before.end) !== before.word.toUpperCase();
    return (
      folded.lower.slice(before.end, piece.start) === ' ' && !(capitals && first !== first.toLowerCase())
    );
  });
}
