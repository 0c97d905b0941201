import type { LabelledSet, LabelledText } from '../labelled-set.js';
import type { Row } from '../rows.js';
import { readMarked } from '../toxic-spans.js';

/**
 * Toxic comments of news sites, with the characters that readers marked. Without these characters a comment teaches
 * what ordinary heated talk is like.
 */
function read(row: Row): LabelledText[] {
  const { text, marked, unmarked } = readMarked(row);
  const whole: LabelledText = { text, labels: { toxicity: 1 } };
  return marked.length === 0 ? [whole] : [whole, { text: unmarked, labels: { toxicity: 0 } }];
}

const source = 'ipavlopoulos/toxic_spans at beaf170 (CC0)';

export const civilCommentsTrain: LabelledSet = {
  file: 'abuse/civil-comments-toxic-spans-train',
  source,
  weight: 0.4,
  read,
};

export const civilCommentsDev: LabelledSet = {
  file: 'abuse/civil-comments-toxic-spans-dev',
  source,
  weight: 0.4,
  read,
};
