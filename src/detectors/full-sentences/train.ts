import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { fold } from '../../text/fold.js';
import { splitPieces } from '../../text/sentences.js';
import { type TaggedWord, tagPieces } from '../../text/tagger.js';
import { featuresOf } from './features.js';
import { fullness, type SentenceModel } from './model.js';

/** One sentence, and whether it is a full one: with a finite verb and its subject, or an imperative. */
export interface LabelledSentence {
  readonly text: string;
  readonly full: boolean;
}

/** What the shipped model was learned from, to be written into its file with `writeModel`. */
export const ABOUT =
  "Learned from the training part of Universal Dependencies' English Web Treebank " +
  '(https://github.com/UniversalDependencies/UD_English-EWT at 15d613d, ' +
  'CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/): 12,544 sentences labelled full ' +
  '(the root has a subject and a finite verb, or is an imperative) or fragment, as they are and in haste.';

/** Features seen in fewer sentences than this teach nothing that would hold elsewhere. */
const SEEN_AT_LEAST = 20;
const PASSES = 6;
/** Of AdaGrad, chosen like the other figures by four-fold cross-validation on the training sentences. */
const STEP = 0.05;

/**
 * Learns a model by logistic regression (AdaGrad, the weights of the later passes averaged) from sentences as they
 * are and as people type them in haste: in lower case and without punctuation.
 * Pure: the same sentences give the same model.
 */
export function train(sentences: readonly LabelledSentence[]): SentenceModel {
  const examples = sentences.flatMap(({ text, full }) =>
    [text, inHaste(text)].flatMap((variant) => {
      const words = tagSentence(variant);
      return words.length > 0 ? [{ full, features: featuresOf(words) }] : [];
    }),
  );
  const numbers = numberFeatures(examples.map((example) => example.features));
  const { bias, weights } = learn(
    examples.map(({ full, features }) => ({
      full,
      features: [...features].flatMap((feature) => numbers.get(feature) ?? []),
    })),
    numbers.size,
  );
  const rounded = [...numbers].map(([feature, n]) => [feature, round(weights[n] ?? 0)] as const);
  return { bias: round(bias), weights: new Map(rounded.filter(([, weight]) => weight !== 0)) };
}

/** The share of sentences that a model judges as they are labelled, 0 to 1. */
export function accuracy(sentences: readonly LabelledSentence[], model: SentenceModel): number {
  const right = sentences.filter(({ text, full }) => fullness(tagSentence(text), model) >= 0.5 === full);
  return right.length / sentences.length;
}

/** A sentence in lower case and without punctuation but for apostrophes and hyphens within words. */
export function inHaste(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s'’-]|(?<![\p{L}\p{N}])['’-]|['’-](?![\p{L}\p{N}])/gu, ' ')
    .trim();
}

/**
 * Reads labelled sentences.
 * @param file tab-separated, gzipped or not: a header line that names the columns `label` (`full` or `fragment`)
 *   and `text`, then a sentence a line
 * @throws Error where a column is missing or a label is another
 */
export async function loadSentences(file: string): Promise<LabelledSentence[]> {
  const bytes = await readFile(file);
  const [header, ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .trim()
    .split('\n');
  const columns = header?.split('\t') ?? [];
  const [label, text] = [columns.indexOf('label'), columns.indexOf('text')];
  if (label === -1 || text === -1) throw new Error(`${file} has no columns named label and text`);
  return lines.map((line, i) => {
    const cells = line.split('\t');
    const kind = cells[label];
    if (kind !== 'full' && kind !== 'fragment') {
      throw new Error(`${file}:${i + 2}: the label is ${kind}, not full or fragment`);
    }
    return { text: cells[text] ?? '', full: kind === 'full' };
  });
}

/** A text as one sentence, whatever full stops it has. */
export function tagSentence(text: string): TaggedWord[] {
  return tagPieces(splitPieces(fold(text).text));
}

function numberFeatures(examples: readonly ReadonlySet<string>[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const features of examples) {
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  }
  const frequent = [...seen].filter(([, times]) => times >= SEEN_AT_LEAST);
  return new Map(frequent.map(([feature], n) => [feature, n]));
}

interface NumberedExample {
  readonly full: boolean;
  readonly features: readonly number[];
}

function learn(examples: readonly NumberedExample[], size: number): { bias: number; weights: Float64Array } {
  // The bias is the weight of one more feature, which every example has.
  const weights = new Float64Array(size + 1);
  const squares = new Float64Array(size + 1).fill(1e-8);
  const sum = new Float64Array(size + 1);
  const order = examples.map(({ full, features }) => ({ full, features: [...features, size] }));
  const random = randomNumbers();
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, random);
    for (const { full, features } of order) {
      let score = 0;
      for (const n of features) score += weights[n] ?? 0;
      const error = 1 / (1 + Math.exp(-score)) - (full ? 1 : 0);
      for (const n of features) {
        const square = (squares[n] ?? 0) + error * error;
        squares[n] = square;
        weights[n] = (weights[n] ?? 0) - (STEP * error) / Math.sqrt(square);
      }
    }
    if (pass >= PASSES / 2)
      weights.forEach((weight, n) => {
        sum[n] = (sum[n] ?? 0) + weight;
      });
  }
  const mean = sum.map((total) => total / Math.floor(PASSES / 2));
  return { bias: mean[size] ?? 0, weights: mean.subarray(0, size) };
}

/** Numbers from 0 to 1, the same ones each time (a linear congruential generator, Numerical Recipes' constants). */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [items[i], items[j]];
    if (a !== undefined && b !== undefined) {
      items[i] = b;
      items[j] = a;
    }
  }
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}
