import type { LabelledSet } from '../labelled-set.js';

/** The same sentences over many groups: they teach that a group's name is no abuse. */
export const identityTemplates: LabelledSet = {
  file: 'abuse/identity-templates',
  source: 'conversationai/unintended-ml-bias-analysis at 9c7d91a (CC BY 4.0)',
  weight: 0.3,
  read: ({ text = '', toxicity }) => {
    const truth = toxicity === 'toxic' ? 1 : 0;
    // Its toxic sentences are about persons and say nothing of groups.
    return [{ text, labels: truth === 1 ? { toxicity: 1 } : { toxicity: 0, 'identity-attack': 0 } }];
  },
};
