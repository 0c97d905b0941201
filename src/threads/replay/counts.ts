import type { Outcome } from '../../moderation/compare.js';
import { toDecision } from '../../moderation/moderate.js';
import { ACTIONS, type Action, DECISIONS, type Decision, type Reason } from '../../moderation/verdict.js';
import type { DecidedComment } from '../../wire/comment-row.js';
import { type Excerpt, excerpt } from './excerpt.js';

// Everything here goes from thread to thread, so it is plain data; and what is kept of texts is bounded.

/** How many comments came to each verdict. */
export type VerdictCounts = Record<Decision, number>;

/** What one rule did. */
export interface RuleCounts {
  readonly rule: string;
  readonly mode: 'enforce' | 'shadow';
  /** How often it came to each action. */
  readonly actions: Record<Action, number>;
  /** Of the comments that it rejected or held, how many moderators approved and rejected. */
  readonly stopped: Record<'approve' | 'reject', number>;
}

/** What one set of rules did. */
export interface Side {
  readonly verdicts: VerdictCounts;
  readonly rules: Map<string, RuleCounts>;
  /** Verdicts on the comments that moderators approved and rejected. */
  readonly decided: Record<'approve' | 'reject', VerdictCounts>;
}

/** A comment whose verdict changes, or that the draft does not let pass. */
export interface Sample extends Excerpt {
  readonly file: string;
  readonly line: number;
  readonly id?: string;
  readonly score: number;
  readonly note?: string;
  /** Other rules that alone would have made the same verdict. */
  readonly also: readonly string[];
}

/** Comments whose verdict changes in one way, by the rule that makes it change. */
export interface Group {
  /** None: there is nothing to compare with. */
  readonly from: Decision | undefined;
  /** `flag` only where there is nothing to compare with. */
  readonly to: Decision | 'flag';
  readonly rule: string;
  count: number;
  /** The first ones of the file. */
  readonly samples: Sample[];
}

/** A line that could not be judged. */
export interface Unread {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** All that is known of the comments that were judged. */
export interface ReplayCounts {
  comments: number;
  readonly before: Side | undefined;
  readonly after: Side;
  /** By kind of change and rule. */
  readonly groups: Map<string, Group>;
  readonly unread: { count: number; readonly first: Unread[] };
}

/** How many samples of a group, and lines that cannot be judged, are kept. */
export interface Keep {
  readonly samples: number;
  readonly unread: number;
}

export function emptyCounts(hasBefore: boolean): ReplayCounts {
  return {
    comments: 0,
    before: hasBefore ? emptySide() : undefined,
    after: emptySide(),
    groups: new Map(),
    unread: { count: 0, first: [] },
  };
}

function emptySide(): Side {
  const none = (): VerdictCounts => ({ approve: 0, review: 0, reject: 0 });
  return { verdicts: none(), rules: new Map(), decided: { approve: none(), reject: none() } };
}

/** Counts a comment that was judged. */
export function count(
  tally: ReplayCounts,
  comment: DecidedComment,
  outcomes: { readonly before: Outcome | undefined; readonly after: Outcome },
  place: { readonly file: string; readonly line: number },
  keep: Keep,
): void {
  const { before, after } = outcomes;
  tally.comments += 1;
  if (tally.before && before) countSide(tally.before, before, comment);
  countSide(tally.after, after, comment);
  const cause = before ? causeOfChange(before, after) : causeOfVerdict(after);
  if (!cause) return;
  const [reason, ...others] = cause.reasons;
  if (!reason) return;
  const group = groupOf(tally, { from: before?.verdict, to: cause.to, rule: reason.rule });
  group.count += 1;
  if (group.samples.length >= keep.samples) return;
  group.samples.push({
    ...place,
    ...(comment.id !== undefined && { id: comment.id }),
    ...excerpt(comment.text, reason.spans),
    score: reason.score,
    ...(reason.note !== undefined && { note: reason.note }),
    also: others.map((other) => other.rule),
  });
}

/** Counts a line that could not be judged. */
export function countUnread(tally: ReplayCounts, unread: Unread, keep: Keep): void {
  tally.unread.count += 1;
  if (tally.unread.first.length < keep.unread) tally.unread.first.push(unread);
}

function countSide(side: Side, outcome: Outcome, { decision }: DecidedComment): void {
  side.verdicts[outcome.verdict] += 1;
  if (decision) side.decided[decision][outcome.verdict] += 1;
  const told = [
    ...outcome.reasons.map((reason) => ({ ...reason, mode: 'enforce' as const })),
    ...outcome.shadowed.map((reason) => ({ ...reason, mode: 'shadow' as const })),
  ];
  for (const { rule, action, mode } of told) {
    const tally = ruleOf(side, rule, mode);
    tally.actions[action] += 1;
    if (decision && action !== 'flag') tally.stopped[decision] += 1;
  }
}

function ruleOf(side: Side, rule: string, mode: RuleCounts['mode']): RuleCounts {
  const known = side.rules.get(rule);
  if (known) return known;
  const tally: RuleCounts = {
    rule,
    mode,
    actions: { flag: 0, review: 0, reject: 0 },
    stopped: { approve: 0, reject: 0 },
  };
  side.rules.set(rule, tally);
  return tally;
}

interface Cause {
  readonly to: Group['to'];
  /** Those that alone make the stricter of the two verdicts, surest first. */
  readonly reasons: readonly Reason[];
}

/** A verdict gets stricter by the rules that now make it, and milder by those that no longer do. */
function causeOfChange(before: Outcome, after: Outcome): Cause | undefined {
  if (before.verdict === after.verdict) return undefined;
  const stricter = DECISIONS.indexOf(after.verdict) > DECISIONS.indexOf(before.verdict) ? after : before;
  return { to: after.verdict, reasons: decisive(stricter) };
}

function causeOfVerdict(after: Outcome): Cause | undefined {
  const [first] = after.reasons;
  return first && { to: first.action, reasons: decisive(after) };
}

function decisive({ verdict, reasons }: Outcome): readonly Reason[] {
  return reasons.filter((reason) => toDecision(reason.action) === verdict);
}

function groupOf(tally: ReplayCounts, { from, to, rule }: Pick<Group, 'from' | 'to' | 'rule'>): Group {
  const key = `${from} ${to} ${rule}`;
  const known = tally.groups.get(key);
  if (known) return known;
  const group: Group = { from, to, rule, count: 0, samples: [] };
  tally.groups.set(key, group);
  return group;
}

/** Adds what comes later in the file. */
export function add(tally: ReplayCounts, later: ReplayCounts, keep: Keep): void {
  tally.comments += later.comments;
  if (tally.before && later.before) addSide(tally.before, later.before);
  addSide(tally.after, later.after);
  for (const group of later.groups.values()) {
    const sum = groupOf(tally, group);
    sum.count += group.count;
    sum.samples.push(...group.samples.slice(0, keep.samples - sum.samples.length));
  }
  tally.unread.count += later.unread.count;
  tally.unread.first.push(...later.unread.first.slice(0, keep.unread - tally.unread.first.length));
}

function addSide(sum: Side, later: Side): void {
  addCounts(sum.verdicts, later.verdicts, DECISIONS);
  for (const decision of ['approve', 'reject'] as const)
    addCounts(sum.decided[decision], later.decided[decision], DECISIONS);
  for (const { rule, mode, actions, stopped } of later.rules.values()) {
    const tally = ruleOf(sum, rule, mode);
    addCounts(tally.actions, actions, ACTIONS);
    addCounts(tally.stopped, stopped, ['approve', 'reject']);
  }
}

function addCounts<Key extends string>(
  sum: Record<Key, number>,
  later: Readonly<Record<Key, number>>,
  keys: readonly Key[],
): void {
  for (const key of keys) sum[key] += later[key];
}
