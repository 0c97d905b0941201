import { type Features, LONGEST_ROW } from './features.js';

/**
 * Beside the comment as a whole, its loudest word and its loudest three words in a row count by themselves, this
 * much each: one insult makes a long comment toxic, and would be lost in it. Chosen on rows that are not held out,
 * where it raised the area under the ROC curve from 0.953 to 0.963 (Wikipedia comments as they come), from 0.863 to
 * 0.894 (news comments against the same without the words that readers marked) and on tweets from 0.790 to 0.809.
 */
export const LOUDEST = [
  { words: 1, share: 0.4 },
  { words: 3, share: 0.4 },
] as const;

/** What each feature counts, so that a long text does not outshout a short one by its length alone. */
export function featureValue(count: number): number {
  return 2 / Math.sqrt(Math.max(1, count));
}

/**
 * What weights say of a comment: the whole of it, each feature once, and its loudest words.
 * @param weights one for each bucket
 * @param loudest takes, for each of LOUDEST in turn, where the features of its words begin and end in `buckets`
 */
export function weigh(
  weights: ArrayLike<number>,
  { buckets, isFirst, ends, distinct }: Features,
  loudest?: (nth: number, begin: number, end: number) => void,
): number {
  /** For each word the sum of its features. */
  const sums: number[] = [];
  let whole = 0;
  let at = 0;
  for (let word = 0; word < ends.length; word++) {
    let sum = 0;
    for (const end = ends[word] ?? 0; at < end; at++) {
      const weight = weights[buckets[at] ?? 0] ?? 0;
      sum += weight;
      if (isFirst[at] === 1) whole += weight;
    }
    sums.push(sum);
  }
  for (; at < buckets.length; at++) whole += isFirst[at] === 1 ? (weights[buckets[at] ?? 0] ?? 0) : 0;
  let evidence = whole * featureValue(distinct);
  for (let nth = 0; nth < LOUDEST.length; nth++) {
    const { words, share } = LOUDEST[nth] ?? { words: 1, share: 0 };
    const length = Math.min(words, ends.length);
    if (length === 0) continue;
    let sum = 0;
    let most = -Infinity;
    let last = 0;
    for (let word = 0; word < ends.length; word++) {
      sum += sums[word] ?? 0;
      if (word >= length) sum -= sums[word - length] ?? 0;
      if (word < length - 1) continue;
      const value = sum * featureValue((ends[word] ?? 0) - (ends[word - length] ?? 0));
      if (value <= most) continue;
      most = value;
      last = word;
    }
    evidence += share * most;
    loudest?.(nth, ends[last - length] ?? 0, ends[last] ?? 0);
  }
  return evidence;
}

/** What each word says by itself; a row of words says in equal shares what it says. */
export function weighWords(weights: ArrayLike<number>, { buckets, ends }: Features): Float64Array {
  const says = new Float64Array(ends.length);
  let begin = 0;
  ends.forEach((end, word) => {
    const rows = Math.min(word + 1, LONGEST_ROW);
    for (let at = begin; at < end; at++) {
      const length = Math.max(1, at - (end - rows) + 1);
      const share = (weights[buckets[at] ?? 0] ?? 0) / length;
      for (let back = 0; back < length; back++) says[word - back] = (says[word - back] ?? 0) + share;
    }
    begin = end;
  });
  begin = 0;
  ends.forEach((end, word) => {
    says[word] = (says[word] ?? 0) * featureValue(end - begin);
    begin = end;
  });
  return says;
}
