import type { LabelledSet } from '../labelled-set.js';

/** Tweets with words of a lexicon of hate. What only Twitter has is taken out. */
export const davidsonTweets: LabelledSet = {
  file: 'abuse/davidson-tweets',
  source: 't-davidson/hate-speech-and-offensive-language at cb50f7e (MIT)',
  weight: 0.5,
  calibrates: ['identity-attack'],
  read: (row) => [
    {
      text: (row.text ?? '').replace(/https?:\S+|@\w+:?|\bRT\b|&\w+;/g, ' '),
      labels: { toxicity: row.class === 'neither' ? 0 : 1, 'identity-attack': row.class === 'hate' ? 1 : 0 },
    },
  ],
};
