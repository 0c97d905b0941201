import { bucketOf, FNV_OFFSET, hashOn } from '../../classifier/linear/hash.js';

/** Features are numbered by a hash, cut to this many buckets: 2 to the power of 15. */
export const BUCKETS = 1 << 15;

/** Shortest and longest runs of letters that are features, `_` at a word's ends included. */
const SHORTEST = 2;
const LONGEST = 4;
/** Letters of a word, and words of a text, beyond these add little but time. */
const LONGEST_WORD = 30;
const MOST_WORDS = 200;

/**
 * In which turn each bucket was last seen. Scratch space, which says nothing once `letterRuns` has returned: it is
 * kept because a set for each text takes twice as long (46 µs against 22 for 55 words).
 */
const lastSeen = new Uint32Array(BUCKETS);
let turn = 0;
const LAST_TURN = 2 ** 32 - 1;

function nextTurn(): void {
  if (turn === LAST_TURN) lastSeen.fill(0);
  turn = turn === LAST_TURN ? 1 : turn + 1;
}

/**
 * The distinct runs of 2 to 4 letters within each word, by which a language shows even in words nobody has listed.
 * @param words folded and in lower case
 * @returns buckets, 0 to BUCKETS - 1
 */
export function letterRuns(words: readonly string[]): number[] {
  nextTurn();
  const buckets: number[] = [];
  for (const word of words.slice(0, MOST_WORDS)) {
    const letters = `_${word.slice(0, LONGEST_WORD)}_`;
    for (let start = 0; start < letters.length - 1; start++) {
      const end = Math.min(letters.length, start + LONGEST);
      let hash = FNV_OFFSET;
      for (let i = start; i < end; i++) {
        hash = hashOn(hash, letters.charCodeAt(i));
        if (i - start + 1 < SHORTEST) continue;
        const bucket = bucketOf(hash, BUCKETS);
        if (lastSeen[bucket] === turn) continue;
        lastSeen[bucket] = turn;
        buckets.push(bucket);
      }
    }
  }
  return buckets;
}
