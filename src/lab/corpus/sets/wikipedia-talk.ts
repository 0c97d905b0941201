import type { LabelledSet } from '../labelled-set.js';

/** Wikipedia talk pages, one in a hundred toxic. The labels are noisy: each row counts little. */
export const wikipediaTalk: LabelledSet = {
  file: 'abuse/wikipedia-talk-toxicity',
  source: 'ipavlopoulos/context_toxicity at 5df49c2, CAT_LARGE (Apache-2.0)',
  weight: 0.5,
  read: ({ text = '', toxic }) => [{ text, labels: { toxicity: Number(toxic) } }],
};
