import request from 'supertest';
import { inForce, testApp, wordRule } from '../../helpers/app.js';

/** The clock of the test app stands at noon of 24 November 2026, UTC. */
test.each([
  { rule: {}, enabled: true },
  { rule: { enabled: false }, enabled: false },
  { rule: { expires: '2026-11-24' }, enabled: true },
  { rule: { expires: '2026-11-23' }, enabled: false },
  { rule: { expires: '2026-12-31', enabled: false }, enabled: false },
])('a rule with $rule is enabled: $enabled', async ({ rule, enabled }) => {
  const { app } = testApp({ guidelines: () => inForce([wordRule('a', 'flag', { owner: 'desk', ...rule })]) });
  const { body } = await request(app).get('/v1/rules');
  expect(body.rules[0]).toMatchObject({ enabled, owner: 'desk', action: 'flag' });
  expect(body.rules[0].expires).toBe(rule.expires);
});

test('lists the rules in force', async () => {
  const { body } = await request(testApp().app).get('/v1/rules');
  expect(body.rules).toHaveLength(2);
  expect(body.rules[0]).toEqual({
    id: 'no-idiot',
    file: 'no-idiot.yaml',
    guideline: 'Comments cannot say idiot.',
    message: 'Please do not say idiot.',
    action: 'reject',
    mode: 'enforce',
    enabled: true,
    counts: { phrases: 1, patterns: 0, examples: 0 },
  });
  expect(body).toMatchObject({ loadedAt: '2026-11-01T10:00:00.000Z', errors: [] });
  expect(body.rulesVersion).toMatch(/^sha256:/);
});

test('tells why a later edit is not in force', async () => {
  const mistake = { file: 'abuse.yaml', line: 3, column: 1, message: 'there is no field "acton"' };
  const { app: failed } = testApp({ guidelines: () => inForce([], { lastFailure: [mistake] }) });
  expect((await request(failed).get('/v1/rules')).body).toMatchObject({ rules: [], errors: [mistake] });
});
