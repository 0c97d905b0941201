import { type Lists, type Sequence, sequencesOf } from '../../matching/phrase.js';
import type { RuleFile } from '../format/schema.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';
import type { InSteps } from '../steps.js';

/** So many phrases, sequences of words or places in them are looked at in a step. */
const A_STEP = 500;

/** A phrase of a condition or an exception, with all that it stands for. */
interface WrittenPhrase {
  readonly text: string;
  readonly exact: boolean;
  readonly path: Path;
  readonly sequences: readonly Sequence[];
}

/**
 * Tells of phrases that can never decide: an exception always takes them out, or another phrase of their
 * condition is found wherever they are.
 * @param file a rule file in which nothing is wrong
 * @param lists its lists
 */
export function* tellIdlePhrases(
  file: RuleFile,
  source: YamlSource,
  lists: Lists,
  report: Report,
): InSteps<void> {
  const exceptions = (yield* phrasesIn(file.unless, 'unless', lists)).flat();
  const excepting = yield* Finder.of(exceptions);
  for (const phrases of yield* phrasesIn(file.when, 'when', lists)) {
    const finding = yield* Finder.of(phrases);
    for (const [number, phrase] of phrases.entries()) {
      const exception = yield* excepting.alwaysIn(phrase);
      const other = exception ? undefined : yield* finding.alwaysIn(phrase, number);
      if (exception) {
        report.warning(
          source.placeOf(phrase.path),
          `"${shown(phrase.text)}" never fires, for unless has "${shown(exception.text)}" in line ${source.placeOf(exception.path).line}; delete one of the two`,
          'idle-phrase',
        );
      } else if (other) {
        report.warning(
          source.placeOf(phrase.path),
          `"${shown(phrase.text)}" adds nothing, for "${shown(other.text)}" in line ${source.placeOf(other.path).line} is found wherever it is; delete it`,
          'idle-phrase',
        );
      }
    }
  }
}

/** The phrases of each entry that has some. */
function* phrasesIn(
  entries: readonly Readonly<Record<string, unknown>>[],
  key: string,
  lists: Lists,
): InSteps<WrittenPhrase[][]> {
  const found: WrittenPhrase[][] = [];
  let steps = 0;
  for (const [i, { phrases, exact }] of entries.entries()) {
    if (!Array.isArray(phrases)) continue;
    const written: WrittenPhrase[] = [];
    for (const [nth, phrase] of phrases.entries()) {
      const text = String(phrase);
      const sequences: Sequence[] = [];
      for (const sequence of sequencesOf(text, lists)) {
        sequences.push(sequence);
        steps += 1;
        if (steps % A_STEP === 0) yield;
      }
      written.push({ text, exact: exact === true, path: [key, i, 'phrases', nth], sequences });
    }
    found.push(written);
  }
  return found;
}

/** Most nodes are leaves, so a map is made when there is something to put in it. */
interface Node {
  words: Map<string, Node> | undefined;
  stems: Map<string, Node> | undefined;
  /** The numbers of phrases that end here: of those that find the same, the first two. */
  readonly endings: number[];
}

/** Some phrases, of which one may be found within another. */
class Finder {
  readonly #root: Node = newNode();
  #steps = 0;

  private constructor(private readonly phrases: readonly WrittenPhrase[]) {}

  static *of(phrases: readonly WrittenPhrase[]): InSteps<Finder> {
    const finder = new Finder(phrases);
    for (const [number, { sequences }] of phrases.entries()) {
      for (const sequence of sequences) {
        finder.#add(number, sequence);
        if (finder.#isStep()) yield;
      }
    }
    return finder;
  }

  /** Counts some work. Returns whether a step is over. */
  #isStep(): boolean {
    this.#steps += 1;
    return this.#steps % A_STEP === 0;
  }

  #add(number: number, sequence: Sequence): void {
    let node = this.#root;
    for (const slot of sequence) {
      node = child(node, slot);
    }
    // Whether a phrase is a finder depends on these two, and on whether it is the one that is looked for.
    const like = (other: number) =>
      this.phrases[other]?.exact === this.phrases[number]?.exact &&
      this.phrases[other]?.sequences.length === this.phrases[number]?.sequences.length;
    const [first, second] = node.endings.filter(like);
    if (first !== number && second === undefined) node.endings.push(number);
  }

  /**
   * The first of the phrases, other than itself, by which a phrase is found, if some are found in all that it
   * stands for. Of two that both stand for the same words, the one that stands for more is the finder, or else the
   * one before: so no two are told to find each other.
   * @param own the phrase's number, where it is one of these
   */
  *alwaysIn(phrase: WrittenPhrase, own?: number): InSteps<WrittenPhrase | undefined> {
    let first: number | undefined;
    for (const sequence of phrase.sequences) {
      const found = yield* this.#foundIn(sequence, phrase, own);
      if (found === undefined) return undefined;
      first ??= found;
    }
    return first === undefined ? undefined : this.phrases[first];
  }

  *#foundIn(sequence: Sequence, phrase: WrittenPhrase, own: number | undefined): InSteps<number | undefined> {
    const isFinder = (number: number, isSame: boolean): boolean => {
      const other = this.phrases[number];
      // What is found only as written is not found wherever a disguise is.
      if (!other || number === own || (other.exact && !phrase.exact)) return false;
      if (!isSame || own === undefined) return true;
      const more = other.sequences.length - phrase.sequences.length;
      return more > 0 || (more === 0 && number < own);
    };
    const open = sequence.map((_, from): Step => ({ node: this.#root, at: from, isSame: from === 0 }));
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, at, isSame } = next;
      if (this.#isStep()) yield;
      const found = node.endings.find((number) => isFinder(number, isSame && at === sequence.length));
      if (found !== undefined) return found;
      const slot = sequence[at];
      if (slot) open.push(...stepsFrom(next, slot));
    }
    return undefined;
  }
}

/** A place in a walk over a sequence. */
interface Step {
  readonly node: Node;
  /** How much of the sequence is behind. */
  readonly at: number;
  /** Whether what led here is the sequence from its start, slot for slot. */
  readonly isSame: boolean;
}

/** Where the next slot of a sequence leads. */
function stepsFrom({ node, at, isSame }: Step, slot: Sequence[number]): Step[] {
  const letters = slot.kind === 'word' ? slot.word : slot.stem;
  const word = slot.kind === 'word' ? node.words?.get(letters) : undefined;
  const found: Step[] = word ? [{ node: word, at: at + 1, isSame }] : [];
  if (!node.stems) return found;
  for (let length = 1; length <= letters.length; length++) {
    const stem = node.stems.get(letters.slice(0, length));
    const isWhole = slot.kind === 'stem' && length === letters.length;
    if (stem) found.push({ node: stem, at: at + 1, isSame: isSame && isWhole });
  }
  return found;
}

function newNode(): Node {
  return { words: undefined, stems: undefined, endings: [] };
}

function child(node: Node, slot: Sequence[number]): Node {
  if (slot.kind === 'word') {
    node.words ??= new Map();
    return childOf(node.words, slot.word);
  }
  node.stems ??= new Map();
  return childOf(node.stems, slot.stem);
}

function childOf(nodes: Map<string, Node>, key: string): Node {
  let node = nodes.get(key);
  if (!node) {
    node = newNode();
    nodes.set(key, node);
  }
  return node;
}
