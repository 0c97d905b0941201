import { z } from 'zod';
import type { PhraseHit } from '../matching/phrase-index.js';
import { type Detector, type Finding, NOTHING } from './detector.js';

const options = z.strictObject({
  phrases: z
    .array(z.string())
    .min(1)
    .describe('Words and phrases to look for. A * ends a word form (traitor*), a {name} stands for a list.'),
  exact: z
    .boolean()
    .default(false)
    .describe('Whether to find them only as written here, but for case, and not in disguise.'),
});

/** Words and phrases, as whole words, through disguises. */
export const phrases: Detector<typeof options> = {
  name: 'phrases',
  options,
  prepare: ({ phrases, exact }) => ({
    phrases: phrases.map((text) => ({ text, exact })),
    detect: (_, hits) => found(hits),
  }),
};

/** What a disguised word is worth beside a plain one: it may be something else after all. */
const DISGUISED = 0.95;

/** Phrases found, as a finding: sure of each, a little less of a disguised one. */
export function found(hits: readonly PhraseHit[]): Finding {
  if (hits.length === 0) return NOTHING;
  const spans = hits.map(({ span, disguised }) => ({ ...span, score: disguised ? DISGUISED : 1 }));
  return { score: spans.reduce((most, { score }) => Math.max(most, score), 0), spans };
}
