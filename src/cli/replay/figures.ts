import type { Action } from '../../moderation/verdict.js';
import { type Estimate, shareOf } from '../../statistics.js';
import type { Group, ReplayCounts, RuleCounts, Side } from '../../threads/replay/counts.js';

/** How well something agrees with moderators; each is left out where there is nothing to take it of. */
export interface Agreement {
  /** Of the comments that it stopped, the share that moderators rejected. */
  readonly precision?: Estimate;
  /** Of the comments that moderators rejected, the share that it stopped. */
  readonly recall?: Estimate;
}

/** A rule by one set of rules: how often it came to each action, and how it agrees with moderators. */
export interface RuleFigures extends Agreement {
  readonly mode: 'enforce' | 'shadow';
  readonly actions: Readonly<Record<Action, number>>;
}

/** A rule before and after; left out where it did not fire. */
export interface RuleRow {
  readonly rule: string;
  readonly before?: RuleFigures;
  readonly after?: RuleFigures;
}

/** How a set of rules agrees with moderators. */
export interface Agreements {
  /** A comment counts as stopped when it is rejected. */
  readonly rejected: Agreement;
  /** A comment counts as stopped when it is rejected or held for review. */
  readonly rejectedOrHeld: Agreement;
}

/** How many of the comments moderators decided on. */
export function decidedBy(moderators: 'approve' | 'reject', { decided }: Side): number {
  const { approve, review, reject } = decided[moderators];
  return approve + review + reject;
}

/** Rules that fired on either side, those that stop most first. */
export function ruleRows({ before, after }: ReplayCounts): RuleRow[] {
  const ids = new Set([...after.rules.keys(), ...(before?.rules.keys() ?? [])]);
  const rows = [...ids].map((rule): RuleRow => {
    const was = before?.rules.get(rule);
    const is = after.rules.get(rule);
    return {
      rule,
      ...(before && was && { before: ruleFigures(was, before) }),
      ...(is && { after: ruleFigures(is, after) }),
    };
  });
  const weight = ({ before, after }: RuleRow) => stoppedBy(after ?? before);
  return rows.sort((a, b) => weight(b) - weight(a) || (a.rule < b.rule ? -1 : 1));
}

function stoppedBy(figures: RuleFigures | undefined): number {
  return figures ? figures.actions.reject + figures.actions.review : 0;
}

function ruleFigures({ mode, actions, stopped }: RuleCounts, side: Side): RuleFigures {
  return { mode, actions, ...agreement(stopped, decidedBy('reject', side)) };
}

/** Of a set of rules as a whole. */
export function agreements(side: Side): Agreements {
  const { approve, reject } = side.decided;
  const all = decidedBy('reject', side);
  return {
    rejected: agreement({ approve: approve.reject, reject: reject.reject }, all),
    rejectedOrHeld: agreement(
      { approve: approve.reject + approve.review, reject: reject.reject + reject.review },
      all,
    ),
  };
}

function agreement(stopped: RuleCounts['stopped'], rejected: number): Agreement {
  const all = stopped.approve + stopped.reject;
  // Where moderators rejected nothing, precision would say nothing of the rule.
  if (rejected === 0) return {};
  return {
    ...(all > 0 && { precision: shareOf(stopped.reject, all) }),
    recall: shareOf(stopped.reject, rejected),
  };
}

/** Groups as a person wants to read them: newly rejected first, and the larger ones first. */
export function inReadingOrder({ groups }: ReplayCounts): Group[] {
  const rank = (group: Group) => KINDS.findIndex((kind) => kind.from === group.from && kind.to === group.to);
  return [...groups.values()].sort(
    (a, b) => rank(a) - rank(b) || b.count - a.count || (a.rule < b.rule ? -1 : 1),
  );
}

/** What a group is called. */
export function headingOf(group: Group): string {
  return KINDS.find((kind) => kind.from === group.from && kind.to === group.to)?.heading ?? group.to;
}

/** The kinds of groups in the order in which a person wants to read them. */
const KINDS: readonly (Pick<Group, 'from' | 'to'> & { readonly heading: string })[] = [
  { from: 'approve', to: 'reject', heading: 'newly rejected' },
  { from: 'review', to: 'reject', heading: 'rejected instead of held' },
  { from: 'approve', to: 'review', heading: 'newly held for review' },
  { from: 'reject', to: 'approve', heading: 'no longer rejected' },
  { from: 'reject', to: 'review', heading: 'held instead of rejected' },
  { from: 'review', to: 'approve', heading: 'no longer held' },
  { from: undefined, to: 'reject', heading: 'rejected' },
  { from: undefined, to: 'review', heading: 'held for review' },
  { from: undefined, to: 'flag', heading: 'flagged' },
];
