import { featureValue, LOUDEST, weigh } from '../../classifier/linear/evidence.js';
import { BUCKETS, type Features } from '../../classifier/linear/features.js';
import { shuffler } from './shuffle.js';

/** A comment's features with how true the label is of it. */
export interface Example {
  readonly features: Features;
  /** 0 to 1. */
  readonly truth: number;
  /** How much it counts beside others; 1 is usual. */
  readonly weight: number;
}

/** A head before it is quantised and calibrated. */
export interface RawHead {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Chosen on rows that are not held out; features seen in one comment teach nothing that would hold elsewhere. */
const PASSES = 6;
const STEP = 0.07;
const SEEN_AT_LEAST = 2;
const SEED = 12_345;

/**
 * Learns one head by logistic regression with AdaGrad (Duchi, Hazan and Singer 2011), the weights of the later half
 * of the passes averaged; the loudest words of each comment (see `weigh`) are found anew each time. The same
 * examples in the same order give the same weights.
 * @param start a head to start from: one with few examples of its own takes over what a broader one has learned
 */
export function learn(examples: readonly Example[], start?: RawHead): RawHead {
  const seen = countComments(examples);
  const weights = start ? Float64Array.from(start.weights) : new Float64Array(BUCKETS);
  const squares = new Float64Array(BUCKETS).fill(1e-8);
  const mean = new Float64Array(BUCKETS);
  let bias = start?.bias ?? 0;
  let biasSquares = 1e-8;
  let meanBias = 0;
  const step = (bucket: number, slope: number) => {
    if ((seen[bucket] ?? 0) < SEEN_AT_LEAST) return;
    const square = (squares[bucket] ?? 0) + slope * slope;
    squares[bucket] = square;
    weights[bucket] = (weights[bucket] ?? 0) - (STEP * slope) / Math.sqrt(square);
  };
  const begins = new Int32Array(LOUDEST.length);
  const ends = new Int32Array(LOUDEST.length);
  const order = Uint32Array.from(examples.keys());
  const shuffle = shuffler(SEED);
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order);
    for (const at of order) {
      const example = examples[at];
      if (!example) continue;
      const { features, truth, weight } = example;
      const { buckets, isFirst, distinct } = features;
      begins.fill(0);
      ends.fill(0);
      const evidence = weigh(weights, features, (nth, begin, end) => {
        begins[nth] = begin;
        ends[nth] = end;
      });
      const slip = (1 / (1 + Math.exp(-(bias + evidence))) - truth) * weight;
      biasSquares += slip * slip;
      bias -= (STEP * slip) / Math.sqrt(biasSquares);
      const slope = slip * featureValue(distinct);
      buckets.forEach((bucket, i) => {
        if (isFirst[i] === 1) step(bucket, slope);
      });
      LOUDEST.forEach(({ share }, nth) => {
        const loudest = buckets.subarray(begins[nth], ends[nth]);
        const slopeOfLoudest = slip * share * featureValue(loudest.length);
        for (const bucket of loudest) step(bucket, slopeOfLoudest);
      });
    }
    if (pass >= PASSES / 2) {
      for (let i = 0; i < BUCKETS; i++) mean[i] = (mean[i] ?? 0) + (weights[i] ?? 0) / (PASSES / 2);
      meanBias += bias / (PASSES / 2);
    }
  }
  return { weights: mean, bias: meanBias };
}

/** In how many comments each feature stands. */
function countComments(examples: readonly Example[]): Uint32Array {
  const seen = new Uint32Array(BUCKETS);
  for (const { features } of examples) {
    features.buckets.forEach((bucket, i) => {
      if (features.isFirst[i] === 1) seen[bucket] = (seen[bucket] ?? 0) + 1;
    });
  }
  return seen;
}

/** Weights beyond this share of those that are not zero are cut: one strong feature must not make all others coarse. */
const KEPT = 0.9995;

/** Weights as whole numbers from -127 to 127, with what one unit is worth. */
export function quantise({ weights }: RawHead): { weights: Int8Array; unit: number } {
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const unit = (sizes[Math.floor(sizes.length * KEPT)] ?? 127) / 127;
  return {
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / unit)))),
    unit,
  };
}

/**
 * Fits Platt scaling by Newton's method with backtracking, as Lin, Lin and Weng (A note on Platt's probabilistic
 * outputs for support vector machines, 2007) do: it holds also where a head tells all its rows apart.
 * @param sums log odds as the head has them, with the truth, 0 or 1
 */
export function calibrate(sums: readonly { readonly logOdds: number; readonly truth: number }[]): {
  slope: number;
  offset: number;
} {
  const positive = sums.filter(({ truth }) => truth === 1).length;
  // Not quite 1 and 0: few rows are no proof of certainty.
  const yes = (positive + 1) / (positive + 2);
  const no = 1 / (sums.length - positive + 2);
  const rows = sums.map(({ logOdds, truth }) => ({ logOdds, target: truth === 1 ? yes : no }));
  let slope = 0;
  let offset = Math.log((positive + 1) / (sums.length - positive + 1));
  let loss = lossOf(rows, slope, offset);
  for (let step = 0; step < MOST_STEPS; step++) {
    const [alongSlope, alongOffset] = newtonStep(rows, slope, offset);
    let length = 1;
    for (; length > LEAST_STEP; length /= 2) {
      const next = lossOf(rows, slope + length * alongSlope, offset + length * alongOffset);
      if (next < loss) {
        loss = next;
        break;
      }
    }
    if (length <= LEAST_STEP) break;
    slope += length * alongSlope;
    offset += length * alongOffset;
  }
  return { slope, offset };
}

const MOST_STEPS = 100;
const LEAST_STEP = 1e-10;

interface Aim {
  readonly logOdds: number;
  /** The probability to come near to. */
  readonly target: number;
}

/** Cross-entropy. */
function lossOf(rows: readonly Aim[], slope: number, offset: number): number {
  let loss = 0;
  for (const { logOdds, target } of rows) {
    const sum = slope * logOdds + offset;
    loss += Math.max(sum, 0) - target * sum + Math.log1p(Math.exp(-Math.abs(sum)));
  }
  return loss;
}

function newtonStep(rows: readonly Aim[], slope: number, offset: number): [slope: number, offset: number] {
  const gradient: [number, number] = [0, 0];
  const curve: [number, number, number] = [1e-12, 0, 1e-12];
  for (const { logOdds, target } of rows) {
    const p = 1 / (1 + Math.exp(-(slope * logOdds + offset)));
    gradient[0] += (p - target) * logOdds;
    gradient[1] += p - target;
    const spread = p * (1 - p);
    curve[0] += spread * logOdds * logOdds;
    curve[1] += spread * logOdds;
    curve[2] += spread;
  }
  const determinant = curve[0] * curve[2] - curve[1] * curve[1];
  return [
    -(curve[2] * gradient[0] - curve[1] * gradient[1]) / determinant,
    -(curve[0] * gradient[1] - curve[1] * gradient[0]) / determinant,
  ];
}
