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
  const lines = new Map<string, Lines>();
  const linesOf = (file: string): Lines => {
    const known = lines.get(file) ?? new Lines((files.get(file) ?? '').replace(/^\ufeff/, ''));
    lines.set(file, known);
    return known;
  };
  return mistakes.map((mistake) => {
    const excerpt = cutAround(linesOf(mistake.file).at(mistake.line), mistake);
    return excerpt ? { ...mistake, excerpt } : mistake;
  });
}

/** The lines of a text, asked for mostly from the first to the last. A text may have a million, of which few are told. */
class Lines {
  /** A line that is known, from 1, and where it starts. */
  #line = 1;
  #start = 0;

  constructor(private readonly text: string) {}

  /** The line of a number, from 1, without its end; empty where there is none. */
  at(line: number): string {
    if (line < this.#line) {
      this.#line = 1;
      this.#start = 0;
    }
    for (; this.#line < line; this.#line++) {
      const end = this.text.indexOf('\n', this.#start);
      if (end === -1) return '';
      this.#start = end + 1;
    }
    const end = this.text.indexOf('\n', this.#start);
    return this.text.slice(this.#start, end === -1 ? undefined : end).replace(/\r$/, '');
  }
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
