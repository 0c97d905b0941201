import { type LabelledSet, truthOf } from '../labelled-set.js';

/** Wikipedia comments chosen against unintended bias. */
export const wikipediaToxicity: LabelledSet = {
  file: 'abuse/wikipedia-toxicity-train',
  source: 'conversationai/unintended-ml-bias-analysis at 9c7d91a (CC BY 4.0)',
  weight: 1,
  read: ({ text = '', toxic }) => [{ text, labels: { toxicity: truthOf(toxic) } }],
};
