import type { Label } from '../classifier/linear/model.js';
import type { Comment } from '../comment/comment.js';
import type { Target } from '../discourse/target.js';
import type { PreparedDetector } from './detector.js';
import { toxicity } from './toxicity.js';

/** Attacks on those who take part, by at whom the words must be aimed. */
const ATTACKS = {
  'attack-on-commenter': ['reader', 'participant', 'family'],
  'attack-on-author': ['author'],
} satisfies Readonly<Record<string, readonly Target[]>>;

/** What the classifier can be asked by itself, outside any rule. */
export type Reading = Label | keyof typeof ATTACKS;

const prepared = new Map<Reading, PreparedDetector>();

/**
 * How sure the classifier is of a label, 0 to 1, calibrated: of 100 comments scored 0.3, about 30 are what it says.
 * Words that are denied, reported or aimed at things do not count, as in the rules.
 */
export function readLabel(comment: Comment, reading: Reading): number {
  let detector = prepared.get(reading);
  if (!detector) {
    detector = prepare(reading);
    prepared.set(reading, detector);
  }
  return detector.detect(comment, []).score;
}

function prepare(reading: Reading): PreparedDetector {
  const options = isAttack(reading) ? { at: ATTACKS[reading] } : { label: reading };
  return toxicity.prepare(toxicity.options.parse(options), new Map());
}

function isAttack(reading: Reading): reading is keyof typeof ATTACKS {
  return Object.hasOwn(ATTACKS, reading);
}
