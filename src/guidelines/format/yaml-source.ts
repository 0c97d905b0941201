import type { LineCounter } from 'yaml';
import type { Place } from '../guidelines.js';
import { shown } from '../mistakes/suggest.js';
import type { InSteps } from '../steps.js';

/** The keys and entry numbers (from 0) that lead to a value. */
export type Path = readonly (string | number)[];

/** A value of a YAML file with where it stands: offsets into the file's text, `end` excluded. */
export type Located = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly entries: readonly Located[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, { key: number; value: Located }> }
);

/** A YAML file as plain values, with the place of each. */
export class YamlSource {
  /** Objects, arrays, strings, numbers, booleans and null. */
  readonly value: unknown;
  readonly #text: string;
  readonly #root: Located;
  readonly #lines: LineCounter;

  constructor(
    readonly file: string,
    text: string,
    { root, value }: { readonly root: Located; readonly value: unknown },
    lines: LineCounter,
  ) {
    this.value = value;
    this.#text = text;
    this.#root = root;
    this.#lines = lines;
  }

  /** Where a value stands. One that is left out stands where its key does, one whose key is missing where its map starts. */
  placeOf(path: Path): Place {
    const found = this.#find(path);
    if (found && (found.end > found.start || path.length === 0)) return this.#place(found.start);
    return this.placeOfKey(path);
  }

  /** Where a key stands, or an entry of a list; where there is none, where the nearest value around it starts. */
  placeOfKey(path: Path): Place {
    const around = path.slice(0, -1);
    const last = path.at(-1);
    const parent = this.#find(around);
    if (parent?.kind === 'map' && typeof last === 'string') {
      const entry = parent.entries.get(last);
      if (entry) return this.#place(entry.key);
    }
    const found = this.#find(path);
    if (found) return this.#place(found.start);
    return path.length === 0 ? this.#place(0) : this.placeOf(around);
  }

  /** Whether a path leads to anything, be it empty. */
  has(path: Path): boolean {
    return this.#find(path) !== undefined;
  }

  /** A value as messages show it: `"rejct"`, `90`, `a list`, `empty`. */
  show(path: Path): string {
    const found = this.#find(path);
    if (!found || found.end <= found.start) return 'empty';
    if (found.kind === 'list') return found.entries.length > 0 ? 'a list' : 'an empty list';
    if (found.kind === 'map') return found.entries.size > 0 ? 'a map of keys and values' : 'an empty map';
    return typeof found.value === 'string' ? `"${shown(found.value)}"` : shown(this.written(path));
  }

  /** A value as it is written in the file. */
  written(path: Path): string {
    const found = this.#find(path);
    return found ? this.#text.slice(found.start, found.end).trim() : '';
  }

  /**
   * A value that YAML does not take for a text though it looks like one: `420`, `true`, `{insult}`, `you are: an idiot`.
   * @returns it as written; none for lists, longer maps, and what is empty
   */
  quotable(path: Path): string | undefined {
    const found = this.#find(path);
    if (!found || found.end <= found.start || found.kind === 'list') return undefined;
    if (found.kind === 'map' && found.entries.size > 1) return undefined;
    return this.#text.slice(found.start, found.end).trim();
  }

  #place(offset: number): Place {
    const { line, col } = this.#lines.linePos(Math.min(offset, this.#text.length));
    return { file: this.file, line, column: col };
  }

  #find(path: Path): Located | undefined {
    let found: Located | undefined = this.#root;
    for (const step of path) {
      if (found?.kind === 'list' && typeof step === 'number') found = found.entries[step];
      else if (found?.kind === 'map' && typeof step === 'string') found = found.entries.get(step)?.value;
      else return undefined;
    }
    return found;
  }
}

/** So many values are taken in a step. */
const A_STEP = 2000;

/** A value without the places. */
export function* valueInSteps(located: Located): InSteps<unknown> {
  if (located.kind === 'scalar') return located.value;
  if (located.kind === 'list') return yield* valuesInSteps(located.entries);
  const keys = [...located.entries.keys()];
  const values = yield* valuesInSteps([...located.entries.values()].map(({ value }) => value));
  return Object.fromEntries(keys.map((key, i) => [key, values[i]]));
}

function* valuesInSteps(entries: readonly Located[]): InSteps<unknown[]> {
  const values: unknown[] = [];
  for (const entry of entries) {
    values.push(entry.kind === 'scalar' ? entry.value : yield* valueInSteps(entry));
    if (values.length % A_STEP === 0) yield;
  }
  yield;
  return values;
}
