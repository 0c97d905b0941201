import { type LabelledSet, truthOf } from '../labelled-set.js';

/** Wikipedia comments as they come, with six labels. */
export const jigsawSixLabels: LabelledSet = {
  file: 'abuse/jigsaw-six-labels',
  source: 'Jigsaw toxic comment set, as in amodh-saxena/toxic_message_analyzer (CC0)',
  weight: 1,
  calibrates: ['toxicity', 'profanity', 'identity-attack'],
  read: ({ text = '', toxic, severe_toxic, obscene, threat, insult, identity_hate }) => [
    {
      text,
      labels: {
        toxicity: truthOf(toxic),
        'severe-toxicity': truthOf(severe_toxic),
        insult: truthOf(insult),
        threat: truthOf(threat),
        profanity: truthOf(obscene),
        'identity-attack': truthOf(identity_hate),
      },
    },
  ],
};
