import type { Comment } from '../../comment/comment.js';
import { plainLetters } from '../../matching/disguises.js';
import { type Named, namedIn } from './names.js';
import type { Vocabulary } from './vocabulary.js';

/** Stands where a piece belongs to no token: signs, and what the comment has no token for. */
export const NO_TOKEN = -1;

/** The numbers that stand in place of names. */
export type Markers = Readonly<Record<Named, number>>;

/** A comment as pieces of the vocabulary, without what frames a window. */
export interface Pieces {
  readonly ids: readonly number[];
  /** For each piece the token of the comment that it is part of; of a name of several tokens, the first. */
  readonly tokens: readonly number[];
  /** For each piece where it stands in the folded text. Ascending. */
  readonly starts: readonly number[];
}

/**
 * Takes a comment apart word by word: its tokens with disguises undone, the signs between them as they are. The names of
 * the author and of participants are one marker each, however many words a name has, and so are @handles: the encoder
 * was taught that a marker is somebody present. Markers are numbers, so that no commenter can write one.
 */
export function piecesOf(comment: Comment, vocabulary: Vocabulary, markers: Markers): Pieces {
  const { folded, tokens } = comment;
  const named = namedIn(comment);
  const handles = comment.addresses.filter(({ kind }) => kind === 'handle');
  const ids: number[] = [];
  const places: number[] = [];
  const starts: number[] = [];
  const add = (id: number, token: number, start: number): void => {
    ids.push(id);
    places.push(token);
    starts.push(start);
  };
  /** What stands from one place to another and is no token. */
  const addSigns = (from: number, to: number): void => {
    if (from >= to) return;
    const signs = folded.lower.slice(from, to);
    for (const { id, start } of vocabulary.read(signs)) add(id, NO_TOKEN, from + start);
  };
  let at = 0;
  let nextHandle = 0;
  /** Up to where the last name reached, and whose it was. */
  let name: { readonly whose: Named; readonly end: number } | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token || token.start < at) continue;
    while ((handles[nextHandle]?.end ?? Number.POSITIVE_INFINITY) <= at) nextHandle += 1;
    const handle = handles[nextHandle];
    if (handle && handle.start <= token.start && token.start < handle.end) {
      addSigns(at, handle.start);
      add(markers.participant, i, Math.max(at, handle.start));
      at = Math.max(handle.end, token.end);
      continue;
    }
    const whose = named[i];
    const goesOn = name?.whose === whose && /^[\s.]*$/.test(folded.lower.slice(name?.end, token.start));
    if (whose !== undefined && goesOn) {
      // "Ravi Kumar": the rest of the same name.
    } else {
      addSigns(at, token.start);
      if (whose !== undefined) add(markers[whose], i, token.start);
    }
    if (whose !== undefined) {
      name = { whose, end: token.end };
      const ending = /'s$/.exec(token.word);
      if (ending) for (const { id } of vocabulary.read(ending[0])) add(id, i, token.start + ending.index);
    } else {
      for (const id of wordPieces(vocabulary, token.word)) add(id, i, token.start);
    }
    at = token.end;
  }
  addSigns(at, folded.lower.length);
  return { ids, tokens: places, starts };
}

/**
 * The pieces of a word, its disguise undone where that makes fewer of them, or makes pieces of a word that has none:
 * "1d10t" is read as "idiot", and "4th" stays.
 */
function wordPieces(vocabulary: Vocabulary, word: string): readonly number[] {
  const written = vocabulary.read(word).map(({ id }) => id);
  const plain = plainLetters(word);
  if (plain === word) return written;
  const undone = vocabulary.read(plain).map(({ id }) => id);
  const isKnown = !undone.includes(vocabulary.unknown);
  const isBetter = undone.length < written.length || written.includes(vocabulary.unknown);
  return isKnown && isBetter ? undone : written;
}
