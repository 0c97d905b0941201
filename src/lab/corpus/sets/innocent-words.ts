import { INNOCENT } from '../innocent-words.js';
import type { WrittenSet } from '../labelled-set.js';

const FRAMES = ['#', 'This is about # and nothing else.', 'I read of # in the paper yesterday.'];

/** Words that share letters with a bad one, alone and in plain sentences: letters alone shall not condemn them. */
export const innocentWords: WrittenSet = {
  source: 'words and sentences written for Stet (MIT)',
  weight: 2,
  texts: INNOCENT.flatMap((word) =>
    FRAMES.map((frame) => ({
      text: frame.replace('#', word),
      labels: { toxicity: 0, profanity: 0, 'identity-attack': 0 },
    })),
  ),
};
