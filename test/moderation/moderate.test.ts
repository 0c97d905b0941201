import { Comment } from '../../src/comment/comment.js';
import { moderate } from '../../src/index.js';
import type { Rule } from '../../src/moderation/ruleset.js';
import { inForce, wordRule } from '../helpers/app.js';

const TODAY = '2026-11-24';

/** Two rules, `a` and `b`, that both fire: what comes of it. */
test.each<{
  a: [Rule['action'], Partial<Rule>?];
  b: [Rule['action'], Partial<Rule>?];
  verdict: string;
  by: string[];
}>([
  { a: ['reject'], b: ['review'], verdict: 'reject', by: ['a reject', 'b review'] },
  { a: ['review'], b: ['reject'], verdict: 'reject', by: ['b reject', 'a review'] },
  { a: ['flag'], b: ['review'], verdict: 'review', by: ['b review', 'a flag'] },
  { a: ['flag'], b: ['flag'], verdict: 'approve', by: ['a flag', 'b flag'] },
  { a: ['reject', { mode: 'shadow' }], b: ['review'], verdict: 'review', by: ['b review'] },
  { a: ['reject', { mode: 'shadow' }], b: ['flag'], verdict: 'approve', by: ['b flag'] },
  { a: ['flag', { mode: 'shadow' }], b: ['flag', { mode: 'shadow' }], verdict: 'approve', by: [] },
  { a: ['reject', { enabled: false }], b: ['review'], verdict: 'review', by: ['b review'] },
  { a: ['reject', { expires: '2026-11-23' }], b: ['review'], verdict: 'review', by: ['b review'] },
  { a: ['reject', { expires: TODAY }], b: ['review'], verdict: 'reject', by: ['a reject', 'b review'] },
  { a: ['reject', { appliesTo: () => false }], b: ['review'], verdict: 'review', by: ['b review'] },
])('$a and $b: $verdict', ({ a, b, verdict, by }) => {
  const rules = [wordRule('one', a[0], { id: 'a', ...a[1] }), wordRule('two', b[0], { id: 'b', ...b[1] })];
  const { ruleset } = inForce(rules).guidelines;
  const result = moderate(new Comment('one, two'), ruleset, TODAY);
  expect(result.verdict).toBe(verdict);
  expect(result.reasons.map(({ rule, action }) => `${rule} ${action}`)).toEqual(by);
});

test('a rule in shadow mode is scored like any other', () => {
  const rules = [
    wordRule('one', 'reject', { mode: 'shadow' }),
    wordRule('two', 'review', { mode: 'shadow' }),
  ];
  const { scores } = moderate(new Comment('one'), inForce(rules).guidelines.ruleset, TODAY);
  expect(scores).toEqual({ 'no-one': 0.97, 'no-two': 0.1 });
});
