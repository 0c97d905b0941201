import type { Classifier } from '../../classifier/classifier.js';
import { linear, readLinear } from '../../classifier/linear/linear.js';
import type { Reading } from '../../classifier/reading.js';
import { Comment } from '../../comment/comment.js';
import {
  type ConditionResult,
  isInForce,
  judge,
  type RuleResult,
  toVerdict,
} from '../../moderation/moderate.js';
import type { Rule, Ruleset } from '../../moderation/ruleset.js';
import type { Action } from '../../moderation/verdict.js';
import type { Example, Guidelines } from '../guidelines.js';
import { shown } from '../mistakes/suggest.js';

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

/** How examples are tried. */
export interface TrialOptions {
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** What reads them. @default the linear classifier */
  readonly classifier?: Classifier;
  /** Awaited before each example; what it throws ends the trial. */
  readonly pause?: () => Promise<void>;
}

/**
 * Judges the examples of all rules in force. `reject`, `review` and `flag` hold when the example's own rule
 * comes to just that; `approve` holds when its own rule does not fire and all rules together approve. All are read
 * in one go, then judged one by one; what the classifier leaves unread the linear one reads.
 * @returns in the order of the examples; those of a rule that is off or has expired are left out
 */
export async function runExamples(
  { ruleset, examples }: Guidelines,
  { today, classifier = linear, pause }: TrialOptions,
): Promise<ExampleResult[]> {
  const trials = new Map(
    ruleset.rules.filter((rule) => isInForce(rule, today)).map((rule) => [rule.id, onTrial(rule)]),
  );
  const tried = examples.flatMap((example) => {
    const own = trials.get(example.rule);
    return own ? [{ example, own, comment: new Comment(example.text) }] : [];
  });
  const readings = await classifier.read(
    tried.map(({ comment }) => comment),
    { urgency: 'bulk' },
  );
  const results: ExampleResult[] = [];
  for (const [i, { example, own, comment }] of tried.entries()) {
    await pause?.();
    const reading = readings[i] ?? readLinear(comment);
    results.push(runExample(example, own, { comment, reading, ruleset }, today));
  }
  return results;
}

function onTrial(rule: Rule): Rule {
  return { ...rule, mode: 'enforce', appliesTo: () => true };
}

function runExample(
  example: Example,
  own: Rule,
  { comment, reading, ruleset }: { comment: Comment; reading: Reading; ruleset: Ruleset },
  today: string,
): ExampleResult {
  const rules =
    example.expected === 'approve' ? ruleset.rules.map((rule) => (rule.id === own.id ? own : rule)) : [own];
  const results = judge(comment, reading, { ...ruleset, rules }, today);
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

/** What a condition came to in judging an example. */
export interface ConditionTrace {
  /** The id of its rule. */
  readonly rule: string;
  /** Its number among the rule's conditions, from 1. */
  readonly entry: number;
  /** As the rule file has it: `phrases`, `detector insults`. */
  readonly condition: string;
  readonly score: number;
  /** The words it saw, at most three. */
  readonly words: readonly string[];
  readonly note?: string | undefined;
  /** What it is for; none: it did not fire. */
  readonly action?: Action | undefined;
  /** The score that it would have taken to do what was expected; none where no score would. */
  readonly needs?: number | undefined;
}

/**
 * What the conditions that matter to an example came to: where it should be approved, those that are against it;
 * else all of its own rule, fired or not.
 */
export function traceOf({ example, results }: ExampleResult): ConditionTrace[] {
  if (example.expected !== 'approve') {
    return results.flatMap((result) => tracesOf(result, example, () => true));
  }
  return results
    .filter(({ rule, action }) => rule.mode === 'enforce' && (action !== 'flag' || rule.id === example.rule))
    .flatMap((result) => tracesOf(result, example, ({ action }) => action !== undefined));
}

function tracesOf(
  { rule, results }: RuleResult,
  example: Example,
  isWanted: (result: ConditionResult) => boolean,
): ConditionTrace[] {
  return results.flatMap((result, i): ConditionTrace[] => {
    if (!isWanted(result)) return [];
    const { condition, observation, action } = result;
    const words = observation.spans.slice(0, MOST_SHOWN);
    return [
      {
        rule: rule.id,
        entry: i + 1,
        condition: condition.label,
        score: observation.score,
        words: words.map(({ start, end }) => shown(example.text.slice(start, end))),
        note: observation.note,
        action,
        needs: action === example.expected ? undefined : neededFor(result, example.expected),
      },
    ];
  });
}

const MOST_SHOWN = 3;

function neededFor(
  { condition, action }: ConditionResult,
  expected: Example['expected'],
): number | undefined {
  const needed = condition.thresholds.find((threshold) => threshold.action === expected);
  if (needed) return needed.from;
  return action === undefined ? condition.thresholds.at(-1)?.from : undefined;
}

/**
 * Says what was expected of an example and what came of it: which condition fired or did not, with its score
 * and the words.
 */
export function explain(result: ExampleResult): string {
  const { example, results } = result;
  const traces = traceOf(result);
  if (example.expected === 'approve') {
    const fired = [...new Set(traces.map((trace) => trace.rule))].map((rule) => {
      const conditions = traces.filter((trace) => trace.rule === rule).map(showTrace);
      return `${rule} ${VERBS[actionOf(rule, results)]} it: ${conditions.join(', ')}`;
    });
    return `expected approve, ${fired.length > 0 ? `but ${fired.join('; ')}` : 'and so it is'}`;
  }
  const came = ownAction(example, results) ?? 'nothing';
  const conditions = traces.map((trace) => showTrace(trace) + showNeed(trace, example));
  return `expected ${example.expected} by ${example.rule}, got ${came}: ${conditions.join(', ')}`;
}

const VERBS: Readonly<Record<Action, string>> = { reject: 'rejects', review: 'holds', flag: 'flags' };

function actionOf(rule: string, results: readonly RuleResult[]): Action {
  return results.find((result) => result.rule.id === rule)?.action ?? 'flag';
}

/** `detector insults 0.31 "you fool" (aimed at the reader)`. */
export function showTrace({ condition, score, words, note }: ConditionTrace): string {
  const said = note === undefined ? [] : [`(${note})`];
  return [condition, score.toFixed(2), ...words.map((word) => `"${word}"`), ...said].join(' ');
}

/** ` (needs 0.75)`, where a condition came to something else than what the example expects of it. */
export function showNeed({ action, needs }: ConditionTrace, { expected }: Example): string {
  if (action === expected || expected === 'approve') return '';
  return needs === undefined ? ` (says ${action ?? 'nothing'})` : ` (needs ${needs})`;
}
