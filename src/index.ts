/** What a program that embeds Stet needs: load a rules folder, make a comment, get its verdict. */
import { readLinear } from './classifier/linear/linear.js';
import type { Reading } from './classifier/reading.js';
import type { Comment } from './comment/comment.js';
import { moderate as moderateRead } from './moderation/moderate.js';
import type { Ruleset } from './moderation/ruleset.js';
import type { Verdict } from './moderation/verdict.js';

export type { Label, LabelReading, Reading } from './classifier/reading.js';
export { Comment, type CommentContext } from './comment/comment.js';
export type { Detector, Evidence, Finding, PreparedDetector } from './detectors/detector.js';
export { DETECTORS } from './detectors/index.js';
export type { Guidelines, Mistake } from './guidelines/guidelines.js';
export { RulesError } from './guidelines/guidelines.js';
export { type LoadOptions, loadGuidelines } from './guidelines/load.js';
export type { Ruleset } from './moderation/ruleset.js';
export type { Action, Decision, Reason, Verdict } from './moderation/verdict.js';
export type { Span } from './text/span.js';

/**
 * Gives a comment its verdict. Pure: the same comment, reading, rules and day give the same verdict.
 * @param today the day in UTC, `YYYY-MM-DD`: rules may expire
 * @param reading what a classifier makes of the comment; that of the linear one unless given
 * @example
 * const { ruleset } = await loadGuidelines('rules');
 * const { verdict, reasons } = moderate(new Comment('You are an idiot.'), ruleset, '2026-12-01');
 */
export function moderate(
  comment: Comment,
  ruleset: Ruleset,
  today: string,
  reading: Reading = readLinear(comment),
): Verdict {
  return moderateRead(comment, reading, ruleset, today);
}
