import request from 'supertest';
import { inForce, testApp, wordRule } from '../helpers/app.js';

/** The lines of /metrics that tell of rules. */
async function ruleLines(app: ReturnType<typeof testApp>['app']): Promise<string[]> {
  const { text } = await request(app).get('/metrics');
  return text
    .split('\n')
    .filter((line) => /^stet_(?:rule_actions|shadow_verdict_changes)_total\{/.test(line))
    .sort();
}

const judge = (app: ReturnType<typeof testApp>['app'], text: string) =>
  request(app)
    .post('/v1/comments')
    .send({ text, user: { id: 'reader-1' } });

const RULES = [
  wordRule('idiot', 'reject'),
  wordRule('perhaps', 'review'),
  wordRule('link', 'flag'),
  wordRule('goose', 'reject', { mode: 'shadow' }),
  wordRule('maybe', 'review', { mode: 'shadow' }),
  wordRule('note', 'flag', { mode: 'shadow' }),
];

describe('what rules did, and what those in shadow mode would have done', () => {
  test.each<{ text: string; verdict: string; lines: string[] }>([
    { text: 'Fine.', verdict: 'approve', lines: [] },
    { text: 'idiot', verdict: 'reject', lines: ['actions no-idiot reject enforce'] },
    { text: 'a link', verdict: 'approve', lines: ['actions no-link flag enforce'] },
    {
      text: 'goose',
      verdict: 'approve',
      lines: ['actions no-goose reject shadow', 'changes no-goose approve reject'],
    },
    {
      text: 'perhaps a goose',
      verdict: 'review',
      lines: [
        'actions no-goose reject shadow',
        'actions no-perhaps review enforce',
        'changes no-goose review reject',
      ],
    },
    {
      text: 'idiot, goose',
      verdict: 'reject',
      lines: ['actions no-goose reject shadow', 'actions no-idiot reject enforce'],
    },
    {
      text: 'perhaps, maybe',
      verdict: 'review',
      lines: ['actions no-maybe review shadow', 'actions no-perhaps review enforce'],
    },
    {
      text: 'maybe a goose',
      verdict: 'approve',
      lines: [
        'actions no-goose reject shadow',
        'actions no-maybe review shadow',
        'changes no-goose approve reject',
        'changes no-maybe approve review',
      ],
    },
    { text: 'note', verdict: 'approve', lines: ['actions no-note flag shadow'] },
  ])('$text', async ({ text, verdict, lines }) => {
    const { app } = testApp({ guidelines: () => inForce(RULES) });
    expect((await judge(app, text)).body.verdict).toBe(verdict);
    expect(await ruleLines(app)).toEqual(lines.map(written));
  });
});

/** A line of /metrics, from its labels without their names. */
function written(short: string): string {
  const [metric, rule, second, third] = short.split(' ');
  return metric === 'actions'
    ? `stet_rule_actions_total{site="default",rule="${rule}",action="${second}",mode="${third}",source="comment"} 1`
    : `stet_shadow_verdict_changes_total{site="default",rule="${rule}",from="${second}",to="${third}",source="comment"} 1`;
}

test('rules that are gone after a reload are told of no more; the others are counted on', async () => {
  let current = inForce(RULES);
  const { app } = testApp({ guidelines: () => current });
  await judge(app, 'idiot, goose, perhaps');
  await judge(app, 'goose');
  expect(await ruleLines(app)).toHaveLength(4);
  current = inForce(RULES.filter((rule) => rule.id !== 'no-goose'));
  await judge(app, 'idiot');
  expect(await ruleLines(app)).toEqual([
    'stet_rule_actions_total{site="default",rule="no-idiot",action="reject",mode="enforce",source="comment"} 2',
    'stet_rule_actions_total{site="default",rule="no-perhaps",action="review",mode="enforce",source="comment"} 1',
  ]);
});
