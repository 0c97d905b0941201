import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import { mergeSpans, overlapWith, type Span } from '../text/span.js';
import { type Budget, budgetFor, OutOfSteps } from './budget.js';
import type { Condition, Exception, Observation, Rule, Ruleset } from './ruleset.js';
import { ACTIONS, type Action, type Decision, type Reason, type Verdict } from './verdict.js';

/** What judging depends on: pure, and the same for every rule. */
export interface Case {
  readonly comment: Comment;
  readonly reading: Reading;
  readonly ruleset: Ruleset;
  readonly budget: Budget;
}

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
  /** The detectors that failed or answered nonsense, by name: the conditions that need them were skipped. Empty as a rule. */
  readonly failed: readonly string[];
  /** Whether the budget was spent before all its conditions were looked at. */
  readonly isCut: boolean;
}

/** Whether a rule is in force on a day. */
export function isInForce(rule: Rule, today: string): boolean {
  return rule.enabled && (rule.expires === undefined || today <= rule.expires);
}

/**
 * Judges a comment by every rule in force, shadowed ones too. Pure: the same comment, reading, rules and day come to
 * the same.
 * @param today the day in UTC, `YYYY-MM-DD`: rules may expire
 * @param budget what it may cost: one with a deadline is not pure. @default budgetFor(comment, ruleset)
 */
export function judge(
  comment: Comment,
  reading: Reading,
  ruleset: Ruleset,
  today: string,
  budget: Budget = budgetFor(comment, ruleset),
): RuleResult[] {
  const rules = ruleset.rules.filter((rule) => isInForce(rule, today));
  const of: Case = { comment, reading, ruleset, budget };
  const results: RuleResult[] = [];
  // Shadowed rules last: what they cost must take nothing from those that decide.
  for (const mode of ['enforce', 'shadow'] as const) {
    for (const [i, rule] of rules.entries()) {
      if (rule.mode === mode) results[i] = judgeByRule(rule, of);
    }
  }
  return results;
}

/**
 * Gives a comment its verdict. Pure: the same comment, reading, rules and day give the same verdict.
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function moderate(comment: Comment, reading: Reading, ruleset: Ruleset, today: string): Verdict {
  return toVerdict(judge(comment, reading, ruleset, today), ruleset.version);
}

/** Sums up what the rules came to. Shadowed rules are scored, but have no say. */
export function toVerdict(results: readonly RuleResult[], rulesVersion: string): Verdict {
  const reasons = reasonsOf(results, 'enforce');
  const decision = toDecision(reasons[0]?.action);
  const isCut = results.some((result) => result.isCut && result.rule.mode === 'enforce');
  return {
    // What was not looked at may break a guideline, so a person should look.
    verdict: isCut && decision === 'approve' ? 'review' : decision,
    reasons,
    scores: Object.fromEntries(results.map((result) => [result.rule.id, result.score])),
    rulesVersion,
    ...(isCut && { isCut }),
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

function judgeByRule(rule: Rule, of: Case): RuleResult {
  const results: ConditionResult[] = [];
  const failed: string[] = [];
  let score = 0;
  let isCut = false;
  if (rule.appliesTo(of.comment.context.url)) {
    const excepted = once(() => exceptedBy(rule, of));
    for (const condition of rule.conditions) {
      const result = judgeByCondition(condition, excepted, of);
      if (result instanceof Cut) isCut = true;
      else if (result instanceof Failure) failed.push(result.detector);
      else {
        results.push(result);
        score = Math.max(score, result.observation.score);
      }
    }
  }
  const action = strictest(results.map((result) => result.action));
  return { rule, results, action, score: round(score), failed, isCut };
}

/** A detector that threw or answered nonsense. */
class Failure {
  constructor(readonly detector: string) {}
}

/** The budget was spent before it was known what a detector says. */
class Cut extends Failure {}

/** Where its detector fails, or that of an exception, so that it is not known what the rule would have said. */
function judgeByCondition(
  condition: Condition,
  excepted: () => Excepted | Failure,
  of: Case,
): ConditionResult | Failure {
  const seen = observe(condition, of);
  const observation = seen instanceof Failure ? seen : except(seen, excepted);
  if (observation instanceof Failure) return observation;
  const action = condition.thresholds.find((threshold) => observation.score >= threshold.from)?.action;
  return { condition, observation, action };
}

/** A detector may be somebody else's code: one that fails must not cost the comment its verdict. */
function observe(part: Condition | Exception, of: Case): Observation | Failure {
  const { comment, reading, budget } = of;
  const name = part.detector ?? part.label;
  try {
    if (budget.isSpent()) return new Cut(name);
    const hits = hitsOf(part, of);
    budget.spend(comment.text.length + hits.length);
    const observation = part.observe(comment, hits, reading, budget);
    budget.spend(observation.spans.length);
    if (isSound(observation, comment.text.length)) return observation;
  } catch (error) {
    if (error instanceof OutOfSteps) return new Cut(name);
    // The caller reports it by the detector's name; the error itself may quote the comment.
  }
  return new Failure(name);
}

/** Whether an observation is one: a score from 0 to 1, and ranges that lie within the text. */
function isSound({ score, spans }: Observation, length: number): boolean {
  if (!(score >= 0 && score <= 1)) return false;
  for (const { start, end } of spans) {
    if (!(Number.isInteger(start) && start >= 0 && end <= length && start <= end)) return false;
  }
  return true;
}

function hitsOf(part: Pick<Condition, 'group'>, { comment, ruleset }: Case) {
  return part.group === undefined ? [] : (comment.hits(ruleset.phrases)[part.group] ?? []);
}

/** Whether words are excepted; undefined where the rule excepts none. */
type Excepted = ((span: Span) => boolean) | undefined;

/** What a rule's exceptions see in a comment is the same for all of its conditions. */
function exceptedBy(rule: Rule, of: Case): Excepted | Failure {
  if (rule.exceptions.length === 0) return undefined;
  const spans: Span[] = [];
  for (const exception of rule.exceptions) {
    const seen = observe(exception, of);
    if (seen instanceof Failure) return seen;
    for (const span of seen.spans) spans.push(span);
  }
  return overlapWith(spans);
}

/** A function that finds its value when it is first asked, and then gives the same. */
function once<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

/** Takes the excepted words out of what was seen; where all of it is excepted, nothing was seen. */
function except(observation: Observation, excepted: () => Excepted | Failure): Observation | Failure {
  if (observation.spans.length === 0) return observation;
  const isExcepted = excepted();
  if (isExcepted === undefined || isExcepted instanceof Failure) return isExcepted ?? observation;
  const spans = observation.spans.filter((span) => !isExcepted(span));
  if (spans.length === observation.spans.length) return observation;
  if (spans.length === 0) return { score: 0, spans };
  return { ...observation, score: highest(spans.map((span) => span.score ?? observation.score)), spans };
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

/** Arguments of `Math.max` stand on the stack, which a long text can fill. */
function highest(scores: readonly number[]): number {
  return scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

/** Three decimals: finer would feign a precision that no score has. */
function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
