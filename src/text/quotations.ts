import type { Span } from './span.js';

/** In units: a stray quotation mark must not swallow the comment. */
const LONGEST = 600;
const MARK = /["']/g;
const WORD_BEFORE = /[\w']/;
const WORD = /\w/;
const VISIBLE = /\S/;
const QUOTED_LINE = /^[ \t]*>[^\n]*/gm;

/**
 * The quotations of a folded text: in double or single quotation marks, and lines that start with `>`. One in
 * quotation marks is at most 600 units long.
 * @param text the folded text
 * @returns ranges of it, quotation marks included
 */
export function quotations(text: string): Span[] {
  const spans = quotedParts(text);
  for (const match of text.matchAll(QUOTED_LINE)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** What stands in quotation marks. None is looked for the end of a mark twice, so that many open ones cost no more. */
function quotedParts(text: string): Span[] {
  const spans: Span[] = [];
  const ends = {
    '"': seeker(text, (at) => text[at] === '"' || text[at] === '\n'),
    "'": seeker(text, (at) => (text[at] === "'" && !isWord(text, at + 1)) || text[at] === '\n'),
  };
  MARK.lastIndex = 0;
  for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
    const start = match.index;
    const mark = match[0] === '"' ? '"' : "'";
    if (mark === "'" && !mayOpen(text, start)) continue;
    const end = ends[mark](start + 1);
    const length = end - start - 1;
    if (text[end] !== mark || length < 1 || length > LONGEST) continue;
    spans.push({ start, end: end + 1 });
    MARK.lastIndex = end + 1;
  }
  return spans;
}

/** Whether a single mark may open a quotation, and is no apostrophe. */
function mayOpen(text: string, at: number): boolean {
  return !WORD_BEFORE.test(text.charAt(at - 1)) && VISIBLE.test(text.charAt(at + 1));
}

function isWord(text: string, at: number): boolean {
  return WORD.test(text.charAt(at));
}

/** A function that gives the first place, from one on, that is sought; asked for later and later places only. */
function seeker(text: string, isSought: (at: number) => boolean): (from: number) => number {
  let at = 0;
  return (from) => {
    at = Math.max(at, from);
    while (at < text.length && !isSought(at)) at += 1;
    return at;
  };
}
