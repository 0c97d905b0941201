import { z } from 'zod';
import type { LabelledSet, LabelledText } from '../labelled-set.js';
import type { Row } from '../rows.js';

const spansSchema = z.array(z.int());

/**
 * Toxic comments of news sites, with the characters that readers marked. Without these characters a comment teaches
 * what ordinary heated talk is like.
 */
function read(row: Row): LabelledText[] {
  const text = z.string().parse(JSON.parse(row.json_text ?? ''));
  const marked = spansSchema.parse(JSON.parse(row.spans ?? ''));
  const whole: LabelledText = { text, labels: { toxicity: 1 } };
  if (marked.length === 0) return [whole];
  const chars = [...text];
  for (const at of marked) if (at < chars.length) chars[at] = ' ';
  return [whole, { text: chars.join(''), labels: { toxicity: 0 } }];
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
