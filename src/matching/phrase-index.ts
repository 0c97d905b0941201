import type { Folded } from '../text/fold.js';
import { sourceSpan } from '../text/fold.js';
import type { Span } from '../text/span.js';
import type { Token } from '../text/tokens.js';
import { type Lists, type Phrase, type Sequence, sequencesOf } from './phrase.js';
import { type Reading, readings } from './readings.js';
import { Vocabulary, type WordId } from './vocabulary.js';

/** A phrase found in a text. */
export interface PhraseHit {
  /** The phrase as the editor wrote it. */
  readonly phrase: string;
  /** Where, in the text as it was sent. */
  readonly span: Span;
  /** The first token it takes and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** Whether it stands there in disguise. */
  readonly disguised: boolean;
}

/** The number of a group of phrases that are asked for together. */
export type GroupId = number;

interface Ending {
  readonly group: GroupId;
  readonly phrase: Phrase;
}

/** Most nodes are leaves, so a map is made when there is something to put in it. */
interface Node {
  next: Map<WordId, Node> | undefined;
  readonly endings: Ending[];
}

/** What a text is matched in: as sent, folded, and as tokens. */
export interface MatchableText {
  readonly text: string;
  readonly folded: Folded;
  readonly tokens: readonly Token[];
}

/** All phrases of all rules in one trie over words, so that a text is walked once however many there are. */
export class PhraseIndex {
  readonly #vocabulary = new Vocabulary();
  readonly #root: Node = { next: undefined, endings: [] };
  #groups = 0;

  /**
   * Adds a group of phrases.
   * @returns the number under which `match` returns its hits
   * @throws PhraseError as `sequencesOf` does
   */
  add(phrases: readonly Phrase[], lists: Lists): GroupId {
    const group = this.newGroup();
    for (const phrase of phrases) {
      for (const sequence of sequencesOf(phrase.text, lists)) this.addSequence(group, phrase, sequence);
    }
    return group;
  }

  /** Starts a group to which sequences are added one by one, which takes long where there are many. */
  newGroup(): GroupId {
    return this.#groups++;
  }

  /**
   * Adds one of the sequences of words that a phrase stands for.
   * @param sequence as `sequencesOf` gives it
   */
  addSequence(group: GroupId, phrase: Phrase, sequence: Sequence): void {
    let node = this.#root;
    for (const slot of sequence) {
      const word =
        slot.kind === 'word' ? this.#vocabulary.addWord(slot.word) : this.#vocabulary.addStem(slot.stem);
      node = child(node, word);
    }
    node.endings.push({ group, phrase });
  }

  /** Finds every phrase. Returns the hits by group, each group's in order of their start. */
  match(target: MatchableText): readonly (readonly PhraseHit[])[] {
    const hits: PhraseHit[][] = Array.from({ length: this.#groups }, () => []);
    const lattice = readings(target.folded, target.tokens, this.#vocabulary);
    target.tokens.forEach((_, from) => {
      this.#walk(target, lattice, this.#root, from, from, undefined, hits);
    });
    return hits;
  }

  #walk(
    target: MatchableText,
    lattice: readonly (readonly Reading[])[],
    node: Node,
    from: number,
    at: number,
    begun: { start: number; disguised: boolean } | undefined,
    hits: PhraseHit[][],
  ): void {
    if (begun && target.tokens[at]?.afterBreak) return;
    for (const reading of lattice[at] ?? []) {
      const next = node.next?.get(reading.word);
      if (!next) continue;
      const start = begun?.start ?? reading.start;
      const disguised = (begun?.disguised ?? false) || reading.disguised;
      for (const ending of next.endings) {
        const span = sourceSpan(target.folded, start, reading.end);
        if (
          ending.phrase.exact &&
          !isAsWritten(target.text.slice(span.start, span.end), target.tokens, from, reading.next, disguised)
        )
          continue;
        hits[ending.group]?.push({ phrase: ending.phrase.text, span, from, to: reading.next, disguised });
      }
      if (next.next) {
        this.#walk(target, lattice, next, from, reading.next, { start, disguised }, hits);
      }
    }
  }
}

/** Whether the matched words stand in the source as they do in the folded text, but for case and what is between them. */
function isAsWritten(
  source: string,
  tokens: readonly Token[],
  from: number,
  to: number,
  disguised: boolean,
): boolean {
  if (disguised) return false;
  const lower = source.toLowerCase();
  let at = 0;
  for (const token of tokens.slice(from, to)) {
    at = lower.indexOf(token.word, at);
    if (at === -1) return false;
    at += token.word.length;
  }
  return true;
}

function child(node: Node, word: WordId): Node {
  node.next ??= new Map();
  let next = node.next.get(word);
  if (!next) {
    next = { next: undefined, endings: [] };
    node.next.set(word, next);
  }
  return next;
}
