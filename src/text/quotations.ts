import type { Span } from './span.js';

/** At most 600 units long: a stray quotation mark must not swallow the comment. */
const QUOTED = /"[^"\n]{1,600}"|(?<![\w'])'(?=\S)(?:[^'\n]|'(?=\w)){1,600}'(?!\w)/g;
const QUOTED_LINE = /^[ \t]*>[^\n]*/gm;

/**
 * The quotations of a folded text: in double or single quotation marks, and lines that start with `>`.
 * @param text the folded text
 * @returns ranges of it, quotation marks included
 */
export function quotations(text: string): Span[] {
  const spans: Span[] = [];
  for (const pattern of [QUOTED, QUOTED_LINE]) {
    for (const match of text.matchAll(pattern)) {
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}
