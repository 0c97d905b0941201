import { type RuleResult, toDecision } from './moderate.js';
import type { Rule } from './ruleset.js';
import { DECISIONS, type Decision } from './verdict.js';

/** What a rule in shadow mode would have made of a verdict. */
export interface ShadowChange {
  readonly rule: Rule;
  /** The verdict as it was given. */
  readonly from: Decision;
  /** What it would have been had this rule been enforced too. */
  readonly to: Decision;
}

/** The rules in shadow mode that would have made a verdict stricter, each taken alone. */
export function shadowChanges(results: readonly RuleResult[], given: Decision): ShadowChange[] {
  return results.flatMap(({ rule, action }) => {
    const alone = toDecision(action);
    const isStricter = DECISIONS.indexOf(alone) > DECISIONS.indexOf(given);
    return rule.mode === 'shadow' && isStricter ? [{ rule, from: given, to: alone }] : [];
  });
}
