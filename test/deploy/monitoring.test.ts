import request from 'supertest';
import { parse } from 'yaml';
import { z } from 'zod';
import { capacitiesFor } from '../../src/limits/memory/capacities.js';
import { createMetrics } from '../../src/pipeline/metrics.js';
import { readSettings } from '../../src/settings/all.js';
import { rulesInForce } from '../../src/sites/reloading.js';
import { GOOD, inForce, limiterOf, RULES, testApp, wordRule } from '../helpers/app.js';
import { printed } from './files.js';

const Dashboard = z.object({
  title: z.string(),
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string().min(1),
      description: z.string().min(1),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
    }),
  ),
});

const Alerts = z.object({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.object({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

/** Labels that Prometheus adds, and the one of a histogram's buckets. */
const ADDED = ['instance', 'job', 'le'];

const dashboard = Dashboard.parse(JSON.parse(printed('dashboard')));
const alerts = Alerts.parse(parse(printed('alerts'))).groups.flatMap(({ rules }) => rules);

/** The labels of every metric that the service gives out, by its name, after requests of many kinds. */
const given = new Map<string, Set<string>>();
beforeAll(async () => {
  const rules = [...RULES, wordRule('goose', 'reject', { mode: 'shadow' })];
  const metrics = createMetrics(limiterOf(), ['default'], capacitiesFor());
  metrics.observeRules('default', rulesInForce(inForce(rules)));
  const { app } = testApp({
    guidelines: () => inForce(rules),
    limiter: limiterOf({ degraded: true }),
    metrics,
  });
  await request(app).post('/v1/comments').send(GOOD);
  await request(app)
    .post('/v1/comments')
    .send({ ...GOOD, text: 'idiot goose' });
  await request(app)
    .post('/v1/comments')
    .send({ ...GOOD, text: 'goose' });
  const { text } = await request(app).get('/metrics');
  for (const [, name = ''] of text.matchAll(/^# TYPE (\S+)/gm)) given.set(name, new Set());
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? /gm)) {
    const found = given.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) found.add(label);
    given.set(name, found);
  }
});

const EXPRESSIONS = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
];

test.each(EXPRESSIONS)('%s asks for what there is: %s', (_, expr) => {
  const names = expr.match(/\b(?:stet|nodejs|process)_\w+/g) ?? [];
  expect(names.length).toBeGreaterThan(0);
  expect([...given.keys()]).toEqual(expect.arrayContaining(names));
  const grouped = [...expr.matchAll(/\bby \(([^)]+)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  const selected = [...expr.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label);
  const known = [...ADDED, ...names.flatMap((name) => [...(given.get(name) ?? [])])];
  expect(known).toEqual(expect.arrayContaining([...grouped, ...selected]));
});

test('legends name labels that the query leaves', () => {
  for (const { targets } of dashboard.panels) {
    for (const { expr, legendFormat } of targets) {
      const by = /\bby \(([^)]+)\)/.exec(expr)?.[1]?.split(/,\s*/) ?? [...ADDED, 'kind'];
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(by).toContain(label);
    }
  }
});

test('panels have ids of their own, and none lies on another', () => {
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  for (const one of dashboard.panels) {
    for (const other of dashboard.panels) {
      if (one === other) continue;
      const [a, b] = [one.gridPos, other.gridPos];
      expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
    }
  }
});

test('every metric of ours stands in the dashboard', () => {
  const asked = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
  // Since when the rules are in force, the dashboard shows by their version.
  const ours = [...given.keys()].filter(
    (name) => /^stet_/.test(name) && !/_(?:bucket|sum|count)$/.test(name),
  );
  const left = ours.filter((name) => !asked.includes(name) && name !== 'stet_rules_loaded_timestamp_seconds');
  expect(left).toEqual([]);
});

test('the comment before the alerts is a configuration by which Prometheus reads /metrics, with a key', async () => {
  const comment = [...printed('alerts').matchAll(/^# {3}(.*)$/gm)].map(([, line]) => line).join('\n');
  const { rule_files: files, scrape_configs: configs } = z
    .strictObject({
      rule_files: z.array(z.string()),
      scrape_configs: z.tuple([
        z.strictObject({
          job_name: z.string(),
          metrics_path: z.string(),
          authorization: z.strictObject({ type: z.literal('Bearer'), credentials_file: z.string() }),
          static_configs: z.array(z.strictObject({ targets: z.array(z.string()) })),
        }),
      ]),
    })
    .parse(parse(comment));
  expect(files).toHaveLength(1);
  const [{ metrics_path: path, authorization, static_configs: targets }] = configs;
  expect(targets[0]?.targets[0]).toMatch(new RegExp(`:${readSettings({}).http.port}$`));
  const { app } = testApp({ env: { API_KEYS: 'key-of-ours' } });
  expect((await request(app).get(path)).status).toBe(401);
  const answer = await request(app).get(path).set('authorization', `${authorization.type} key-of-ours`);
  expect(answer.status).toBe(200);
});

test('there are six alerts', () => {
  expect(alerts.map(({ alert }) => alert)).toEqual([
    'StetLimiterAlone',
    'StetRulesNotInForce',
    'StetKeysNotInForce',
    'StetClassifierAway',
    'StetFeedbackNotKept',
    'StetRefusesComments',
  ]);
});
