import type { Span } from '../../text/span.js';

/** Part of a comment, with the words at fault. */
export interface Excerpt {
  readonly text: string;
  /** In UTF-16 units of this text. */
  readonly spans: readonly Span[];
  /** Whether the comment has more before and after. */
  readonly cut: { readonly before: boolean; readonly after: boolean };
}

/** In UTF-16 units. */
const LONGEST = 160;
const BEFORE = 60;

/** Cuts the part of a text that has the first of the words at fault. */
export function excerpt(text: string, spans: readonly Span[]): Excerpt {
  const first = text.length <= LONGEST ? 0 : (spans[0]?.start ?? 0);
  const start = Math.max(0, Math.min(first - BEFORE, text.length - LONGEST));
  const end = Math.min(text.length, start + LONGEST);
  return {
    text: text.slice(start, end).toWellFormed(),
    spans: spans
      .filter((span) => span.start < end && span.end > start)
      .map((span) => ({ start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start })),
    cut: { before: start > 0, after: end < text.length },
  };
}
