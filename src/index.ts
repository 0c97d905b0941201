/** What a program that embeds Stet needs: load a rules folder, make a comment, get its verdict. */
export { Comment, type CommentContext } from './comment/comment.js';
export type { Detector, Evidence, Finding, PreparedDetector } from './detectors/detector.js';
export { type Guidelines, type Mistake, RulesError } from './guidelines/guidelines.js';
export { loadGuidelines } from './guidelines/load.js';
export { moderate } from './moderation/moderate.js';
export type { Action, Decision, Reason, Verdict } from './moderation/verdict.js';
export type { Span } from './text/span.js';
