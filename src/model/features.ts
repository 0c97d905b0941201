import type { Comment } from '../comment/comment.js';
import { plainLetters } from '../matching/disguises.js';

/** Features are numbered by a hash of 32 bits, cut to this many buckets: 2 to the power of 18. */
export const BUCKETS = 1 << 18;

/** Shortest and longest runs of letters that are features, spaces at a word's ends included. */
const SHORTEST = 2;
const LONGEST = 5;
/** Words beyond these add little but time. */
const MOST_WORDS = 400;

/**
 * Visits the features of a comment, disguises undone as `plainLetters` does: runs of 2 to 5 letters within each
 * word, and one, two and three words in a row. A feature is visited each time it stands there.
 * @param visit takes the bucket (0 to BUCKETS - 1), the first token and the one after the last
 */
export function visitFeatures(
  comment: Comment,
  visit: (bucket: number, from: number, to: number) => void,
): void {
  const tokens = comment.tokens.length > MOST_WORDS ? comment.tokens.slice(0, MOST_WORDS) : comment.tokens;
  let before = 0;
  let beforeThat = 0;
  tokens.forEach((token, i) => {
    const word = token.numeric ? '0' : plainLetters(token.word);
    visitLetters(word, i, visit);
    const hash = hashWord(word);
    visit(bucketOf(mix(hash, 1)), i, i + 1);
    if (i > 0) visit(bucketOf(mix(mix(before, 2), hash)), i - 1, i + 1);
    if (i > 1) visit(bucketOf(mix(mix(mix(beforeThat, 3), before), hash)), i - 2, i + 1);
    beforeThat = before;
    before = hash;
  });
}

function visitLetters(
  word: string,
  at: number,
  visit: (bucket: number, from: number, to: number) => void,
): void {
  const padded = ` ${word.length > 40 ? word.slice(0, 40) : word} `;
  for (let start = 0; start < padded.length - 1; start++) {
    let hash = FNV_OFFSET;
    const end = Math.min(padded.length, start + LONGEST);
    for (let i = start; i < end; i++) {
      hash = Math.imul(hash ^ padded.charCodeAt(i), FNV_PRIME);
      if (i - start + 1 >= SHORTEST) visit(bucketOf(mix(hash, 4)), at, at + 1);
    }
  }
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function hashWord(word: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), FNV_PRIME);
  return hash;
}

/** Joins two hashes, the order mattering. */
function mix(a: number, b: number): number {
  return Math.imul(a ^ Math.imul(b, 0x9e3779b1), FNV_PRIME) ^ (a >>> 15);
}

function bucketOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & (BUCKETS - 1);
}
