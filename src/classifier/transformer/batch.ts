/**
 * A batch costs as much as its pieces, padding included, some 0.12 ms each: beyond so many, larger ones save nothing, and
 * whoever comes next would wait longer.
 */
export const MOST_PIECES = 256;

/** So many of what waits are looked at for one batch. */
const LOOKED_AT = 256;

/**
 * Which of the windows that wait make the next batch: the first, and of the others those nearest to it in length, so
 * that little of it is padding.
 * @param lengths of those that wait, in the order in which they came, in pieces
 * @returns their places in that order; none where none waits
 * @example nextBatch([20, 120, 22]) // [0, 2]: with the long one, the others would be padded to 120
 */
export function nextBatch(lengths: readonly number[]): number[] {
  const [first] = lengths;
  if (first === undefined) return [];
  const others = lengths
    .slice(1, LOOKED_AT)
    .map((length, i) => ({ length, place: i + 1, far: Math.abs(length - first) }))
    .sort((a, b) => a.far - b.far || a.place - b.place);
  const batch = [0];
  let longest = first;
  for (const { length, place, far } of others) {
    const padded = Math.max(longest, length);
    // What is over twice as long, or half, would cost more in padding than a batch of its own.
    if (far > Math.min(first, length) || padded * (batch.length + 1) > MOST_PIECES) break;
    longest = padded;
    batch.push(place);
  }
  return batch.sort((a, b) => a - b);
}
