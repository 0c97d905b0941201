import { fold } from '../text/fold.js';
import { tokenise } from '../text/tokens.js';

/** One place of a phrase: a word, the start of a word (`traitor*`), or any entry of a list (`{insult}`). */
export type Slot =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'stem'; readonly stem: string }
  | { readonly kind: 'list'; readonly name: string };

/** What a phrase stands for once its lists are written out. */
export type Sequence = readonly Exclude<Slot, { kind: 'list' }>[];

/** A phrase to look for, as an editor writes it. */
export interface Phrase {
  readonly text: string;
  /** Whether it is found only as written (but for case), not through disguises. */
  readonly exact: boolean;
}

/** Lists by name; an entry is a phrase without list references. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** A phrase that cannot be read. The message says what was read and what would be right. */
export class PhraseError extends Error {
  override name = 'PhraseError';
}

const PIECE = /\{([^{}]*)\}|([^\s{}]+)/g;
const LIST_NAME = /^[a-z][a-z0-9-]*$/;

/**
 * Reads a phrase into its slots.
 * @throws PhraseError for a phrase without a word, a `*` before the end of a word, or a broken list reference
 */
export function parsePhrase(text: string): Slot[] {
  if (/[{}]/.test(text.replace(/\{[^{}]*\}/g, ''))) {
    throw new PhraseError(
      `"${text}" has a brace without its partner; a list is named in braces, like {insult}`,
    );
  }
  const slots = [...text.matchAll(PIECE)].flatMap(([, list, words]): Slot[] => {
    if (list !== undefined) return [{ kind: 'list', name: listName(list) }];
    return words === undefined ? [] : wordSlots(words, text);
  });
  if (slots.length === 0)
    throw new PhraseError(`"${text}" has no word to look for; write at least one letter or digit`);
  return slots;
}

function listName(name: string): string {
  if (LIST_NAME.test(name)) return name;
  throw new PhraseError(
    `{${name}} names no list; a list's name has small letters, digits and hyphens, like {insult}`,
  );
}

function wordSlots(piece: string, phrase: string): Slot[] {
  const isStem = piece.endsWith('*');
  const body = isStem ? piece.slice(0, -1) : piece;
  if (body.includes('*')) {
    throw new PhraseError(`"${phrase}" has a * inside a word; a * may only end a word, like traitor*`);
  }
  const words = tokenise(fold(body).lower).map((token) => token.word);
  return words.map((word, i) =>
    isStem && i === words.length - 1 ? { kind: 'stem', stem: word } : { kind: 'word', word },
  );
}

/** The most word sequences that one phrase may stand for once its lists are written out. */
export const MOST_EXPANSIONS = 20_000;
/** And all phrases and patterns of all rules together: some 100 MB of phrases, or 2 s of compiling patterns. */
export const MOST_SEQUENCES = 200_000;

/**
 * Writes out a phrase's list references.
 * @returns every sequence of words and stems the phrase stands for, each made when it is asked for, so that whoever
 * takes them can pause
 * @throws PhraseError for an unknown list or more than 20,000 sequences; for a list inside a list once it is come to
 */
export function sequencesOf(text: string, lists: Lists): Iterable<Sequence> {
  let count = 1;
  const choices = parsePhrase(text).map((slot) => {
    const entries = slot.kind === 'list' ? entriesNamed(slot.name, lists) : undefined;
    count *= entries?.length ?? 1;
    if (count > MOST_EXPANSIONS) {
      throw new PhraseError(
        `"${text}" stands for more than ${MOST_EXPANSIONS} phrases; use fewer or shorter lists`,
      );
    }
    return slot.kind === 'list' ? new ListEntries(slot.name, entries ?? []) : [[slot]];
  });
  return product(choices);
}

/** Each choice of the first with each of the second, and so on; the last changes fastest. */
function* product([first, ...rest]: readonly Iterable<Sequence>[]): Generator<Sequence> {
  if (!first) yield [];
  else if (rest.length === 0) yield* first;
  else {
    for (const choice of first) {
      for (const others of product(rest)) yield [...choice, ...others];
    }
  }
}

/** The entries of a list as sequences, each read when it is first asked for. */
class ListEntries implements Iterable<Sequence> {
  readonly #read: Sequence[] = [];

  constructor(
    private readonly name: string,
    private readonly entries: readonly string[],
  ) {}

  *[Symbol.iterator](): Generator<Sequence> {
    for (const [i, entry] of this.entries.entries()) {
      let sequence = this.#read[i];
      if (!sequence) {
        sequence = parsePhrase(entry).map((slot) => {
          if (slot.kind !== 'list') return slot;
          throw new PhraseError(`list "${this.name}" refers to {${slot.name}}; a list holds words only`);
        });
        this.#read[i] = sequence;
      }
      yield sequence;
    }
  }
}

/**
 * Puts the entries of a list in the place of each value that names one (`{insult}`).
 * @throws PhraseError for an unknown list
 */
export function entriesOf(values: readonly string[], lists: Lists): string[] {
  return values.flatMap((value) => {
    const name = /^\{([^{}]*)\}$/.exec(value)?.[1];
    return name === undefined ? [value] : entriesNamed(name, lists);
  });
}

function entriesNamed(name: string, lists: Lists): readonly string[] {
  const entries = lists.get(name);
  if (!entries) throw new PhraseError(`there is no list named "${name}"`);
  return entries;
}
