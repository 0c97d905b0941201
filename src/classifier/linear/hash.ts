/** Where a hash starts: FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Takes one more code unit into a hash. */
export function hashOn(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, FNV_PRIME);
}

/** Joins two hashes, the order mattering. */
export function joinHashes(a: number, b: number): number {
  return Math.imul(a ^ Math.imul(b, 0x9e3779b1), FNV_PRIME) ^ (a >>> 15);
}

/**
 * The bucket of a hash.
 * @param buckets how many there are, a power of 2
 */
export function bucketOf(hash: number, buckets: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & (buckets - 1);
}
