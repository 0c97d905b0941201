/** A 95% confidence interval, in the unit of its figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate with its interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

/** Two-sided 95% of the normal distribution. */
const Z = 1.959964;

/**
 * A share and Wilson's score interval, which holds for shares near 0 and 1 too (Newcombe 1998, Statistics in
 * Medicine 17:857, method 3).
 * @param hits 0 to `count`
 * @param count 1 or more
 * @throws RangeError where that is not so
 */
export function shareOf(hits: number, count: number): Estimate {
  if (!(count >= 1 && hits >= 0 && hits <= count)) throw new RangeError(`${hits} of ${count} is no share`);
  const value = hits / count;
  const middle = hits + (Z * Z) / 2;
  const width = Z * Math.sqrt((hits * (count - hits)) / count + (Z * Z) / 4);
  const all = count + Z * Z;
  // At the ends it touches 0 and 1, which rounding would miss.
  return {
    value,
    low: hits === 0 ? 0 : (middle - width) / all,
    high: hits === count ? 1 : (middle + width) / all,
  };
}

/**
 * The mean of shares, each group weighing the same, its interval made from the groups' own (the method of variance
 * estimates recovery: Zou and Donner 2008, Statistics in Medicine 27:1693).
 * @param groups at least one
 * @throws RangeError where there is none
 */
export function meanOfShares(groups: readonly Estimate[]): Estimate {
  if (groups.length === 0) throw new RangeError('no group to take the mean of');
  const value = mean(groups.map((group) => group.value));
  const spread = (distance: (group: Estimate) => number) =>
    Math.hypot(...groups.map(distance)) / groups.length;
  return {
    value,
    low: value - spread((group) => group.value - group.low),
    high: value + spread((group) => group.high - group.value),
  };
}

/**
 * The mean of values and its interval by the normal approximation.
 * @param values at least two
 * @throws RangeError where there are fewer
 */
export function meanOf(values: readonly number[]): Estimate {
  if (values.length < 2) throw new RangeError('a mean with an interval needs two values');
  const value = mean(values);
  const width = Z * Math.sqrt(variance(values) / values.length);
  return { value, low: value - width, high: value + width };
}

/**
 * The median and its interval by order statistics, free of any distribution (Conover, Practical Nonparametric
 * Statistics, 3.2).
 * @param values at least one
 * @throws RangeError where there is none
 */
export function medianOf(values: readonly number[]): Estimate {
  if (values.length === 0) throw new RangeError('no value to take the median of');
  const sorted = values.toSorted((a, b) => a - b);
  const at = (i: number) => sorted[Math.min(Math.max(i, 0), sorted.length - 1)] ?? Number.NaN;
  const half = sorted.length / 2;
  const width = (Z * Math.sqrt(sorted.length)) / 2;
  return {
    value: (at(Math.ceil(half) - 1) + at(Math.floor(half))) / 2,
    low: at(Math.floor(half - width) - 1),
    high: at(Math.ceil(half + width)),
  };
}

/** A row that was scored: what it is, and how high. */
export interface Scored {
  readonly positive: boolean;
  readonly score: number;
}

/**
 * The area under the ROC curve: how often a positive row scores above a negative one, ties counting half. Its
 * interval is DeLong's (DeLong et al. 1988, Biometrics 44:837), computed over midranks (Sun and Xu 2014, IEEE Signal
 * Processing Letters 21:1389), cut off at 0 and 1.
 * @param rows at least two of each kind
 * @throws RangeError where there are fewer
 */
export function rocAuc(rows: readonly Scored[]): Estimate {
  const positives = rows.filter((row) => row.positive).map((row) => row.score);
  const negatives = rows.filter((row) => !row.positive).map((row) => row.score);
  if (positives.length < 2 || negatives.length < 2)
    throw new RangeError('an ROC curve needs two rows of each kind');
  const ranks = midranks([...positives, ...negatives]);
  const amongPositives = midranks(positives);
  const amongNegatives = midranks(negatives);
  // For each row, the share of the other kind on its right side.
  const above = positives.map((_, i) => ((ranks[i] ?? 0) - (amongPositives[i] ?? 0)) / negatives.length);
  const below = negatives.map(
    (_, i) => 1 - ((ranks[positives.length + i] ?? 0) - (amongNegatives[i] ?? 0)) / positives.length,
  );
  const value = mean(above);
  const width = Z * Math.sqrt(variance(above) / above.length + variance(below) / below.length);
  return { value, low: Math.max(0, value - width), high: Math.min(1, value + width) };
}

/** Ranks from 1, equal values sharing the mean of theirs; in the order of the values. */
function midranks(values: readonly number[]): Float64Array {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    for (const { i } of order.slice(from, to)) ranks[i] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
