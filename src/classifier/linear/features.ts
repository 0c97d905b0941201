import { type Comment, view } from '../../comment/comment.js';
import { plainLetters } from '../../matching/disguises.js';
import { withoutGroup } from './groups.js';
import { bucketOf, FNV_OFFSET, hashOn, joinHashes } from './hash.js';

/** Features are numbered by a hash of 32 bits, cut to this many buckets: 2 to the power of 18. */
export const BUCKETS = 1 << 18;

/** Shortest and longest runs of letters that are features, spaces at a word's ends included. */
const SHORTEST = 2;
const LONGEST = 5;
/** Of a word, in letters; what is longer is hardly one. */
const LONGEST_WORD = 40;
/** Words beyond these add little but time. */
const MOST_WORDS = 400;
/** Words in a row that are one feature at most. */
export const LONGEST_ROW = 3;

/** What can be seen of a comment: for each of its words in turn the features that end with it. */
export interface Features {
  /** Buckets, 0 to BUCKETS - 1, once for each time a feature stands there. */
  readonly buckets: Int32Array;
  /** For each of these, 1 where it stands in the comment for the first time, and 0 elsewhere. */
  readonly isFirst: Uint8Array;
  /** For each word, where its features end in `buckets`; what stands behind belongs to none. The last `min(i, 2) + 1` of word i are rows of words. */
  readonly ends: Int32Array;
  /** How many features there are, each counted once. */
  readonly distinct: number;
}

/** Features that belong to no word, each given once. */
export function bagOf(buckets: readonly number[]): Features {
  return {
    buckets: Int32Array.from(buckets),
    isFirst: new Uint8Array(buckets.length).fill(1),
    ends: new Int32Array(0),
    distinct: buckets.length,
  };
}

/** The features of a comment; made once. */
export const featuresOf: (comment: Comment) => Features = view((comment) => readFeatures(comment));

// Scratch space, which says nothing once `readFeatures` has returned: it is synchronous, and what it returns is a
// copy. It is kept from one comment to the next because reading takes three times as long with a set and a list of
// its own for each (90 µs against 30 for a comment of 300 characters).

/** In which turn each bucket was last seen, so that the table need hardly ever be cleared. */
const lastSeen = new Uint8Array(BUCKETS);
let turn = 0;

function nextTurn(): void {
  // A byte for each, so that the table stays in the processor's cache.
  if (turn === 255) lastSeen.fill(0);
  turn = turn === 255 ? 1 : turn + 1;
}

const MOST_FEATURES = MOST_WORDS * ((LONGEST_WORD + 1) * (LONGEST - SHORTEST + 1) + LONGEST_ROW);

/** Features as they are read. */
const read = {
  buckets: new Int32Array(MOST_FEATURES),
  isFirst: new Uint8Array(MOST_FEATURES),
  count: 0,
  distinct: 0,
};

/**
 * Reads a comment, disguises undone as `plainLetters` does: runs of 2 to 5 letters within each word, and one, two
 * and three words in a row.
 * @param isLeftOut words, by their token, that are read as if they were not there; must not read features itself
 */
export function readFeatures({ tokens }: Comment, isLeftOut?: (token: number) => boolean): Features {
  nextTurn();
  read.count = 0;
  read.distinct = 0;
  const ends: number[] = [];
  let before = 0;
  let beforeThat = 0;
  for (let i = 0; i < Math.min(tokens.length, MOST_WORDS); i++) {
    const token = tokens[i];
    if (!token || isLeftOut?.(i)) continue;
    const word = token.numeric ? '0' : withoutGroup(plainLetters(token.word));
    addLetters(word);
    const hash = hashWord(word);
    add(joinHashes(hash, 1));
    if (ends.length > 0) add(joinHashes(joinHashes(before, 2), hash));
    if (ends.length > 1) add(joinHashes(joinHashes(joinHashes(beforeThat, 3), before), hash));
    beforeThat = before;
    before = hash;
    ends.push(read.count);
  }
  return {
    buckets: read.buckets.slice(0, read.count),
    isFirst: read.isFirst.slice(0, read.count),
    ends: Int32Array.from(ends),
    distinct: read.distinct,
  };
}

function add(hash: number): void {
  const bucket = bucketOf(hash, BUCKETS);
  const isNew = lastSeen[bucket] !== turn;
  if (isNew) {
    lastSeen[bucket] = turn;
    read.distinct += 1;
  }
  read.buckets[read.count] = bucket;
  read.isFirst[read.count] = isNew ? 1 : 0;
  read.count += 1;
}

const SPACE = 0x20;

/** Adds the runs of letters of a word with a space before and one after it. */
function addLetters(word: string): void {
  const length = Math.min(word.length, LONGEST_WORD);
  for (let start = -1; start < length; start++) {
    const last = Math.min(length, start + LONGEST - 1);
    let hash = hashOn(FNV_OFFSET, start < 0 ? SPACE : word.charCodeAt(start));
    for (let i = start + 1; i <= last; i++) {
      hash = hashOn(hash, i < length ? word.charCodeAt(i) : SPACE);
      if (i - start + 1 >= SHORTEST) add(joinHashes(hash, 4));
    }
  }
}

function hashWord(word: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < word.length; i++) hash = hashOn(hash, word.charCodeAt(i));
  return hash;
}
