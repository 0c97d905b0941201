import { Comment } from '../comment/comment.js';
import {
  type ConditionResult,
  isInForce,
  judge,
  type RuleResult,
  toVerdict,
} from '../moderation/moderate.js';
import type { Rule, Ruleset } from '../moderation/ruleset.js';
import type { Action } from '../moderation/verdict.js';
import type { Example, Guidelines } from './guidelines.js';
import { shown } from './suggest.js';

/** What became of an example. */
export interface ExampleResult {
  readonly example: Example;
  /** Whether it is what the rule file says. */
  readonly holds: boolean;
  /**
   * What the rules came to that matter to it: for `approve` all in force, else its own only. Its own is judged
   * as if enforced, and as if it applied to the page.
   */
  readonly results: readonly RuleResult[];
}

/**
 * Judges the examples of all rules in force. `reject`, `review` and `flag` hold when the example's own rule
 * comes to just that; `approve` holds when its own rule does not fire and all rules together approve.
 * @param today the day in UTC, `YYYY-MM-DD`
 * @returns in the order of the examples; none for a rule that is off or has expired
 */
export function runExamples({ ruleset, examples }: Guidelines, today: string): ExampleResult[] {
  const trials = new Map(
    ruleset.rules.filter((rule) => isInForce(rule, today)).map((rule) => [rule.id, onTrial(rule)]),
  );
  return examples.flatMap((example) => {
    const own = trials.get(example.rule);
    return own ? [runExample(example, own, ruleset, today)] : [];
  });
}

function onTrial(rule: Rule): Rule {
  return { ...rule, mode: 'enforce', appliesTo: () => true };
}

function runExample(example: Example, own: Rule, ruleset: Ruleset, today: string): ExampleResult {
  const rules =
    example.expected === 'approve' ? ruleset.rules.map((rule) => (rule.id === own.id ? own : rule)) : [own];
  const results = judge(new Comment(example.text), { ...ruleset, rules }, today);
  const action = ownAction(example, results);
  const holds =
    example.expected === 'approve'
      ? action === undefined && toVerdict(results, ruleset.version).verdict === 'approve'
      : action === example.expected;
  return { example, holds, results };
}

function ownAction(example: Example, results: readonly RuleResult[]): Action | undefined {
  return results.find((result) => result.rule.id === example.rule)?.action;
}

/**
 * Says what was expected of an example and what came of it: which condition fired or did not, with its score
 * and the words.
 */
export function explain({ example, results }: ExampleResult): string {
  if (example.expected === 'approve') {
    const against = results.filter(
      ({ rule, action }) =>
        action !== undefined && rule.mode === 'enforce' && (action !== 'flag' || rule.id === example.rule),
    );
    const fired = against.map(
      ({ rule, action, results: conditions }) =>
        `${rule.id} ${VERBS[action ?? 'flag']} it: ${conditions
          .filter((condition) => condition.action !== undefined)
          .map((condition) => showCondition(condition, example))
          .join(', ')}`,
    );
    return `expected approve, ${fired.length > 0 ? `but ${fired.join('; ')}` : 'and so it is'}`;
  }
  const conditions = results.flatMap((result) => result.results);
  const came = ownAction(example, results) ?? 'nothing';
  return `expected ${example.expected} by ${example.rule}, got ${came}: ${conditions
    .map((condition) => showCondition(condition, example) + showNeed(condition, example))
    .join(', ')}`;
}

const VERBS: Readonly<Record<Action, string>> = { reject: 'rejects', review: 'holds', flag: 'flags' };

/** `detector insults 0.31 "you fool" (aimed at the reader)`. */
function showCondition({ condition, observation }: ConditionResult, { text }: Example): string {
  const words = observation.spans
    .map(({ start, end }) => `"${shown(text.slice(start, end))}"`)
    .slice(0, MOST_SHOWN);
  const note = observation.note === undefined ? [] : [`(${observation.note})`];
  return [condition.label, observation.score.toFixed(2), ...words, ...note].join(' ');
}

const MOST_SHOWN = 3;

function showNeed({ condition, action }: ConditionResult, { expected }: Example): string {
  if (action === expected) return '';
  const needed = condition.thresholds.find((threshold) => threshold.action === expected);
  if (needed) return ` (needs ${needed.from})`;
  return action === undefined ? ` (needs ${condition.thresholds.at(-1)?.from ?? 0})` : ` (says ${action})`;
}
