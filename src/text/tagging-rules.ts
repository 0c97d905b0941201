import model from 'wink-eng-lite-web-model';
import { z } from 'zod';
import type { KnownWord, TagId } from './english-words.js';

/** The symbol of a kind of words is its number and this; that of a part of speech is its number. */
const KIND = 1_080_000;
/** The symbol that leads to a state's fallback. No rule of the model speaks of the end of the sentence. */
const FALLBACK = 2_070_003;

/** A state machine as wink-nlp writes it (`exportJSON` of its `src/automaton.js`). */
const machineSchema = z.tuple([
  z.unknown(),
  z.unknown(),
  /** Next state by state and symbol. */
  z.record(z.string(), z.record(z.string(), z.int())),
  /** For each state that ends a pattern, the tag of its marked word; below 0, even where the model does not have it so. */
  z.record(z.string(), z.coerce.number()),
  /** How many words of the pattern stand before and after the marked one. */
  z.record(z.string(), z.tuple([z.int(), z.int()])),
  z.unknown(),
]);
const loader = z.custom<() => unknown>((value) => typeof value === 'function');
const { machines } = z.object({ machines: z.array(z.string()) }).parse(loader.parse(model.pos)());

/** Rules on what a word is between certain others, where that is something else than it mostly is. */
class Rules {
  /** The next state by state and symbol; 0 is the start, and where there is none. */
  readonly #next: readonly ReadonlyMap<number, number>[];
  /** For each state, the one that ends a pattern if the words after do not go on as another asks; 0: none. */
  readonly #fallback: Int16Array;
  /** The tag that a state's pattern gives; 0: it ends none. */
  readonly #tag: Int16Array;
  /** How many words of the pattern stand before the one that gets the tag. */
  readonly #before: Uint8Array;

  constructor(json: string) {
    const [, , next, tags, marks] = machineSchema.parse(JSON.parse(json));
    const targets = Object.values(next).flatMap((row) => Object.values(row));
    const states = 1 + Math.max(...targets, ...Object.keys(next).map(Number));
    const ofState = <Value>(values: Readonly<Record<string, Value>>) =>
      Array.from({ length: states }, (_, state) => values[state]);
    this.#next = ofState(next).map(
      (row) => new Map(Object.entries(row ?? {}).map(([symbol, to]) => [Number(symbol), to])),
    );
    this.#fallback = Int16Array.from(this.#next, (row) => row.get(FALLBACK) ?? 0);
    this.#tag = Int16Array.from(ofState(tags), (tag) => tag ?? 0);
    this.#before = Uint8Array.from(ofState(marks), (mark) => mark?.[0] ?? 0);
  }

  /** Corrects the tags of a sentence by the patterns that stand in it, found from left to right. */
  apply(words: readonly KnownWord[], tags: TagId[]): void {
    const corrections: { readonly at: number; readonly tag: number }[] = [];
    for (let from = 0; from < words.length; ) {
      const pattern = this.#patternAt(from, words, tags);
      if (pattern) {
        const { ending } = pattern;
        corrections.push({ at: from + (this.#before[ending] ?? 0), tag: this.#tag[ending] ?? 0 });
      }
      from = pattern?.next ?? from + 1;
    }
    for (const { at, tag } of corrections) {
      if (tag < 0) tags[at] = -tag;
      else if (words[at]?.tags.has(tag)) tags[at] = tag;
    }
  }

  /** The longest pattern that starts at a word: the state that ends it, and the word after it. */
  #patternAt(from: number, words: readonly KnownWord[], tags: readonly TagId[]) {
    let longest: { readonly ending: number; readonly next: number } | undefined;
    let state = 0;
    for (let at = from; at < words.length; at++) {
      state = this.#next[state]?.get(symbolAt(at, words, tags)) ?? 0;
      if (state === 0) break;
      if (this.#tag[state] !== 0) return { ending: state, next: at + 1 };
      const fallback = this.#fallback[state] ?? 0;
      if (fallback !== 0) longest = { ending: fallback, next: at + 1 };
    }
    return longest;
  }
}

function symbolAt(at: number, words: readonly KnownWord[], tags: readonly TagId[]): number {
  const kind = words[at]?.kind ?? 0;
  return kind === 0 ? (tags[at] ?? 0) : kind + KIND;
}

const RULES = machines.map((machine) => new Rules(machine));

/**
 * The part of speech of each word of a sentence, as wink-nlp tells it by the same model: most words by themselves,
 * some by rules over their neighbours. wink-nlp itself makes a document with much else of each sentence, which
 * takes six times as long, and keeps every unknown word that it ever sees.
 */
export function tagWords(words: readonly KnownWord[]): TagId[] {
  const tags = words.map(({ tag }) => tag);
  for (const rules of RULES) rules.apply(words, tags);
  return tags.map((tag, i) => (words[i]?.isFixed ? words[i].tag : tag));
}
