import type { Place, ReportedMistake } from './mistake.js';
import type { MistakeKind } from './mistake-kinds.js';

/** The most mistakes told of one file: beyond them, the file as a whole is something else than was meant. */
const MOST_IN_A_FILE = 100;

/** Gathers what is wrong, and what is merely odd, while a rules folder is read. */
export class Report {
  readonly #mistakes: ReportedMistake[] = [];
  readonly #warnings: ReportedMistake[] = [];

  /** Something for which the folder cannot be put in force. */
  mistake({ file, line, column }: Place, message: string, kind: MistakeKind = 'format'): void {
    this.#mistakes.push({ file, line, column, kind, message });
  }

  /** Something that an editor should know and no load need stop for. */
  warning({ file, line, column }: Place, message: string, kind: MistakeKind): void {
    this.#warnings.push({ file, line, column, kind, message });
  }

  /** By file and line, each once; at most 100 of a file, the last of which tells how many more there are. */
  get mistakes(): ReportedMistake[] {
    return cut(inOrder(this.#mistakes));
  }

  /** By file and line, each once; at most 100 of a file. */
  get warnings(): ReportedMistake[] {
    return cut(inOrder(this.#warnings));
  }
}

function cut(sorted: readonly ReportedMistake[]): ReportedMistake[] {
  const count = new Map<string, number>();
  for (const { file } of sorted) count.set(file, (count.get(file) ?? 0) + 1);
  const seen = new Map<string, number>();
  return sorted.flatMap((mistake) => {
    const nth = (seen.get(mistake.file) ?? 0) + 1;
    seen.set(mistake.file, nth);
    const more = (count.get(mistake.file) ?? 0) - MOST_IN_A_FILE;
    if (nth > MOST_IN_A_FILE) return [];
    if (nth < MOST_IN_A_FILE || more <= 0) return [mistake];
    return [{ ...mistake, message: `${mistake.message} (and ${more} more in this file)` }];
  });
}

/** Mistakes by file, line and column, each once. */
export function inOrder(mistakes: readonly ReportedMistake[]): ReportedMistake[] {
  const sorted = mistakes.toSorted(byPlace);
  return sorted.filter((mistake, i) => {
    const before = sorted[i - 1];
    return !before || byPlace(before, mistake) !== 0;
  });
}

function byPlace(a: ReportedMistake, b: ReportedMistake): number {
  return (
    inCodeOrder(a.file, b.file) || a.line - b.line || a.column - b.column || inCodeOrder(a.message, b.message)
  );
}

/** Compares by code units, which is the same on every machine. */
export function inCodeOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
