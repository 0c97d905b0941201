import { readLinear } from '../../classifier/linear/linear.js';
import { Comment } from '../../comment/comment.js';
import { judge } from '../../moderation/moderate.js';
import type { Ruleset } from '../../moderation/ruleset.js';
import { ACTIONS } from '../../moderation/verdict.js';
import { shareOf } from '../../statistics.js';
import type { Figure } from './figure.js';
import type { FigureGroup } from './subject.js';
import { FLAGGED, toxicityOf } from './toxicity-score.js';
import { type Expected, WEAKNESSES } from './weakness-sentences.js';

/** The rules that speak of abuse. */
const RULES: ReadonlySet<string> = new Set(['abuse', 'personal-attack']);

/** Where counting words fails: how many sentences of each kind become what they shall. */
export const weaknesses: FigureGroup = {
  name: 'weaknesses',
  reads: [],
  measure: async ({ ruleset, today }) =>
    Object.entries(WEAKNESSES).map(([name, rows]): Figure => {
      const right = rows.filter(([text, expected]) => isAsExpected(text, expected, ruleset, today)).length;
      const rightAlone = rows.filter(([text, expected]) => looksAbusive(text) === (expected !== 'approve'));
      return {
        id: `weakness-${name.replaceAll(' ', '-')}`,
        what: `own sentences, ${name}: judged as they shall`,
        unit: 'share',
        ...shareOf(right, rows.length),
        count: rows.length,
        better: 'higher',
        beside: [{ name: 'classifier alone', value: rightAlone.length / rows.length }],
      };
    }),
};

/** Whether the rules on abuse and on personal attacks do about a text what is expected. */
export function isAsExpected(text: string, expected: Expected, ruleset: Ruleset, today: string): boolean {
  const comment = new Comment(text);
  const actions = judge(comment, readLinear(comment), ruleset, today)
    .filter(({ rule }) => RULES.has(rule.id))
    .map(({ action }) => action);
  const strictest = ACTIONS.findLast((action) => actions.includes(action));
  const isStopped = strictest === 'review' || strictest === 'reject';
  if (expected === 'approve') return !isStopped;
  return expected === 'stopped' ? isStopped : strictest === expected;
}

function looksAbusive(text: string): boolean {
  return toxicityOf(text) >= FLAGGED;
}
