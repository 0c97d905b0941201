import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { BUCKETS, visitFeatures } from './features.js';

/** What the classifier tells, each by a head of its own. */
export const LABELS = ['toxicity', 'profanity', 'identity-attack'] as const;
export type Label = (typeof LABELS)[number];

/** One head: a weight for each bucket, and how its sum becomes a probability. */
export interface Head {
  readonly weights: Int8Array;
  /** What one unit of a weight is worth, in log odds. */
  readonly unit: number;
  readonly bias: number;
  /** Platt scaling: probability = 1 / (1 + exp(-(slope * sum + offset))). */
  readonly slope: number;
  readonly offset: number;
}

/** A linear classifier over hashed features of a comment. */
export interface Model {
  readonly heads: Readonly<Record<Label, Head>>;
  /** What it was learned from, and under which licences. */
  readonly about: string;
}

/** A file that holds no model, or a damaged one. */
export class ModelError extends Error {
  override name = 'ModelError';
}

const headSchema = z.object({ unit: z.number(), bias: z.number(), slope: z.number(), offset: z.number() });
const headerSchema = z.object({
  format: z.literal('stet-model-1'),
  buckets: z.literal(BUCKETS),
  about: z.string(),
  sha256: z.string(),
  heads: z.record(z.enum(LABELS), headSchema),
});

/** Writes a model: a line of JSON, then the weights of each head in the order of LABELS, a byte each. */
export function writeModel({ heads, about }: Model): Buffer {
  const weights = Buffer.concat(LABELS.map((label) => Buffer.from(heads[label].weights.buffer)));
  const header = {
    format: 'stet-model-1',
    buckets: BUCKETS,
    about,
    sha256: hashOf(weights),
    heads: Object.fromEntries(
      LABELS.map((label) => {
        const { unit, bias, slope, offset } = heads[label];
        return [label, { unit, bias, slope, offset }];
      }),
    ),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), weights]);
}

/**
 * Reads a model that `writeModel` wrote.
 * @throws ModelError where it is none, or its checksum is wrong
 */
export function readModel(file: Buffer): Model {
  const end = file.indexOf('\n');
  const header = parseHeader(file.subarray(0, Math.max(0, end)).toString('utf8'));
  const weights = file.subarray(end + 1);
  if (weights.length !== BUCKETS * LABELS.length || hashOf(weights) !== header.sha256) {
    throw new ModelError('the weights are damaged: their checksum is not the one in the file');
  }
  const head = (label: Label): Head => ({
    ...header.heads[label],
    weights: new Int8Array(
      weights.subarray(LABELS.indexOf(label) * BUCKETS, (LABELS.indexOf(label) + 1) * BUCKETS),
    ),
  });
  return {
    about: header.about,
    heads: {
      toxicity: head('toxicity'),
      profanity: head('profanity'),
      'identity-attack': head('identity-attack'),
    },
  };
}

function parseHeader(line: string) {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new ModelError('this file holds no model: it does not start with a line of JSON');
  }
  const { success, data, error } = headerSchema.safeParse(json);
  if (success) return data;
  throw new ModelError(`this file holds no model that can be read: ${z.prettifyError(error)}`);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The distinct features of a comment, each with the tokens it was first read from. */
export interface Features {
  readonly buckets: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const featuresOfComment = new WeakMap<Comment, Features>();

/** The features of a comment; made once. */
export function featuresOf(comment: Comment): Features {
  let features = featuresOfComment.get(comment);
  if (!features) {
    features = distinctFeatures(comment);
    featuresOfComment.set(comment, features);
  }
  return features;
}

/** In which turn each bucket was last seen: a table that is never cleared is three times as fast as a set. */
const lastSeen = new Uint32Array(BUCKETS);
let turn = 0;

function distinctFeatures(comment: Comment): Features {
  turn += 1;
  const features = { buckets: [] as number[], from: [] as number[], to: [] as number[] };
  visitFeatures(comment, (bucket, from, to) => {
    if (lastSeen[bucket] === turn) return;
    lastSeen[bucket] = turn;
    features.buckets.push(bucket);
    features.from.push(from);
    features.to.push(to);
  });
  return features;
}

/** What each feature counts, so that a long comment does not outshout a short one by its length alone. */
export function featureValue(count: number): number {
  return 2 / Math.sqrt(Math.max(1, count));
}

/** What a head says of features before it is calibrated. */
export function logOddsOf(
  { weights, unit, bias }: Pick<Head, 'weights' | 'unit' | 'bias'>,
  buckets: Features['buckets'],
): number {
  let sum = 0;
  for (const bucket of buckets) sum += weights[bucket] ?? 0;
  return bias + sum * unit * featureValue(buckets.length);
}

/** How sure a head is of a comment, 0 to 1. */
export function probability(head: Head, { buckets }: Features): number {
  return 1 / (1 + Math.exp(-(head.slope * logOddsOf(head, buckets) + head.offset)));
}

/** A word that spoke for a label must have added this much to its log odds to be named. */
const TELLING = 0.5;

/** Words side by side that spoke for a label: the first token and the one after the last. */
export interface TellingWords {
  readonly from: number;
  readonly to: number;
}

/** The words that spoke most for a label: at most those with a quarter of the strongest's say. */
export function tellingWords(head: Head, comment: Comment): TellingWords[] {
  const { buckets, from, to } = featuresOf(comment);
  const value = featureValue(buckets.length) * head.unit * head.slope;
  const says = new Float64Array(comment.tokens.length);
  buckets.forEach((bucket, i) => {
    const first = from[i] ?? 0;
    const end = to[i] ?? 0;
    const share = ((head.weights[bucket] ?? 0) * value) / (end - first);
    for (let at = first; at < end; at++) says[at] = (says[at] ?? 0) + share;
  });
  const least = Math.max(TELLING, 0.25 * says.reduce((a, b) => Math.max(a, b), 0));
  const words: TellingWords[] = [];
  says.forEach((say, at) => {
    if (say < least) return;
    const last = words.at(-1);
    if (last?.to === at) words[words.length - 1] = { from: last.from, to: at + 1 };
    else words.push({ from: at, to: at + 1 });
  });
  return words;
}
