import request from 'supertest';
import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import { DETECTORS } from '../../src/detectors/index.js';
import { compileGuidelines } from '../../src/guidelines/compile/compile.js';
import { loadGuidelines } from '../../src/guidelines/load.js';
import { type Budget, budgetFor, deadlineFrom } from '../../src/moderation/budget.js';
import { judge, type RuleResult, toVerdict } from '../../src/moderation/moderate.js';
import type { Exception, Observe, Rule, Ruleset } from '../../src/moderation/ruleset.js';
import type { Action } from '../../src/moderation/verdict.js';
import { defineDetector, NOTHING, z } from '../../src/plugin.js';
import { inForce, testApp, wordRule } from '../helpers/app.js';
import { HOSTILE_PIECES, textsOf } from '../helpers/hostile-texts.js';

const TODAY = '2026-11-24';
const TEXT = 'An idiot, perhaps.';

function judged(ruleset: Ruleset, budget?: Budget, text = TEXT): readonly RuleResult[] {
  const comment = new Comment(text);
  return judge(comment, readLinear(comment), ruleset, TODAY, budget);
}

function rulesetOf(...rules: Rule[]): Ruleset {
  return inForce(rules).guidelines.ruleset;
}

/** Spends steps for ever, as a detector does that compares everything with everything. */
const endless: Observe = (_comment, _hits, _reading, steps) => {
  for (;;) steps.spend(1000);
};

/** The same, but it catches what it is not to catch, and says that all is well. */
const stubborn: Observe = (...asked) => {
  try {
    return endless(...asked);
  } catch {
    return { score: 0, spans: [] };
  }
};

/** A rule that finds nothing before it has spent all steps. */
function slowRule(action: Action, also: Partial<Rule> = {}, observe: Observe = endless): Rule {
  const rule = wordRule('slow', action, also);
  const [condition] = rule.conditions;
  if (!condition) throw new Error('the rule has no condition');
  return { ...rule, conditions: [{ ...condition, detector: 'slow', observe }] };
}

const slow = slowRule('flag');
const reject = wordRule('idiot', 'reject');
const review = wordRule('perhaps', 'review');
const flag = wordRule('An', 'flag');
const exception: Exception = { label: 'detector slow', group: undefined, detector: 'slow', observe: endless };

test.each<{ what: string; rules: Rule[]; verdict: string; by: string[]; cut: string[] }>([
  {
    what: 'nothing found before',
    rules: [slow, reject, review],
    verdict: 'review',
    by: [],
    cut: ['no-slow', 'no-idiot', 'no-perhaps'],
  },
  {
    what: 'a reject found before stays',
    rules: [reject, slow, review],
    verdict: 'reject',
    by: ['no-idiot'],
    cut: ['no-slow', 'no-perhaps'],
  },
  {
    what: 'a review found before stays',
    rules: [review, slow, reject],
    verdict: 'review',
    by: ['no-perhaps'],
    cut: ['no-slow', 'no-idiot'],
  },
  {
    what: 'a flag found before is not enough',
    rules: [flag, slow, reject],
    verdict: 'review',
    by: ['no-An'],
    cut: ['no-slow', 'no-idiot'],
  },
  {
    what: 'what a rule has found before its slow condition stays',
    rules: [{ ...reject, conditions: [...reject.conditions, ...slow.conditions] }, review],
    verdict: 'reject',
    by: ['no-idiot'],
    cut: ['no-idiot', 'no-perhaps'],
  },
  {
    what: 'words that may be excepted are not held against the comment',
    rules: [{ ...reject, exceptions: [exception] }, review],
    verdict: 'review',
    by: [],
    cut: ['no-idiot', 'no-perhaps'],
  },
  {
    what: 'a detector that goes on all the same is cut like the others',
    rules: [slowRule('flag', {}, stubborn), reject],
    verdict: 'review',
    by: [],
    cut: ['no-slow', 'no-idiot'],
  },
  {
    what: 'a rule for other articles is not missed',
    rules: [slow, { ...reject, appliesTo: () => false }],
    verdict: 'review',
    by: [],
    cut: ['no-slow'],
  },
  {
    what: 'a rule in shadow mode takes nothing from those that decide',
    rules: [slowRule('reject', { mode: 'shadow' }), review, { ...reject, mode: 'shadow' }],
    verdict: 'review',
    by: ['no-perhaps'],
    cut: ['no-slow', 'no-idiot'],
  },
  {
    what: 'rules in shadow mode that are cut have no say',
    rules: [slowRule('reject', { mode: 'shadow' }), wordRule('absent', 'reject')],
    verdict: 'approve',
    by: [],
    cut: ['no-slow'],
  },
  {
    what: 'nothing slow',
    rules: [reject, review],
    verdict: 'reject',
    by: ['no-idiot', 'no-perhaps'],
    cut: [],
  },
])('once the steps are spent: $what', ({ rules, verdict, by, cut }) => {
  const results = judged(rulesetOf(...rules));
  const given = toVerdict(results, 'v');
  expect(results.map(({ rule }) => rule.id)).toEqual(rules.map(({ id }) => id));
  expect(results.filter(({ isCut }) => isCut).map(({ rule }) => rule.id)).toEqual(cut);
  expect(results.flatMap(({ failed }) => failed)).toEqual([]);
  expect([given.verdict, given.reasons.map(({ rule }) => rule)]).toEqual([verdict, by]);
  const deciding = results.some(({ isCut, rule }) => isCut && rule.mode === 'enforce');
  expect(given.isCut).toBe(deciding || undefined);
  expect(Object.keys(given.scores)).toEqual(rules.map(({ id }) => id));
  expect(judged(rulesetOf(...rules))).toEqual(results);
});

/** How many steps a detector gets, to the thousand, before it is cut. */
function stepsBeforeCut(text: string, questions: number): number {
  let taken = 0;
  const counting: Observe = (_comment, _hits, _reading, steps) => {
    for (;;) {
      steps.spend(1000);
      taken += 1000;
    }
  };
  const rule = slowRule('flag', {}, counting);
  judged(
    rulesetOf({ ...rule, conditions: rule.conditions.flatMap((one) => Array(questions).fill(one)) }),
    undefined,
    text,
  );
  return taken;
}

test.each<[characters: number, questions: number]>([
  [10, 1],
  [10_000, 1],
  [10_000, 60],
  [100_000, 600],
])('%i characters and %i conditions: steps in proportion to both', (characters, questions) => {
  const all = (1000 + 20 * questions) * (1000 + characters);
  // To be asked costs a step for each character.
  const expected = all - characters;
  const taken = stepsBeforeCut('a'.repeat(characters), questions);
  expect(taken).toBeLessThanOrEqual(expected);
  expect(taken).toBeGreaterThan(expected - 1000);
});

test.each([-1, Number.NaN])('a detector that spends %d steps is broken, and nothing is cut', (count) => {
  const nonsense: Observe = (_comment, _hits, _reading, steps) => {
    steps.spend(count);
    return { score: 1, spans: [] };
  };
  const results = judged(rulesetOf(slowRule('reject', {}, nonsense), review));
  expect(results.map(({ failed, isCut }) => [failed, isCut])).toEqual([
    [['slow'], false],
    [[], false],
  ]);
});

/** What each protocol makes of a comment that is cut. */
test.each<[path: string, type: string, body: string, told: RegExp]>([
  [
    '/v1/comments?dryRun=true',
    'application/json',
    '{"text": "Yes."}',
    /"verdict":"review".*"degraded":\["budget"\]/,
  ],
  [
    '/v1/moderations',
    'application/json',
    '{"input": "Yes."}',
    /"stet":\{"verdict":"review","reasons":\[\]\}/,
  ],
  [
    '/coral',
    'application/json',
    '{"comment": {"body": "Yes."}, "author": {"id": "a"}}',
    /"status":"SYSTEM_WITHHELD"/,
  ],
  [
    '/1.1/comment-check',
    'application/x-www-form-urlencoded',
    'blog=b&user_ip=1.1.1.1&comment_content=Yes.',
    /^true$/,
  ],
  [
    '/v1alpha1/comments:analyze',
    'application/json',
    '{"comment": {"text": "Yes."}, "requestedAttributes": {"LIKELY_TO_REJECT": {}}}',
    /"summaryScore":\{"value":0\.8/,
  ],
])('%s holds a comment whose steps are spent, and it is counted', async (path, type, body, told) => {
  const { app } = testApp({ guidelines: () => inForce([slow, reject]) });
  const answer = await request(app).post(path).set('content-type', type).send(body);
  expect(answer.text).toMatch(told);
  const { text } = await request(app).get('/metrics');
  expect(text).toContain('stet_degraded_verdicts_total{site="default",what="budget"} 1');
});

test('the sentences of a comment have one budget together', async () => {
  let asked = 0;
  const rule = slowRule('flag', {}, (comment, _hits, _reading, steps) => {
    asked += 1;
    if (comment.text.length < 50) steps.spend(200_000);
    return { score: 0, spans: [] };
  });
  const { app } = testApp({ guidelines: () => inForce([rule]) });
  const { status } = await request(app)
    .post('/v1alpha1/comments:analyze')
    .send({
      comment: { text: 'They said so again. '.repeat(50) },
      requestedAttributes: { LIKELY_TO_REJECT: {} },
      spanAnnotations: true,
    });
  expect(status).toBe(200);
  // The comment itself, and as many sentences as 1,020 steps for each of 2,000 characters allow; the next is cut.
  expect(asked).toBe(1 + 11);
});

describe('a detector that counts no steps', () => {
  /** Judges by a detector that takes so long, by a clock of its own, and by a rule before it and one after it. */
  function judgedLate(ms: number, rules: (late: Rule) => Rule[]) {
    let now = 5_000;
    const late = slowRule('flag', {}, () => {
      now += ms;
      return { score: 0, spans: [] };
    });
    const ruleset = rulesetOf(...rules(late));
    const budget = budgetFor(
      new Comment(TEXT),
      ruleset,
      deadlineFrom(() => now),
    );
    return toVerdict(judged(ruleset, budget), 'v');
  }

  test.each<[ms: number, rules: (late: Rule) => Rule[], verdict: string, isCut: true | undefined]>([
    [2_000, (late) => [late, review], 'review', undefined],
    [2_000, (late) => [late, wordRule('absent', 'reject')], 'approve', undefined],
    [2_001, (late) => [late, wordRule('absent', 'reject')], 'review', true],
    [2_001, (late) => [late, reject], 'review', true],
    [2_001, (late) => [reject, late, review], 'reject', true],
    // Nothing comes after it.
    [60_000, (late) => [reject, late], 'reject', undefined],
    [60_000, (late) => [late], 'approve', undefined],
  ])('and takes %i ms: case %#', (ms, rules, verdict, isCut) => {
    expect(judgedLate(ms, rules)).toMatchObject({ verdict });
    expect(judgedLate(ms, rules).isCut).toBe(isCut);
  });
});

test.each(['', '    expression: yes\n'])('a detector of one’s own can spend steps: %j', (option) => {
  const detector = defineDetector({
    name: 'pairs',
    options: z.strictObject({ expression: z.boolean().default(false) }),
    prepare: ({ expression }) => ({
      ...(expression && { expression: 'idiot' }),
      detect: ({ text }, _hits, _reading, steps) => {
        steps.spend(text.length ** 4);
        return NOTHING;
      },
    }),
  });
  const file = `id: pairs\nguideline: G.\nmessage: M.\naction: flag\nwhen:\n  - detector: pairs\n${option.replace('yes', 'true')}`;
  const { ruleset } = compileGuidelines(new Map([['pairs.yaml', file]]), [...DETECTORS, detector]);
  const verdictOn = (text: string) => {
    const { verdict, isCut } = toVerdict(judged(ruleset, undefined, text), 'v');
    return [verdict, isCut];
  };
  expect(verdictOn('idiot')).toEqual(['approve', undefined]);
  expect(verdictOn('idiot '.repeat(50))).toEqual(['review', true]);
});

test('no text comes near it by the default rules: a twentieth of the steps is the most', async () => {
  const { ruleset } = await loadGuidelines('rules', { examples: false });
  const costly = textsOf(HOSTILE_PIECES).flatMap(([what, make]) => {
    const comment = new Comment(make(300));
    const budget = budgetFor(comment, ruleset);
    const all = budget.left;
    judge(comment, readLinear(comment), ruleset, TODAY, budget);
    const share = (all - budget.left) / all;
    expect(share).toBeGreaterThan(0.001);
    return share > 1 / 20 ? [`${what}: ${share}`] : [];
  });
  expect(costly).toEqual([]);
});
