import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import { judge, type RuleResult, reasonsOf, toVerdict } from './moderate.js';
import type { Ruleset } from './ruleset.js';
import type { Decision, Reason } from './verdict.js';

/** What a comment comes to by one ruleset. */
export interface Outcome {
  readonly verdict: Decision;
  /** Strictest first. */
  readonly reasons: readonly Reason[];
  /** What rules in shadow mode would have given as reasons, strictest first. */
  readonly shadowed: readonly Reason[];
  /** For every rule in force, 0 to 1. */
  readonly scores: Readonly<Record<string, number>>;
}

/** What a comment comes to by the rules as they are and as they would be. */
export interface Comparison {
  readonly before: Outcome;
  readonly after: Outcome;
}

/**
 * Judges comments by one ruleset.
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function judgeBy(ruleset: Ruleset, today: string): Judge<Outcome> {
  return (comment, reading) => toOutcome(judge(comment, reading, ruleset, today), ruleset);
}

/** Judges a comment that was read. */
export type Judge<Result> = (comment: Comment, reading: Reading) => Result;

/**
 * Judges comments by two rulesets. It takes little more than judging by one: most of that is making the views of a
 * comment, which both share.
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function compareBy(before: Ruleset, after: Ruleset, today: string): Judge<Comparison> {
  const judgeBefore = judgeBy(before, today);
  const judgeAfter = judgeBy(after, today);
  return (comment, reading) => ({
    before: judgeBefore(comment, reading),
    after: judgeAfter(comment, reading),
  });
}

function toOutcome(results: readonly RuleResult[], ruleset: Ruleset): Outcome {
  const { verdict, reasons, scores } = toVerdict(results, ruleset.version);
  return { verdict, reasons, shadowed: reasonsOf(results, 'shadow'), scores };
}
