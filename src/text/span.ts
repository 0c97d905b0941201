/** A half-open range of a text: `start` included, `end` excluded, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether two ranges share at least one unit. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Ranges in order of their start, with those that touch or overlap made one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      merged.push({ start: span.start, end: span.end });
    }
  }
  return merged;
}

/**
 * Makes a test whether a range shares a unit with one of some ranges. However many these are, a test takes time in
 * proportion to their number's logarithm.
 * @param spans in any order; they may overlap
 * @example
 * const isQuoted = overlapWith(comment.quotations);
 * isQuoted({ start: 3, end: 8 });
 */
export function overlapWith(spans: readonly Span[]): (part: Span) => boolean {
  if (spans.length === 0) return sharesNothing;
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  /** For each range how far it or one before it reaches. */
  const reaches: number[] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const { end } of sorted) {
    if (end > reach) reach = end;
    reaches.push(reach);
  }
  return (part) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) < part.end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (reaches[low - 1] ?? 0) > part.start;
  };
}

function sharesNothing(): boolean {
  return false;
}

/** For each of some parts of a text whether it shares a unit with one of some ranges. */
export function within(parts: readonly Span[], spans: readonly Span[]): boolean[] {
  return parts.map(overlapWith(spans));
}
