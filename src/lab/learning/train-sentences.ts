import { featureNames } from '../../detectors/full-sentences/features.js';
import { type SentenceModel, writeModel } from '../../detectors/full-sentences/sentence-model.js';
import { fold } from '../../text/fold.js';
import { splitPieces } from '../../text/sentences.js';
import { type TaggedWord, tagPieces } from '../../text/tagger.js';
import { inHaste, withoutEndMark, withoutPunctuation } from '../corpus/manners.js';
import { type Row, readRows } from '../corpus/rows.js';
import { shuffler } from './shuffle.js';

/** One sentence, and whether it is a full one: with a finite verb and its subject, or an imperative. */
export interface LabelledSentence {
  readonly text: string;
  readonly full: boolean;
}

const FILE = 'sentences/web-train';

/** The labelled files that sentences are learned from. */
export const SENTENCE_FILES: readonly string[] = [FILE];

/** The manners in which each sentence is shown. In haste counts twice: it has the fewest signs to go by. */
const MANNERS: readonly ((text: string) => string)[] = [
  (text) => text,
  inHaste,
  inHaste,
  withoutPunctuation,
  withoutEndMark,
];

/** What stands in the model's file. */
const ABOUT =
  "Learned from the training part of Universal Dependencies' English Web Treebank " +
  '(https://github.com/UniversalDependencies/UD_English-EWT at 15d613d, ' +
  'CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/): 12,544 sentences labelled full ' +
  '(the root has a subject and a finite verb, or is an imperative) or fragment, as they are, in haste, ' +
  'without punctuation and without the mark at the end.';

/**
 * Learns the model of full sentences.
 * @param dataDir the folder of labelled data
 * @returns the bytes of the model's file; the same data gives the same bytes
 * @throws where the file is missing, or has a label that is neither `full` nor `fragment`
 */
export async function trainSentences(dataDir: string): Promise<string> {
  const rows = await readRows(dataDir, FILE);
  return writeModel(learnSentences(rows.map(toSentence)), ABOUT);
}

function toSentence({ label, text = '' }: Row, i: number): LabelledSentence {
  if (label !== 'full' && label !== 'fragment') {
    throw new Error(`${FILE}, row ${i + 1}: the label is ${label}, not full or fragment`);
  }
  return { text, full: label === 'full' };
}

/** Features seen in fewer sentences than this teach nothing that would hold elsewhere. */
const SEEN_AT_LEAST = 20;
const PASSES = 6;
/** Of AdaGrad, chosen like the other figures by four-fold cross-validation on the training sentences. */
const STEP = 0.05;
const SEED = 1;

/**
 * Learns a model by logistic regression (AdaGrad, the weights of the later passes averaged) from sentences in
 * several manners of writing. Pure: the same sentences give the same model.
 */
export function learnSentences(sentences: readonly LabelledSentence[]): SentenceModel {
  const examples = sentences.flatMap(({ text, full }) =>
    MANNERS.flatMap((write) => {
      const words = tagSentence(write(text));
      return words.length > 0 ? [{ full, features: featureNames(words) }] : [];
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
  const numbered = examples.map(({ full, features }) => ({ full, features: [...features, size] }));
  const order = Uint32Array.from(numbered.keys());
  const shuffle = shuffler(SEED);
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order);
    for (const at of order) {
      const example = numbered[at];
      if (!example) continue;
      const { full, features } = example;
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

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}
