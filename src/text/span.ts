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

/** For each of some parts of a text, in order, whether it shares a unit with one of some ranges. */
export function within(parts: readonly Span[], spans: readonly Span[]): boolean[] {
  const merged = mergeSpans(spans);
  let at = 0;
  return parts.map((part) => {
    while ((merged[at]?.end ?? Number.POSITIVE_INFINITY) <= part.start) at += 1;
    const span = merged[at];
    return span !== undefined && overlaps(span, part);
  });
}
