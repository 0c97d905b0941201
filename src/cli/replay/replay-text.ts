import pc from 'picocolors';
import type { Mistake } from '../../guidelines/guidelines.js';
import { DECISIONS } from '../../moderation/verdict.js';
import type { Estimate } from '../../statistics.js';
import type { Group, ReplayCounts, Sample, Side } from '../../threads/replay/counts.js';
import { tableLines } from '../table.js';
import { CONTROLS, PAINT } from '../verdict-text.js';
import {
  type Agreement,
  agreements,
  decidedBy,
  headingOf,
  inReadingOrder,
  type RuleFigures,
  ruleRows,
} from './figures.js';

/** What a replay came to. */
export interface Replayed {
  readonly tally: ReplayCounts;
  /** Versions of the rules. */
  readonly versions: { readonly before: string | undefined; readonly after: string };
  /** The examples in the draft that do not hold. */
  readonly failures: readonly Mistake[];
}

/** For programs. */
export function toJson({ tally, versions, failures }: Replayed): string {
  const { comments, before, after, unread } = tally;
  const hasDecisions = decidedBy('approve', after) + decidedBy('reject', after) > 0;
  const decisions = hasDecisions && {
    approve: decidedBy('approve', after),
    reject: decidedBy('reject', after),
    ...(before && { before: agreements(before) }),
    after: agreements(after),
  };
  const content = {
    rulesVersion: versions,
    comments,
    ...(before && { changed: changedIn(tally) }),
    verdicts: { ...(before && { before: before.verdicts }), after: after.verdicts },
    groups: inReadingOrder(tally),
    rules: ruleRows(tally),
    ...(decisions && { decisions }),
    unread,
    failingExamples: failures,
  };
  return JSON.stringify(content, null, 2);
}

function changedIn({ groups }: ReplayCounts): number {
  return [...groups.values()].reduce((sum, group) => sum + group.count, 0);
}

/** For people, in lines without an end. */
export function toText(replayed: Replayed): string {
  const { tally } = replayed;
  const { before, after, comments } = tally;
  const parts = [
    before ? changesOf(tally) : undefined,
    ...inReadingOrder(tally).map(showGroup),
    showVerdicts(before, after),
    showRules(tally),
    showAgreements(before, after),
    `${number(comments)} comments judged${before ? `, ${share(changedIn(tally), comments)} get another verdict` : ''}`,
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function changesOf(tally: ReplayCounts): string | undefined {
  return changedIn(tally) === 0 ? 'no verdict changes' : undefined;
}

function showGroup(group: Group): string {
  const { to, rule, count, samples } = group;
  const paint = PAINT[to];
  const heading = `${paint(headingOf(group))} by ${pc.bold(rule)}: ${number(count)}`;
  const more = count - samples.length;
  return [
    heading,
    ...samples.flatMap(showSample),
    ...(more > 0 && samples.length > 0 ? [pc.dim(`  and ${number(more)} more`)] : []),
  ].join('\n');
}

function showSample(sample: Sample): string[] {
  const { file, line, id, score, note, also } = sample;
  const place = `${file === '-' ? 'line ' : `${file}:`}${line}${id === undefined ? '' : ` (${clean(id)})`}`;
  const more = [
    `${score.toFixed(2)} sure`,
    ...(note === undefined ? [] : [clean(note)]),
    ...(also.length > 0 ? [`${also.join(', ')} as well`] : []),
  ];
  return [`  ${pc.dim(`${place}: ${more.join('; ')}`)}`, `    ${showExcerpt(sample)}`];
}

/** The text on one line, the words at fault marked: in colour, or in brackets where there is none. */
function showExcerpt({ text, spans, cut }: Sample): string {
  let at = 0;
  let line = cut.before ? '…' : '';
  for (const { start, end } of spans) {
    line += clean(text.slice(at, start)) + mark(clean(text.slice(start, end)));
    at = end;
  }
  return `${line}${clean(text.slice(at))}${cut.after ? '…' : ''}`;
}

function mark(words: string): string {
  return pc.isColorSupported ? pc.red(pc.underline(words)) : `[${words}]`;
}

/** Without what would steer a terminal. */
function clean(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROLS, '\u00b7');
}

function showVerdicts(before: Side | undefined, after: Side): string {
  const counts = (side: Side) => DECISIONS.map((decision) => number(side.verdicts[decision]));
  const rows = [['verdicts', ...DECISIONS]];
  if (before) rows.push(['before', ...counts(before)]);
  rows.push([before ? 'after' : 'draft', ...counts(after)]);
  return columns(rows);
}

function showRules(tally: ReplayCounts): string | undefined {
  const rows = ruleRows(tally);
  if (rows.length === 0) return undefined;
  const hasDecisions = decidedBy('reject', tally.after) > 0;
  const change = (
    was: RuleFigures | undefined,
    is: RuleFigures | undefined,
    of: (f: RuleFigures) => string,
  ) => {
    const now = is ? of(is) : '–';
    const then = was ? of(was) : '–';
    return !tally.before || then === now ? now : `${then} → ${now}`;
  };
  return columns([
    ['rule', 'flag', 'review', 'reject', ...(hasDecisions ? ['precision', 'recall'] : [])],
    ...rows.map(({ rule, before, after }) => [
      (after ?? before)?.mode === 'shadow' ? `${rule} (shadow)` : rule,
      change(before, after, ({ actions }) => number(actions.flag)),
      change(before, after, ({ actions }) => number(actions.review)),
      change(before, after, ({ actions }) => number(actions.reject)),
      ...(hasDecisions
        ? [
            change(before, after, ({ precision }) => percent(precision)),
            change(before, after, ({ recall }) => percent(recall)),
          ]
        : []),
    ]),
  ]);
}

function showAgreements(before: Side | undefined, after: Side): string | undefined {
  const rejected = decidedBy('reject', after);
  const approved = decidedBy('approve', after);
  if (rejected + approved === 0) return undefined;
  const told = `moderators approved ${number(approved)} and rejected ${number(rejected)} of them`;
  if (rejected === 0) return told;
  const row = (name: string, { precision, recall }: Agreement) => [
    name,
    withRange(precision),
    withRange(recall),
  ];
  const rowsOf = (side: Side, name: string) => [
    row(`${name}, rejected`, agreements(side).rejected),
    row(`${name}, rejected or held`, agreements(side).rejectedOrHeld),
  ];
  const rows = [...(before ? rowsOf(before, 'before') : []), ...rowsOf(after, before ? 'after' : 'draft')];
  return `${told}\n${columns([['', 'precision', 'recall'], ...rows])}`;
}

function percent(estimate: Estimate | undefined): string {
  return estimate ? `${(estimate.value * 100).toFixed(1)}%` : '–';
}

function withRange(estimate: Estimate | undefined): string {
  if (!estimate) return '–';
  return `${percent(estimate)} (${(estimate.low * 100).toFixed(1)} to ${(estimate.high * 100).toFixed(1)})`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? number(part) : `${number(part)} (${((part / whole) * 100).toFixed(2)}%)`;
}

const NUMBER = new Intl.NumberFormat('en-GB');

function number(value: number): string {
  return NUMBER.format(value);
}

/** The first column set to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  return tableLines(rows, ['left']).join('\n');
}
