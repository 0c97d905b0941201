import { expandPhrase, type Lists, type Slot } from '../../matching/phrase.js';
import type { RuleFile } from '../format/schema.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';

type Sequence = readonly Exclude<Slot, { kind: 'list' }>[];

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
export function tellIdlePhrases(file: RuleFile, source: YamlSource, lists: Lists, report: Report): void {
  const exceptions = phrasesIn(file.unless, 'unless', lists).flat();
  const excepting = new Finder(exceptions);
  for (const phrases of phrasesIn(file.when, 'when', lists)) {
    const finding = new Finder(phrases);
    for (const [number, phrase] of phrases.entries()) {
      const exception = excepting.alwaysIn(phrase);
      const other = exception ? undefined : finding.alwaysIn(phrase, number);
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
function phrasesIn(
  entries: readonly Readonly<Record<string, unknown>>[],
  key: string,
  lists: Lists,
): WrittenPhrase[][] {
  return entries.flatMap((entry, i) => {
    const { phrases, exact } = entry;
    if (!Array.isArray(phrases)) return [];
    return [
      phrases.map((text: unknown, nth) => ({
        text: String(text),
        exact: exact === true,
        path: [key, i, 'phrases', nth],
        sequences: expandPhrase(String(text), lists),
      })),
    ];
  });
}

interface Node {
  readonly words: Map<string, Node>;
  readonly stems: Map<string, Node>;
  /** The numbers of the phrases that end here. */
  readonly endings: number[];
}

/** Some phrases, of which one may be found within another. */
class Finder {
  readonly #root: Node = newNode();

  constructor(private readonly phrases: readonly WrittenPhrase[]) {
    for (const [number, { sequences }] of phrases.entries()) {
      for (const sequence of sequences) {
        let node = this.#root;
        for (const slot of sequence) {
          node = slot.kind === 'word' ? child(node.words, slot.word) : child(node.stems, slot.stem);
        }
        node.endings.push(number);
      }
    }
  }

  /**
   * The first of the phrases, other than itself, by which a phrase is found, if some are found in all that it
   * stands for. Of two that both stand for the same words, the one that stands for more is the finder, or else the
   * one before: so no two are told to find each other.
   * @param own the phrase's number, where it is one of these
   */
  alwaysIn(phrase: WrittenPhrase, own?: number): WrittenPhrase | undefined {
    let first: number | undefined;
    for (const sequence of phrase.sequences) {
      const found = this.#foundIn(sequence, phrase, own);
      if (found === undefined) return undefined;
      first ??= found;
    }
    return first === undefined ? undefined : this.phrases[first];
  }

  #foundIn(sequence: Sequence, phrase: WrittenPhrase, own: number | undefined): number | undefined {
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
  const word = slot.kind === 'word' ? node.words.get(letters) : undefined;
  const found: Step[] = word ? [{ node: word, at: at + 1, isSame }] : [];
  if (node.stems.size === 0) return found;
  for (let length = 1; length <= letters.length; length++) {
    const stem = node.stems.get(letters.slice(0, length));
    const isWhole = slot.kind === 'stem' && length === letters.length;
    if (stem) found.push({ node: stem, at: at + 1, isSame: isSame && isWhole });
  }
  return found;
}

function newNode(): Node {
  return { words: new Map(), stems: new Map(), endings: [] };
}

function child(nodes: Map<string, Node>, key: string): Node {
  let node = nodes.get(key);
  if (!node) {
    node = newNode();
    nodes.set(key, node);
  }
  return node;
}
