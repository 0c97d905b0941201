import { foldCharacter } from './confusables.js';
import type { Span } from './span.js';

/**
 * A text with its disguising characters undone. Offsets below are UTF-16 code units of `text` (and of
 * `lower`, which has the same length); `sourceSpan` takes them back to the text as it was sent.
 */
export interface Folded {
  /** Case kept. */
  readonly text: string;
  /** The same in lower case, unit for unit. */
  readonly lower: string;
  /** For each unit, where the character it came from starts and ends in the source; null where text and source are the same. */
  readonly origin: { readonly starts: Uint32Array; readonly ends: Uint32Array } | null;
}

const MARK = /^\p{M}$/u;
const ASCII = /^[\n\x20-\x7e]*$/;

/** A folded text is at most so many times as long as what it was made of: Hangul, taken apart, is three letters each. */
const MOST_GROWTH = 3;
/** In units. So much more it may have, so that in a short text everything is folded. */
const SPARE = 1000;

/**
 * Folds a text in one pass, character by character (see `foldCharacter`). Linear in its length: some characters fold
 * to as many as eighteen, but where the folded text would come to more than three times what it was made of, and
 * 1,000 units, those that would make it longer stay as they are.
 */
export function fold(source: string): Folded {
  if (ASCII.test(source)) return { text: source, lower: source.toLowerCase(), origin: null };
  let text = '';
  let lower = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const char of source) {
    const end = at + char.length;
    const undone = foldAny(char);
    const isTooLong = undone.length > char.length && text.length + undone.length > MOST_GROWTH * end + SPARE;
    const folded = isTooLong ? char : undone;
    for (const unit of folded) {
      // A letter whose lower case is longer than itself would put the two texts out of step.
      const small = unit.toLowerCase();
      text += unit;
      lower += small.length === unit.length ? small : unit;
      for (let i = 0; i < unit.length; i++) {
        starts.push(at);
        ends.push(end);
      }
    }
    // A mark belongs to the letter before it, so that words at fault are shown whole.
    if (folded === '' && MARK.test(char) && ends.length > 0) ends[ends.length - 1] = end;
    at = end;
  }
  return { text, lower, origin: { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) } };
}

function foldAny(char: string): string {
  if (char === '\n' || (char >= ' ' && char <= '~')) return char;
  if (char === '\t' || char === '\r' || char === '\v' || char === '\f') return ' ';
  if (char < ' ') return '';
  return foldCharacter(char);
}

/** Takes a range of the folded text back to the source. An empty range stays empty. */
export function sourceSpan(folded: Folded, start: number, end: number): Span {
  if (folded.origin === null || end <= start) return { start, end };
  return { start: folded.origin.starts[start] ?? 0, end: folded.origin.ends[end - 1] ?? 0 };
}
