/** What a classifier can be asked about a comment: how sure it is that the label is true of it. */
export const LABELS = [
  'toxicity',
  'severe-toxicity',
  'insult',
  'threat',
  'profanity',
  'identity-attack',
] as const;
export type Label = (typeof LABELS)[number];

/** Words side by side that speak for a label, as tokens of the comment: the first and the one after the last. */
export interface TellingWords {
  readonly from: number;
  readonly to: number;
  /** How much they say, beside the word that says most: 0.5 to 1. */
  readonly share: number;
}

/** Below this score nobody asks for the words. */
export const WORTH_NAMING = 0.2;

/** What a classifier makes of a comment for one label. */
export interface LabelReading {
  /** The probability that readers would give the comment this label, 0 to 1. */
  readonly score: number;
  /** The words that speak most for it; empty where the score is too low for anybody to ask. */
  readonly words: readonly TellingWords[];
}

/** What the policy asks of a comment: what it does (abuse is any of it), and whom it is about or for. */
export const POLICY_LABELS = [
  'abuse',
  'personal',
  'hate',
  'threat',
  'quoted',
  'to-reader',
  'to-author',
  'to-person',
  'to-group',
] as const;
export type PolicyLabel = (typeof POLICY_LABELS)[number];

/** For each question of the policy the probability that the answer is yes, 0 to 1. */
export type PolicyReading = Readonly<Record<PolicyLabel, number>>;

/**
 * A classifier's reading of a comment. It depends on the text and on the weights, never on the rules, so that one
 * reading serves every ruleset that the comment is judged by.
 */
export interface Reading {
  /** The version of the classifier that gave it: `linear-1f0c…`. The same version reads the same text alike. */
  readonly classifier: string;
  /** The share of the comment that was read, 0 to 1; left out by a classifier that reads all of it. */
  readonly read?: number;
  /** What it says to the policy's own questions; left out by a classifier that was not taught them. */
  readonly policy?: PolicyReading;
  /** What it says for a label. The same object each time. */
  of(label: Label): LabelReading;
  /**
   * The score that would be left if some words were not there.
   * @param words tokens, as `of` names them
   * @returns 0 to 1
   */
  without(label: Label, words: readonly Pick<TellingWords, 'from' | 'to'>[]): number;
}
