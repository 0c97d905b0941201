import { BUCKETS } from './features.js';
import { featureValue } from './model.js';

/** A comment's features with how true the label is of it. */
export interface Example {
  readonly buckets: readonly number[];
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

/** Chosen on rows held out from training; features seen once teach nothing that would hold elsewhere. */
const PASSES = 6;
const STEP = 0.1;
const SEEN_AT_LEAST = 2;
const SEED = 12_345;

/**
 * Learns one head by logistic regression with AdaGrad (Duchi, Hazan and Singer 2011), the weights of the later half
 * of the passes averaged. The same examples in the same order give the same weights.
 * @param start a head to start from: one with few examples of its own takes over what a broader one has learned
 */
export function learn(examples: readonly Example[], start?: RawHead): RawHead {
  const seen = new Uint32Array(BUCKETS);
  for (const { buckets } of examples) for (const bucket of buckets) seen[bucket] = (seen[bucket] ?? 0) + 1;
  const weights = start ? Float64Array.from(start.weights) : new Float64Array(BUCKETS);
  const squares = new Float64Array(BUCKETS).fill(1e-8);
  const mean = new Float64Array(BUCKETS);
  let bias = start?.bias ?? 0;
  let biasSquares = 1e-8;
  let meanBias = 0;
  const order = Uint32Array.from(examples.keys());
  const random = randomNumbers(SEED);
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (!example) continue;
      const { buckets, truth, weight } = example;
      const value = featureValue(buckets.length);
      let sum = 0;
      for (const bucket of buckets) sum += weights[bucket] ?? 0;
      const slip = (1 / (1 + Math.exp(-(bias + sum * value))) - truth) * weight;
      biasSquares += slip * slip;
      bias -= (STEP * slip) / Math.sqrt(biasSquares);
      const slope = slip * value;
      for (const bucket of buckets) {
        if ((seen[bucket] ?? 0) < SEEN_AT_LEAST) continue;
        const square = (squares[bucket] ?? 0) + slope * slope;
        squares[bucket] = square;
        weights[bucket] = (weights[bucket] ?? 0) - (STEP * slope) / Math.sqrt(square);
      }
    }
    if (pass >= PASSES / 2) {
      for (let i = 0; i < BUCKETS; i++) mean[i] = (mean[i] ?? 0) + (weights[i] ?? 0) / (PASSES / 2);
      meanBias += bias / (PASSES / 2);
    }
  }
  return { weights: mean, bias: meanBias };
}

/** A linear congruential generator (Numerical Recipes): random enough to shuffle by, and the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
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
 * Fits Platt scaling (Platt 1999) by Newton's method.
 * @param sums log odds as the head has them, with the truth, 0 or 1
 */
export function calibrate(sums: readonly { readonly logOdds: number; readonly truth: number }[]): {
  slope: number;
  offset: number;
} {
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 30; step++) {
    const gradient: [number, number] = [0, 0];
    const curve: [number, number, number] = [1e-6, 0, 1e-6];
    for (const { logOdds, truth } of sums) {
      const p = 1 / (1 + Math.exp(-(slope * logOdds + offset)));
      const slip = p - truth;
      const spread = Math.max(p * (1 - p), 1e-9);
      gradient[0] += slip * logOdds;
      gradient[1] += slip;
      curve[0] += spread * logOdds * logOdds;
      curve[1] += spread * logOdds;
      curve[2] += spread;
    }
    const determinant = curve[0] * curve[2] - curve[1] * curve[1];
    slope -= (curve[2] * gradient[0] - curve[1] * gradient[1]) / determinant;
    offset -= (curve[0] * gradient[1] - curve[1] * gradient[0]) / determinant;
  }
  return { slope, offset };
}
