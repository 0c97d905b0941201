import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, isSeq, parseDocument, visit } from 'yaml';
import * as discourse from '../../src/discourse/function-words.js';
import { foldCharacter } from '../../src/text/confusables.js';
import { fill } from '../helpers/hostile-texts.js';

/** What hostile texts are made of: all that the default rules and the grammar look for. */
export interface Material {
  /** Entries of lists, phrases and their first words, words of patterns. */
  readonly words: readonly string[];
  /** Words by which it is told who says what of whom. */
  readonly functionWords: readonly string[];
  readonly patterns: readonly string[];
  /** Characters that fold to several. */
  readonly expanding: readonly string[];
}

/** Reads the material of a rules folder. */
export function materialOf(folder: string): Material {
  const lists = readdirSync(join(folder, 'lists')).flatMap((name) => linesOf(join(folder, 'lists', name)));
  const phrases: string[] = [];
  const patterns: string[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.yaml'))) {
    visit(parseDocument(readFileSync(join(folder, name), 'utf8')), {
      Pair(_, { key, value }) {
        if (!isScalar(key)) return;
        if (key.value === 'pattern' && isScalar(value)) patterns.push(String(value.value));
        if (key.value !== 'phrases' || !isSeq(value)) return;
        for (const item of value.items) if (isScalar(item)) phrases.push(String(item.value));
      },
    });
  }
  const written = [...lists, ...phrases].map((entry) =>
    entry.replace(/\{[^}]*\}/g, 'idiot').replaceAll('*', ''),
  );
  const starts = written.flatMap((entry) =>
    entry.split(' ').map((_, i, words) => words.slice(0, i + 1).join(' ')),
  );
  return {
    words: [...new Set([...written, ...starts, ...patterns.flatMap(wordsOf)])],
    functionWords: [
      ...new Set(Object.values(discourse).flatMap((set) => (set instanceof Set ? [...set] : []))),
    ],
    patterns,
    expanding: [...expandingCharacters()],
  };
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

function wordsOf(pattern: string): string[] {
  return pattern.replace(/\\\w/g, ' ').match(/[a-z']+/g) ?? [];
}

/** Presentation forms, squared words, numbers in brackets and circles, Hangul. */
function* expandingCharacters(): Generator<string> {
  const ranges = [
    [0xfb00, 0xfdff],
    [0x3200, 0x33ff],
    [0x2000, 0x24ff],
    [0xac01, 0xac20],
  ] as const;
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code++) {
      const char = String.fromCodePoint(code);
      if (foldCharacter(char).length > 2) yield char;
    }
  }
}

const SEPARATORS = ' |-|, |. |; | and | or |" "|\' \'|\n|.|/|* |(|, "|: |!'.split('|');
const ENDINGS = ['', 'ing', 'ed', "'s", '!', '@'];
const MARKS = ['"', "'", '“', '”', ' "', " '", '\n> '];

/** A text, and what it is made of. */
export interface GeneratedText {
  readonly what: string;
  make(length: number): string;
}

/** Generates hostile texts: the same seed, the same texts. */
export class HostileTexts {
  #state: number;

  constructor(
    readonly material: Material,
    seed: number,
  ) {
    this.#state = seed;
  }

  next(): GeneratedText {
    const kinds = [
      this.#repeated,
      this.#repeated,
      this.#ofFew,
      this.#ofMany,
      this.#matches,
      this.#longWords,
      this.#quoted,
    ];
    return this.pick(kinds).call(this);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  /** One to three pieces over and over. */
  #repeated(): GeneratedText {
    const count = 1 + Math.floor(this.#random() * 3);
    const pieces = Array.from(
      { length: count },
      () => this.#piece() + this.pick([' ', this.pick(SEPARATORS)]),
    );
    return repeated(pieces.join(''));
  }

  /** A few pieces in any order. */
  #ofFew(): GeneratedText {
    const few = Array.from({ length: 3 + Math.floor(this.#random() * 40) }, () => this.#piece());
    return this.#inAnyOrder(`any order of ${few.slice(0, 6).join('|')}`, () => this.pick(few));
  }

  #ofMany(): GeneratedText {
    return this.#inAnyOrder('any words', () => this.#piece());
  }

  /** What the patterns match, or almost. */
  #matches(): GeneratedText {
    return this.#inAnyOrder('what patterns match', () =>
      this.#random() < 0.5 ? this.#instanceOf(this.pick(this.material.patterns)) : this.#piece(),
    );
  }

  #longWords(): GeneratedText {
    const letters = this.pick([
      this.#piece().replaceAll(' ', ''),
      this.pick(['a', 'e1', "a'", 'ab-', 'x_', 'ａ']),
    ]);
    const ending = this.pick(ENDINGS);
    const words = this.pick([1, 2, 20]);
    return {
      what: `${words} long words of ${letters} and ${ending}`,
      make: (length) => Array.from({ length: words }, () => fill(letters, length / words) + ending).join(' '),
    };
  }

  #quoted(): GeneratedText {
    const marks = Array.from(
      { length: 2 },
      () => this.pick(MARKS) + this.#piece() + this.pick(['', this.pick(MARKS)]),
    );
    return repeated(marks.join(''));
  }

  #piece(): string {
    const { words, functionWords, expanding } = this.material;
    const chance = this.#random();
    if (chance < 0.05) return this.pick(expanding);
    return this.pick(chance < 0.45 ? functionWords : words);
  }

  #inAnyOrder(what: string, piece: () => string): GeneratedText {
    return {
      what,
      make: (length) => {
        let text = '';
        while (text.length < length) text += piece() + (this.#random() < 0.05 ? this.pick(SEPARATORS) : ' ');
        return text.slice(0, length);
      },
    };
  }

  /** A text that a pattern matches as a rule: of alternatives any, of repeats none or one. */
  #instanceOf(pattern: string): string {
    let text = pattern
      .replace(/\{[a-z-]+\}/g, () => this.pick(['gays', 'jews', 'hindus', 'idiot']))
      .replaceAll('\\b', '');
    for (let before = ''; before !== text; ) {
      before = text;
      text = text.replace(/\(\?:([^()]*)\)(\?|\*|\{0,\d+\})?/, (_, inner: string, repeat?: string) =>
        repeat !== undefined && this.#random() < 0.5 ? '' : this.pick(inner.split('|')),
      );
    }
    return text
      .replace(/\\w\+/g, () => this.#piece())
      .replace(/\[([^\]])[^\]]*\](?:\{\d+,\d+\}|\?)?/g, '$1')
      .replace(/(.)\?/g, (_, sign: string) => (this.#random() < 0.5 ? '' : sign))
      .replace(/[\\$^]/g, '');
  }

  /** From 0 to 1 (excluded): mulberry32. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}

/** One piece over and over. */
export function repeated(piece: string): GeneratedText {
  return { what: piece, make: (length) => fill(piece, length) };
}
