import { type LabelledSet, truthOf } from '../labelled-set.js';

/** Wikipedia comments, half of them toxic. */
export const jigsawBalanced: LabelledSet = {
  file: 'abuse/jigsaw-balanced',
  source: 'Jigsaw toxic comment set, as in Hongcheng-Gao/RobTest-Demo (CC0)',
  weight: 1,
  calibrates: ['toxicity'],
  read: ({ text = '', toxic }) => [{ text, labels: { toxicity: truthOf(toxic) } }],
};
