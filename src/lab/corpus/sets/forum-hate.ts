import type { LabelledSet } from '../labelled-set.js';

/** Sentences of a forum of white supremacists. */
export const forumHate: LabelledSet = {
  file: 'abuse/forum-hate-sentences',
  source: 'Vicomtech/hate-speech-dataset at b802137 (CC BY-SA 3.0 ES)',
  weight: 0.5,
  calibrates: ['identity-attack'],
  read: ({ text = '', label }) => {
    if (label !== 'hate' && label !== 'noHate') return [];
    const truth = label === 'hate' ? 1 : 0;
    return [{ text, labels: { toxicity: truth, 'identity-attack': truth } }];
  },
};
