import { type RE2JS, RE2Set } from 're2js';
import type { Span } from '../text/span.js';

/** Texts up to so many units are searched as a whole. */
const SHORT = 1000;
/** Half the units of a window. */
const HOP = 250;

/**
 * Where an expression matches in a text, in order, none of them empty.
 *
 * To find where a match begins and ends takes some fifty times as long as to find whether there is one. So a text of
 * more than 1,000 units is first looked through in windows of 500, of which each overlaps half of the next, and a
 * match is only looked for from the first window on that has one. Of matches longer than 250 units that overlap,
 * another than the leftmost may be found.
 * @example [...matchesOf(RE2JS.compile('a+'), 'a baa')] // [{ start: 0, end: 1 }, { start: 3, end: 5 }]
 */
export function* matchesOf(expression: RE2JS, text: string): Generator<Span, void> {
  const matcher = expression.matcher(text);
  let at = 0;
  while (at <= text.length) {
    const from = firstWindow(expression, text, at);
    if (from === undefined || !matcher.find(from)) return;
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start) yield { start, end };
    at = end > start ? end : end + String.fromCodePoint(text.codePointAt(end) ?? 0).length;
  }
}

/** Where to look for a match from a place on; undefined: there is none. */
function firstWindow(expression: RE2JS, text: string, at: number): number | undefined {
  if (text.length <= SHORT) return at;
  for (let from = at; from < text.length; from += HOP) {
    if (hasMatch(expression, text, from, Math.min(text.length, from + 2 * HOP))) return from;
  }
  return hasMatch(expression, text, at, text.length) ? at : undefined;
}

/** Whether there is a match between two places, were the text over at the second. */
function hasMatch(expression: RE2JS, text: string, from: number, to: number): boolean {
  const [isFound] = expression.re2().matchWithGroup(text, from, to, RE2Set.UNANCHORED, 0);
  return isFound === true;
}
