import type { Label, Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import type { Target } from '../discourse/target.js';
import type { PreparedDetector } from './detector.js';
import { UNCOUNTED } from './detector.js';
import { toxicity } from './toxicity.js';

/** Attacks on those who take part, by at whom the words must be aimed. */
const ATTACKS = {
  'attack-on-commenter': ['reader', 'participant', 'family'],
  'attack-on-author': ['author'],
} satisfies Readonly<Record<string, readonly Target[]>>;

/** What the classifier can be asked by itself, outside any rule. */
export type ScoredLabel = Label | keyof typeof ATTACKS;

/**
 * How sure the classifier is of a label, 0 to 1, calibrated: of 100 comments scored 0.3, about 30 are what it says.
 * Words that are denied, reported or aimed at things do not count, as in the rules.
 */
export function readLabel(comment: Comment, reading: Reading, label: ScoredLabel): number {
  return PREPARED[label].detect(comment, [], reading, UNCOUNTED).score;
}

function prepare(options: { at: readonly Target[] } | { label: Label }): PreparedDetector {
  return toxicity.prepare(toxicity.options.parse(options), new Map());
}

const PREPARED: Readonly<Record<ScoredLabel, PreparedDetector>> = {
  toxicity: prepare({ label: 'toxicity' }),
  'severe-toxicity': prepare({ label: 'severe-toxicity' }),
  insult: prepare({ label: 'insult' }),
  threat: prepare({ label: 'threat' }),
  profanity: prepare({ label: 'profanity' }),
  'identity-attack': prepare({ label: 'identity-attack' }),
  'attack-on-commenter': prepare({ at: ATTACKS['attack-on-commenter'] }),
  'attack-on-author': prepare({ at: ATTACKS['attack-on-author'] }),
};
