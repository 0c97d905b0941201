import type { Comment } from '../comment/comment.js';
import { mergeSpans, overlaps, type Span } from '../text/span.js';
import type { Condition, Observation, Rule, Ruleset } from './ruleset.js';
import { ACTIONS, type Action, type Decision, type Reason, type Verdict } from './verdict.js';

/** What one condition of a rule came to. */
export interface ConditionResult {
  readonly condition: Condition;
  readonly observation: Observation;
  /** None: it did not fire. */
  readonly action: Action | undefined;
}

/** What a rule came to. */
export interface RuleResult {
  readonly rule: Rule;
  readonly results: readonly ConditionResult[];
  /** The strictest action of its conditions; none: the rule did not fire. */
  readonly action: Action | undefined;
  /** The highest score of its conditions, 0 to 1. */
  readonly score: number;
}

/** Whether a rule is in force on a day. */
export function isInForce(rule: Rule, today: string): boolean {
  return rule.enabled && (rule.expires === undefined || today <= rule.expires);
}

/**
 * Judges a comment by every rule in force, shadowed ones too.
 * @param today the day in UTC, `YYYY-MM-DD`: rules may expire
 */
export function judge(comment: Comment, ruleset: Ruleset, today: string): RuleResult[] {
  return ruleset.rules
    .filter((rule) => isInForce(rule, today))
    .map((rule) => judgeByRule(comment, rule, ruleset));
}

/**
 * Gives a comment its verdict. Pure: the same comment, rules and day give the same verdict.
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function moderate(comment: Comment, ruleset: Ruleset, today: string): Verdict {
  return toVerdict(judge(comment, ruleset, today), ruleset.version);
}

/** Sums up what the rules came to. Shadowed rules are scored, but have no say. */
export function toVerdict(results: readonly RuleResult[], rulesVersion: string): Verdict {
  const reasons = reasonsOf(results, 'enforce');
  return {
    verdict: toDecision(reasons[0]?.action),
    reasons,
    scores: Object.fromEntries(results.map((result) => [result.rule.id, result.score])),
    rulesVersion,
  };
}

/** The reasons that rules of a mode give, strictest first, then surest first. */
export function reasonsOf(results: readonly RuleResult[], mode: Rule['mode']): Reason[] {
  return results
    .flatMap((result) => (result.rule.mode === mode ? toReasons(result) : []))
    .sort((a, b) => ACTIONS.indexOf(b.action) - ACTIONS.indexOf(a.action) || b.score - a.score);
}

/** What a comment comes to whose strictest rule takes an action: to be flagged is to be approved. */
export function toDecision(action: Action | undefined): Decision {
  return action === 'reject' || action === 'review' ? action : 'approve';
}

function judgeByRule(comment: Comment, rule: Rule, ruleset: Ruleset): RuleResult {
  const results = rule.appliesTo(comment.context.url)
    ? rule.conditions.map((condition) => judgeByCondition(comment, condition, rule, ruleset))
    : [];
  return {
    rule,
    results,
    action: strictest(results.map((result) => result.action)),
    score: round(Math.max(0, ...results.map((result) => result.observation.score))),
  };
}

function judgeByCondition(
  comment: Comment,
  condition: Condition,
  rule: Rule,
  ruleset: Ruleset,
): ConditionResult {
  const observation = except(
    condition.observe(comment, hitsOf(comment, condition, ruleset)),
    comment,
    rule,
    ruleset,
  );
  const action = condition.thresholds.find((threshold) => observation.score >= threshold.from)?.action;
  return { condition, observation, action };
}

function hitsOf(comment: Comment, part: Pick<Condition, 'group'>, ruleset: Ruleset) {
  return part.group === undefined ? [] : (comment.hits(ruleset.phrases)[part.group] ?? []);
}

/** Takes the excepted words out of what was seen; where all of it is excepted, nothing was seen. */
function except(observation: Observation, comment: Comment, rule: Rule, ruleset: Ruleset): Observation {
  if (observation.spans.length === 0 || rule.exceptions.length === 0) return observation;
  const excepted = rule.exceptions.flatMap((exception) =>
    exception.spans(comment, hitsOf(comment, exception, ruleset)),
  );
  const spans = observation.spans.filter((span) => !excepted.some((other) => overlaps(span, other)));
  if (spans.length === observation.spans.length) return observation;
  if (spans.length === 0) return { score: 0, spans };
  return { ...observation, score: Math.max(...spans.map((span) => span.score ?? observation.score)), spans };
}

function toReasons({ rule, results, action, score }: RuleResult): Reason[] {
  if (action === undefined) return [];
  const fired = results.filter((result) => result.action !== undefined);
  const spans: Span[] = mergeSpans(fired.flatMap((result) => result.observation.spans));
  const notes = fired.flatMap((result) => result.observation.note ?? []);
  const note = notes.length > 0 ? notes.join('; ') : undefined;
  const { id, guideline, message } = rule;
  return [{ rule: id, guideline, action, message, score, spans, ...(note !== undefined && { note }) }];
}

function strictest(actions: readonly (Action | undefined)[]): Action | undefined {
  return ACTIONS.findLast((action) => actions.includes(action));
}

/** Three decimals: finer would feign a precision that no score has. */
function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
