import { type LabelledSet, truthOf } from '../labelled-set.js';

/** Wikipedia comments as they come. */
export const jigsawSample: LabelledSet = {
  file: 'abuse/jigsaw-sample',
  source: 'Jigsaw toxic comment set, as in AK-Algorithm/Toxic-Comment-Classification (CC0)',
  weight: 1,
  calibrates: ['toxicity'],
  read: ({ text = '', toxic }) => [{ text, labels: { toxicity: truthOf(toxic) } }],
};
