import type { Place, ReportedMistake } from './mistake.js';
import type { MistakeKind } from './mistake-kinds.js';

/** The most mistakes told of one file: beyond them, the file as a whole is something else than was meant. */
export const MOST_IN_A_FILE = 100;

/** Gathers what is wrong, and what is merely odd, while a rules folder is read. */
export class Report {
  readonly #mistakes = new Told();
  readonly #warnings = new Told();

  /** Something for which the folder cannot be put in force. */
  mistake({ file, line, column }: Place, message: string, kind: MistakeKind = 'format'): void {
    this.#mistakes.add({ file, line, column, kind, message });
  }

  /** Something that an editor should know and no load need stop for. */
  warning({ file, line, column }: Place, message: string, kind: MistakeKind): void {
    this.#warnings.add({ file, line, column, kind, message });
  }

  /** By file and line, each once; at most 100 of a file, the last of which tells how many more there are. */
  get mistakes(): ReportedMistake[] {
    return this.#mistakes.inOrder;
  }

  /** By file and line, each once; at most 100 of a file. */
  get warnings(): ReportedMistake[] {
    return this.#warnings.inOrder;
  }
}

/** What is told of each file. Kept in order as it comes, so that sorting a hundred thousand is nobody's wait. */
class Told {
  readonly #byFile = new Map<string, ToldOfFile>();

  add(mistake: ReportedMistake): void {
    let told = this.#byFile.get(mistake.file);
    if (!told) {
      told = { first: [], keys: new Set() };
      this.#byFile.set(mistake.file, told);
    }
    const key = `${mistake.line}:${mistake.column}:${mistake.message}`;
    if (told.keys.has(key)) return;
    told.keys.add(key);
    insert(told.first, mistake);
  }

  get inOrder(): ReportedMistake[] {
    return [...this.#byFile]
      .sort(([a], [b]) => inCodeOrder(a, b))
      .flatMap(([, { first, keys }]) => {
        const more = keys.size - first.length;
        const last = first.at(-1);
        if (!last || more === 0) return first;
        return [
          ...first.slice(0, -1),
          { ...last, message: `${last.message} (and ${more} more in this file)` },
        ];
      });
  }
}

interface ToldOfFile {
  /** The first by line and column, at most so many as are shown. */
  readonly first: ReportedMistake[];
  /** What tells apart all that there are. */
  readonly keys: Set<string>;
}

function insert(sorted: ReportedMistake[], mistake: ReportedMistake): void {
  let at = sorted.length;
  for (let before = sorted[at - 1]; before && byPlace(mistake, before) < 0; before = sorted[at - 1]) at -= 1;
  if (at === MOST_IN_A_FILE) return;
  sorted.splice(at, 0, mistake);
  if (sorted.length > MOST_IN_A_FILE) sorted.pop();
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
