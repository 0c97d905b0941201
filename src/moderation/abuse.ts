import type { AbuseKind } from './abuse-kind.js';
import type { RuleResult } from './moderate.js';
import type { Action } from './verdict.js';

/**
 * What a finding is worth by what the paper does about it. Callers who know only scores hold what is above 0.8:
 * what a person is to look at stays at 0.8, so that only words for which the paper rejects go above.
 */
const WEIGHT: Readonly<Record<Action, number>> = { reject: 1, review: 0.8, flag: 0.5 };

/**
 * How sure rules in force are of kinds of abuse: the surest condition of these kinds that fired. Rules in shadow
 * mode have no say.
 * @returns 0 to 1; 0 where none fired
 */
export function abuseByRules(results: readonly RuleResult[], kinds: readonly AbuseKind[]): number {
  const scores = results
    .filter(({ rule }) => rule.mode === 'enforce')
    .flatMap((result) => result.results)
    .map(({ condition, observation, action }) =>
      action !== undefined && condition.kinds?.some((kind) => kinds.includes(kind))
        ? WEIGHT[action] * observation.score
        : 0,
    );
  return Math.max(0, ...scores);
}
