import { letterClasses, resembles, skeleton, unmasks } from './disguises.js';

/** Stems are found by their first letters, at most this many. */
const STEM_KEY = 3;

/** The number of a word or stem that some phrase needs. */
export type WordId = number;

interface Entry {
  readonly word: string;
  /** See `letterClasses`. */
  readonly classes: string;
  readonly id: WordId;
}

type Entries = Map<string, Entry[]>;

const NONE: readonly never[] = [];

/** Stems by how they, or their skeletons, start. */
class Stems {
  readonly #byStart: Entries = new Map();
  /** The length of the shortest start; most words have none that is shorter than the longest. */
  #shortest = STEM_KEY;

  add(written: string, entry: Entry): void {
    const start = written.slice(0, STEM_KEY);
    this.#shortest = Math.min(this.#shortest, start.length);
    append(this.#byStart, start, entry);
  }

  /** The stems that start as a word does; whether they go on as it does is still to be seen. Shorter starts come first. */
  startsOf(word: string): readonly Entry[] {
    let found: readonly Entry[] = NONE;
    for (let length = this.#shortest; length <= Math.min(STEM_KEY, word.length); length++) {
      const entries = this.#byStart.get(word.slice(0, length));
      if (entries) found = found.length === 0 ? entries : [...found, ...entries];
    }
    return found;
  }
}

/** Every word and stem that the phrases of a ruleset need, findable as written or in disguise. */
export class Vocabulary {
  readonly #words = new Map<string, WordId>();
  readonly #stems = new Map<string, WordId>();
  readonly #wordsBySkeleton: Entries = new Map();
  readonly #wordsByShape: Entries = new Map();
  readonly #stemsByStart = new Stems();
  readonly #stemsBySkeleton = new Stems();
  readonly #skeletons = new Set<string>();
  /**
   * By length; nothing starts with none. One table of all, which are several for each word, would take tens of
   * megabytes in one piece as it grows: a thread that asks for so much near its limit of memory ends the process.
   */
  readonly #skeletonStarts: Set<string>[] = [new Set()];
  #longest = 0;

  /** The length of the longest word, in units. */
  get longest(): number {
    return this.#longest;
  }

  get #size(): number {
    return this.#words.size + this.#stems.size;
  }

  /** Adds a word, or finds the one that is there. */
  addWord(word: string): WordId {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const entry = { word, classes: letterClasses(word), id: this.#size };
    this.#words.set(word, entry.id);
    this.#longest = Math.max(this.#longest, word.length);
    append(this.#wordsBySkeleton, this.#addSkeleton(word), entry);
    append(this.#wordsByShape, shape(entry.classes, word.length), entry);
    return entry.id;
  }

  /** Adds the start of a word, as in `traitor*`, or finds the one that is there. */
  addStem(stem: string): WordId {
    const known = this.#stems.get(stem);
    if (known !== undefined) return known;
    const entry = { word: stem, classes: letterClasses(stem), id: this.#size };
    this.#stems.set(stem, entry.id);
    this.#stemsByStart.add(stem, entry);
    this.#stemsBySkeleton.add(this.#addSkeleton(stem), entry);
    append(this.#wordsByShape, shape(entry.classes, stem.length), entry);
    return entry.id;
  }

  #addSkeleton(word: string): string {
    const bones = skeleton(word);
    for (let length = 1; length <= bones.length; length++) {
      const starts = this.#skeletonStarts[length];
      if (starts) starts.add(bones.slice(0, length));
      else this.#skeletonStarts.push(new Set([bones.slice(0, length)]));
    }
    this.#skeletons.add(bones);
    return bones;
  }

  /** The words and stems that `word` is, read letter by letter. */
  plain(word: string): readonly WordId[] {
    const entries = this.#stemsByStart.startsOf(word);
    const id = this.#words.get(word);
    if (entries.length === 0) return id === undefined ? NONE : [id];
    const ids = entries.filter((entry) => word.startsWith(entry.word)).map((entry) => entry.id);
    if (id !== undefined) ids.push(id);
    return ids;
  }

  /** The words and stems that `written` may be in disguise, by letter classes and repeats (see `resembles`). */
  disguised(written: string): readonly WordId[] {
    const bones = skeleton(written);
    const stems = this.#stemsBySkeleton.startsOf(bones);
    const words = this.#wordsBySkeleton.get(bones) ?? NONE;
    if (stems.length === 0 && words.length === 0) return NONE;
    return [
      ...stems.filter((entry) => resembles(written, entry.word, true)),
      ...words.filter((entry) => resembles(written, entry.word)),
    ].map((entry) => entry.id);
  }

  /** Whether the skeleton of some word or stem starts like this. */
  hasSkeletonStart(bones: string): boolean {
    return this.#skeletonStarts[bones.length]?.has(bones) ?? false;
  }

  /** Whether some word or stem has this skeleton. */
  hasSkeleton(bones: string): boolean {
    return this.#skeletons.has(bones);
  }

  /** The words and stems that `written` may be with letters hidden behind signs (see `unmasks`). */
  masked(written: string): readonly WordId[] {
    const masked = letterClasses(written, true);
    return [masked.length, masked.length + 1]
      .flatMap((length) => this.#wordsByShape.get(shape(masked, length)) ?? [])
      .filter((entry) => unmasks(masked, entry.classes))
      .map((entry) => entry.id);
  }
}

function shape(classes: string, length: number): string {
  return classes.charAt(0) + length;
}

function append(map: Entries, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}
