import type { Label, PolicyLabel } from '../reading.js';

/**
 * Which head answers for a label. The labels are those that readers of Wikipedia gave, whom the linear classifier was
 * taught by too, so that a threshold means the same for both.
 */
export const HEAD_OF_LABEL: Readonly<Record<Label, string>> = {
  toxicity: 'toxic',
  'severe-toxicity': 'severe',
  insult: 'wiki-insult',
  threat: 'wiki-threat',
  profanity: 'obscene',
  'identity-attack': 'wiki-identity',
};

/**
 * Which head answers a question of the policy. For abuse its own, not the one that sums up all others (`stacked`): where
 * 3% of the fair comments that were labelled by the policy are stopped, that one stops 1.8% of plain sentences about
 * groups, and every other one about one of the groups; this one 0.25%, and 6% (`figures.json` of the laboratory).
 */
export const HEAD_OF_POLICY: Readonly<Record<PolicyLabel, string>> = {
  abuse: 'abuse',
  personal: 'personal',
  hate: 'hate',
  threat: 'threat',
  quoted: 'quoted',
  'to-reader': 'to-reader',
  'to-author': 'to-author',
  'to-person': 'to-person',
  'to-group': 'to-group',
};

/** The heads that must be there, and calibrated. */
export const HEADS_IN_USE: readonly string[] = [
  ...new Set([...Object.values(HEAD_OF_LABEL), ...Object.values(HEAD_OF_POLICY)]),
];
