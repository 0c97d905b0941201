import type { Excerpt, Place, ReportedMistake } from './mistake.js';

/** Longer lines are cut around the place, in UTF-16 units. */
const LONGEST = 100;
/** How much of a line that is cut stands before the place. */
const LEAD = 60;

/** What would steer a terminal, or shows as nothing: each unit has a sign in its place, so that columns stay. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * Gives mistakes the lines they are told of.
 * @param files of the folder, by name; where a mistake is in none of them, or its line is blank, it is left as it is
 */
export function withExcerpts(
  mistakes: readonly ReportedMistake[],
  files: ReadonlyMap<string, string>,
): ReportedMistake[] {
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = lines.get(file);
    if (known) return known;
    const split = (files.get(file) ?? '').replace(/^\ufeff/, '').split(/\r?\n/);
    lines.set(file, split);
    return split;
  };
  return mistakes.map((mistake) => {
    const excerpt = cutAround(linesOf(mistake.file)[mistake.line - 1] ?? '', mistake);
    return excerpt ? { ...mistake, excerpt } : mistake;
  });
}

function cutAround(line: string, { column }: Place): Excerpt | undefined {
  if (line.trim() === '') return undefined;
  const at = column - 1;
  const start = line.length <= LONGEST ? 0 : Math.max(0, Math.min(at - LEAD, line.length - LONGEST));
  const end = Math.min(line.length, start + LONGEST);
  const before = start > 0 ? '…' : '';
  const after = end < line.length ? '…' : '';
  return {
    text: before + clean(line.slice(start, end)) + after,
    column: at - start + before.length + 1,
  };
}

function clean(text: string): string {
  return text.replace(UNSEEN, (char) => (char === '\t' ? ' ' : '·').repeat(char.length));
}
