import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { TaggedWord } from '../../text/tagger.js';
import { nameOf } from './feature-numbers.js';
import { featuresOf } from './features.js';

/** A linear model over the features of a sentence. */
export interface SentenceModel {
  readonly bias: number;
  /** By the name of the feature; one that is not here weighs nothing. */
  readonly weights: ReadonlyMap<string, number>;
}

const file = z.strictObject({
  /** What it was learned from, and under which licence. */
  about: z.string(),
  bias: z.number(),
  weights: z.record(z.string(), z.number()),
});

/** Reads a model as `writeModel` writes it. @throws z.ZodError where it is none */
export function readModel(json: string): SentenceModel {
  const { bias, weights } = file.parse(JSON.parse(json));
  return { bias, weights: new Map(Object.entries(weights)) };
}

/** Writes a model as JSON, a weight a line, in the order of their names: the same model, the same bytes. */
export function writeModel({ bias, weights }: SentenceModel, about: string): string {
  const sorted = [...weights].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ about, bias, weights: Object.fromEntries(sorted) }, null, 2)}\n`;
}

/** No sentence is longer, and the first words tell: hostile texts shall not take long. */
const MOST_WORDS = 200;

/** How sure a model is that words are a full sentence, 0 to 1. It looks at the first 200 words. */
export function fullness(words: readonly TaggedWord[], model: SentenceModel): number {
  const weights = numberedWeights(model);
  let sum = model.bias;
  for (const feature of featuresOf(words.length > MOST_WORDS ? words.slice(0, MOST_WORDS) : words)) {
    sum +=
      typeof feature === 'number' ? weightOf(feature, weights, model) : (model.weights.get(feature) ?? 0);
  }
  return 1 / (1 + Math.exp(-sum));
}

const weightsOfModels = new WeakMap<SentenceModel, number[]>();

/** The weights that were asked for, by the feature's number. */
function numberedWeights(model: SentenceModel): number[] {
  let weights = weightsOfModels.get(model);
  if (!weights) {
    weights = [];
    weightsOfModels.set(model, weights);
  }
  return weights;
}

function weightOf(feature: number, numbered: number[], { weights }: SentenceModel): number {
  let weight = numbered[feature];
  if (weight === undefined) {
    weight = weights.get(nameOf(feature)) ?? 0;
    numbered[feature] = weight;
  }
  return weight;
}

/**
 * The model that ships: learned by `lab train` from the training part of Universal Dependencies' English Web
 * Treebank (https://github.com/UniversalDependencies/UD_English-EWT, CC BY-SA 4.0), its sentences as they are,
 * lower-cased, and without some or all of their punctuation.
 */
export const MODEL: SentenceModel = readModel(
  readFileSync(new URL('./weights.json', import.meta.url), 'utf8'),
);
