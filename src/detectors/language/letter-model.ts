import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { bagOf } from '../../classifier/linear/features.js';
import { logOddsOf } from '../../classifier/linear/model.js';
import { BUCKETS, letterRuns } from './letter-runs.js';

/** A linear model over the letters of a text. */
export interface LanguageModel {
  /** One for each bucket of `letterRuns`; above 0 speaks against English. */
  readonly weights: Int8Array;
  /** What one unit of a weight is worth, in log odds. */
  readonly unit: number;
  readonly bias: number;
}

const headerSchema = z.object({
  format: z.literal('stet-language-1'),
  buckets: z.literal(BUCKETS),
  unit: z.number(),
  bias: z.number(),
});

/** Writes a model: a line of JSON, then a byte for each weight. */
export function writeLanguageModel({ weights, unit, bias }: LanguageModel): Buffer {
  const header = { format: 'stet-language-1', buckets: BUCKETS, unit, bias };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), Buffer.from(weights)]);
}

/**
 * Reads a model that `writeLanguageModel` wrote.
 * @throws where it is none
 */
export function readLanguageModel(file: Buffer): LanguageModel {
  const end = file.indexOf('\n');
  const header = headerSchema.parse(JSON.parse(file.subarray(0, Math.max(0, end)).toString('utf8')));
  const weights = new Int8Array(file.subarray(end + 1));
  if (weights.length !== BUCKETS)
    throw new Error(`${weights.length} weights of a language model, not ${BUCKETS}`);
  return { weights, unit: header.unit, bias: header.bias };
}

let shipped: LanguageModel | undefined;

/** The model that ships; `lab train` makes it. Read when first asked for, so that a new one can be made without. */
function shippedModel(): LanguageModel {
  shipped ??= readLanguageModel(readFileSync(new URL('./weights.bin', import.meta.url)));
  return shipped;
}

/**
 * How much the letters of words speak against English, words nobody has listed included.
 * @param words folded and in lower case
 * @returns log odds, 0 where English and another language are as likely
 */
export function foreignLogOdds(words: readonly string[]): number {
  return logOddsOf(shippedModel(), bagOf(letterRuns(words)));
}
