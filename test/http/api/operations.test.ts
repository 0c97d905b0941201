import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import request from 'supertest';
import { z } from 'zod';
import { PROBLEMS } from '../../../src/http/problem-codes.js';
import { GOOD, inForce, limiterOf, RULES, testApp, VERSION, wordRule } from '../../helpers/app.js';

describe('probes', () => {
  const { app } = testApp();

  test('/livez answers while the process works', async () => {
    expect((await request(app).get('/livez')).body).toEqual({ status: 'ok' });
  });

  test.each([
    { kind: 'memory', healthy: true },
    { kind: 'redis', healthy: true },
    { kind: 'redis', healthy: false },
  ] as const)(
    '/readyz tells of a limiter in $kind, healthy: $healthy, and is ready',
    async ({ kind, healthy }) => {
      const { app: probed } = testApp({ limiter: limiterOf({}, { kind, healthy }) });
      const answer = await request(probed).get('/readyz');
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        status: 'ready',
        rules: { version: VERSION, count: 2 },
        limiter: { kind, healthy },
        classifier: { kind: 'linear', healthy: true },
        keys: { stale: false },
        sites: { default: { version: VERSION, count: 2 } },
      });
    },
  );
});

describe('/metrics', () => {
  test('counts what was judged, what fired and what was answered', async () => {
    const rules = [...RULES, wordRule('again', 'review', { mode: 'shadow' })];
    const { app } = testApp({
      guidelines: () => inForce(rules),
      limiter: limiterOf({}, { kind: 'redis', healthy: false }),
    });
    await request(app).post('/v1/comments').send(GOOD);
    await request(app)
      .post('/v1/comments')
      .send({ ...GOOD, text: 'idiot, perhaps' });
    await request(app).post('/v1/comments?dryRun=true').send({ text: 'idiot' });
    await request(app).post('/v1/comments').send({});
    await request(app).get('/not/a/route');
    const answer = await request(app).get('/metrics');
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    for (const line of [
      'stet_verdicts_total{site="default",decision="approve",source="comment"} 1',
      'stet_verdicts_total{site="default",decision="reject",source="comment"} 1',
      'stet_verdicts_total{site="default",decision="reject",source="dry-run"} 1',
      'stet_rule_actions_total{site="default",rule="no-idiot",action="reject",mode="enforce",source="comment"} 1',
      'stet_rule_actions_total{site="default",rule="no-idiot",action="reject",mode="enforce",source="dry-run"} 1',
      'stet_rule_actions_total{site="default",rule="no-perhaps",action="review",mode="enforce",source="comment"} 1',
      'stet_rule_actions_total{site="default",rule="no-again",action="review",mode="shadow",source="comment"} 1',
      'stet_http_request_duration_seconds_count{route="/v1/comments",status="200"} 3',
      'stet_http_request_duration_seconds_count{route="/v1/comments",status="400"} 1',
      'stet_http_request_duration_seconds_count{route="none",status="404"} 1',
      'stet_judging_duration_seconds_count 3',
      'stet_limiter_healthy{kind="redis"} 0',
    ]) {
      expect(answer.text.split('\n')).toContain(line);
    }
    expect(answer.text).toContain('nodejs_eventloop_lag_seconds');
    expect(answer.text).not.toContain('reader-1');
  });

  test("follow Prometheus' rules for names, as promtool checks them", async () => {
    const { app } = testApp();
    await request(app).post('/v1/comments').send(GOOD);
    const { text } = await request(app).get('/metrics');
    const helped = new Set([...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name));
    const metrics = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({
      name,
      type,
    }));
    expect(metrics.length).toBeGreaterThan(20);
    const faults = metrics.flatMap(({ name, type }) => [
      ...(helped.has(name) ? [] : [`${name} has no help`]),
      ...namingFaults(name, type),
    ]);
    expect(faults).toEqual([]);
  });

  test.each<[name: string, type: string, faults: string[]]>([
    ['stet_verdicts_total', 'counter', []],
    ['stet_verdicts', 'counter', ['stet_verdicts: a counter ends in _total']],
    ['stet_open_total', 'gauge', ['stet_open_total: only a counter ends in _total']],
    ['stet_wait_milliseconds', 'gauge', ['stet_wait_milliseconds: milliseconds is no base unit']],
    ['stet_wait_ms', 'gauge', ['stet_wait_ms: ms is an abbreviated unit']],
    ['stet:wait', 'gauge', ['stet:wait: colons are for rules that record']],
    ['stetWait', 'gauge', ['stetWait: words are separated by underscores']],
    ['stet_wait_gauge', 'gauge', ['stet_wait_gauge: the type is no part of a name']],
    ['stet_wait_count', 'gauge', ['stet_wait_count: only a histogram or a summary has a _count']],
  ])('what the test above would say of %s', (name, type, faults) => {
    expect(namingFaults(name, type)).toEqual(faults);
  });

  test('of one app know nothing of another', async () => {
    await request(testApp().app).post('/v1/comments').send(GOOD);
    expect((await request(testApp().app).get('/metrics')).text).not.toContain('stet_verdicts_total{');
  });
});

/** The rules of "promtool check metrics" for a metric's name. */
function namingFaults(name: string, type: string): string[] {
  const words = name.split('_');
  const notBase = words.find((word) => NOT_BASE.includes(word));
  const abbreviated = words.find((word) => ABBREVIATED.includes(word));
  const sampled = /_(count|sum|bucket)$/.exec(name)?.[1];
  return [
    type === 'counter' && !name.endsWith('_total') && 'a counter ends in _total',
    type !== 'counter' && name.endsWith('_total') && 'only a counter ends in _total',
    sampled !== undefined &&
      !['histogram', 'summary'].includes(type) &&
      `only a histogram or a summary has a _${sampled}`,
    name.includes(':') && 'colons are for rules that record',
    /[a-z][A-Z]/.test(name) && 'words are separated by underscores',
    words.includes(type) && 'the type is no part of a name',
    notBase !== undefined && `${notBase} is no base unit`,
    abbreviated !== undefined && `${abbreviated} is an abbreviated unit`,
  ]
    .filter((fault) => fault !== false)
    .map((fault) => `${name}: ${fault}`);
}

const NOT_BASE = [
  'milliseconds',
  'microseconds',
  'nanoseconds',
  'minutes',
  'hours',
  'days',
  'weeks',
  'kilobytes',
  'megabytes',
  'gigabytes',
  'bits',
  'percent',
  'kelvins',
  'grams',
];
const ABBREVIATED = ['s', 'ms', 'us', 'ns', 'sec', 'b', 'kb', 'mb', 'gb', 'tb', 'pb', 'm', 'h', 'd'];

const ROUTES = [
  'post /v1/comments',
  'post /v1/comments/batch',
  'get /v1/rules',
  'post /v1/rules/preview',
  'post /coral',
  'post /1.1/verify-key',
  'post /1.1/comment-check',
  'post /1.1/submit-spam',
  'post /1.1/submit-ham',
  'post /v1alpha1/comments:analyze',
  'post /v1alpha1/comments:suggestscore',
  'get /$discovery/rest',
  'post /v1/moderations',
  'get /livez',
  'get /readyz',
  'get /metrics',
  'get /openapi.json',
  'get /docs',
];

describe('/openapi.json', () => {
  const config = { apiKeys: ['key-of-ours'], maxCommentChars: 300, port: 3000 };
  const { app } = testApp({ config });
  const get = (path: string) => request(app).get(path).set('authorization', 'Bearer key-of-ours');

  test('describes every route in OpenAPI 3.1', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toMatch(/^3\.1\.\d$/);
    expect(body.info).toMatchObject({ title: 'Stet', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    const described = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described).toEqual(ROUTES);
  });

  test('is sound: ids once, responses described, references that lead somewhere', async () => {
    const { body } = await get('/openapi.json');
    const operations = Object.values<Record<string, Operation>>(body.paths).flatMap((methods) =>
      Object.values(methods),
    );
    const ids = operations.map((operation) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) {
      expect(operation.summary).toBeTruthy();
      for (const response of Object.values(operation.responses)) expect(response.description).toBeTruthy();
    }
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, name] of references) expect(Object.keys(body.components.schemas)).toContain(name);
  });

  test('asks for a key where one is asked for', async () => {
    const { body } = await get('/openapi.json');
    expect(body.components.securitySchemes.key).toEqual({ type: 'http', scheme: 'bearer' });
    expect(body.paths['/v1/comments'].post.security).toEqual([{ key: ['judge'] }]);
    expect(body.paths['/v1/comments'].post.description).toContain('For keys with the role judge.');
    expect(body.paths['/livez'].get.security).toEqual([]);
    expect((await request(testApp().app).get('/openapi.json')).body.paths['/metrics'].get.security).toEqual(
      [],
    );
  });

  test('has the limits that requests are checked by', async () => {
    const { body } = await get('/openapi.json');
    expect(body.components.schemas.UsersComment.properties.text).toMatchObject({
      minLength: 1,
      maxLength: 300,
    });
    expect(body.components.schemas.UsersComment.required).toEqual(['text', 'user']);
    expect(body.components.schemas.Comment.required).toEqual(['text']);
  });

  test('has nothing that a linter finds fault with', async () => {
    const { text } = await get('/openapi.json');
    const config = await createConfig({ extends: ['recommended-strict'] });
    const faults = await lintFromString({ source: text, absoluteRef: '/openapi.json', config });
    expect(
      faults.map(({ ruleId, message, location }) => `${location[0]?.pointer}: ${message} (${ruleId})`),
    ).toEqual([]);
    const wrong = text.replace('"operationId": "postV1Comments"', '"operationId": "postCoral"');
    expect(await lintFromString({ source: wrong, absoluteRef: '/openapi.json', config })).toMatchObject([
      { ruleId: 'operation-operationId-unique' },
    ]);
  });

  test('has examples that follow their own schemas', async () => {
    const { body } = await get('/openapi.json');
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(body, 'api');
    const examples = examplesIn(body);
    expect(examples.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining([
        '/components/schemas/UsersComment',
        '/components/schemas/Verdict',
        '/paths/~1v1~1comments/post/responses/200/headers/RateLimit/schema',
      ]),
    );
    const faults = examples.flatMap(({ pointer, example }) => {
      const validate = ajv.compile({ $ref: `api#${pointer}` });
      return validate(example) ? [] : [`${pointer}: ${ajv.errorsText(validate.errors)}`];
    });
    expect(faults).toEqual([]);
    const verdict = ajv.compile({ $ref: 'api#/components/schemas/Verdict' });
    expect(verdict({ ...body.components.schemas.Verdict.example, verdict: 'maybe' })).toBe(false);
  });

  test('has examples that are served', async () => {
    const { body } = await get('/openapi.json');
    const example = body.components.schemas.UsersComment.example;
    const answer = await request(app)
      .post('/v1/comments')
      .set('authorization', 'Bearer key-of-ours')
      .send(example);
    expect(answer.status).toBe(200);
  });

  test.each([
    { call: () => get('/v1/rules'), schema: 'RuleList' },
    { call: () => get('/livez'), schema: 'Liveness' },
    { call: () => get('/readyz'), schema: 'Readiness' },
    { call: () => get('/nowhere'), schema: 'Problem' },
    { call: () => request(app).get('/metrics'), schema: 'Problem' },
    { call: () => post({ ...GOOD, id: 'c', text: 'idiot' }), schema: 'Verdict' },
    { call: () => post({ text: 1 }), schema: 'Problem' },
  ])('describes what it answers: $schema', async ({ call, schema }) => {
    const { body } = await get('/openapi.json');
    expect(checker(body, schema).safeParse((await call()).body)).toMatchObject({ success: true });
    expect(checker(body, schema).safeParse({ verdict: 'maybe' }).success).toBe(false);
  });

  function post(body: object) {
    return request(app).post('/v1/comments').set('authorization', 'Bearer key-of-ours').send(body);
  }
});

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** Every example in a document, with a pointer to the schema that it should follow. */
function examplesIn(node: unknown, pointer = ''): { readonly pointer: string; readonly example: unknown }[] {
  if (typeof node !== 'object' || node === null) return [];
  const found = Object.entries(node).flatMap(([key, value]) =>
    // What stands in an example is no schema.
    key === 'example' ? [] : examplesIn(value, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`),
  );
  if (!('example' in node)) return found;
  // A field of a header or a parameter has its schema beside it; a schema is its own.
  return [{ pointer: 'schema' in node ? `${pointer}/schema` : pointer, example: node.example }, ...found];
}

/** A check by a schema of the document itself, refusing fields that it does not name. */
function checker(document: { readonly components: { readonly schemas: object } }, name: string): z.ZodType {
  const text = JSON.stringify(document.components.schemas)
    .replaceAll('#/components/schemas/', '#/$defs/')
    .replaceAll('"type":"object","properties"', '"type":"object","additionalProperties":false,"properties"');
  return z.fromJSONSchema({ $defs: JSON.parse(text), $ref: `#/$defs/${name}` });
}

describe('/docs', () => {
  test('shows every route, with an example, and fetches nothing', async () => {
    const { app } = testApp();
    const { text, headers } = await request(app).get('/docs').set('host', 'localhost:3000');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const route of ROUTES) {
      const path = route.split(' ')[1] ?? '';
      expect(text).toContain(`<code>${path}</code>`);
      expect(text).toContain(`http://localhost:3000${path}`);
    }
    for (const name of [
      'dryRun',
      'context.participants',
      'spans[].start',
      'rules[].counts.phrases',
      'violated-policies',
    ]) {
      expect(text).toContain(`<code>${name}</code>`);
    }
    expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(/i);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(text).toContain(`id="${target}"`);
  });

  test('lists every problem by its code', async () => {
    const { text } = await request(testApp().app).get('/docs');
    for (const [code, { status }] of Object.entries(PROBLEMS)) {
      expect(text).toContain(`<td><code>${code}</code></td><td>${status}</td>`);
    }
    expect(text).toContain('<code>errors</code> names each by a JSON Pointer.');
  });

  test('has its only style allowed by its hash', async () => {
    const { createHash } = await import('node:crypto');
    const { text, headers } = await request(testApp().app).get('/docs');
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  });
});

describe('what anybody may open in a browser', () => {
  test.each([{}, { env: { API_KEYS: 'key-of-ours' } }])('needs no key: %j', async (deps) => {
    const { app } = testApp(deps);
    const start = await request(app).get('/');
    expect({ status: start.status, location: start.headers.location }).toEqual({
      status: 303,
      location: '/docs',
    });
    expect((await request(app).get('/docs')).status).toBe(200);
    expect((await request(app).get('/openapi.json')).status).toBe(200);
    expect((await request(app).head('/')).status).toBe(303);
    expect((await request(app).post('/')).status).toBe(405);
  });

  test.each<[sent: Record<string, string>, env: Record<string, string>, address: string]>([
    [{ host: 'localhost:8080' }, {}, 'http://localhost:8080'],
    [{ host: 'stet.news.example' }, {}, 'http://stet.news.example'],
    [{ host: '[::1]:3000' }, {}, 'http://[::1]:3000'],
    [{ host: 'stet.example', 'x-forwarded-proto': 'https' }, {}, 'http://stet.example'],
    [
      { host: 'inner:3000', 'x-forwarded-host': 'outer.example', forwarded: 'host=outer.example' },
      {},
      'http://inner:3000',
    ],
    [{ host: 'inner:3000' }, { PUBLIC_URL: 'https://stet.example' }, 'https://stet.example'],
    [{ host: '"><script>' }, {}, 'http://localhost:3000'],
    [{ host: 'a.example/b' }, {}, 'http://localhost:3000'],
    [{ host: 'u@a.example' }, { PORT: '8080' }, 'http://localhost:8080'],
    [{ host: "a'$&" }, {}, 'http://localhost:3000'],
    [{ host: `${'a'.repeat(300)}.example` }, {}, 'http://localhost:3000'],
  ])('names the address by which it was opened: %j, %j', async (sent, env, address) => {
    // Without keys only some hosts are answered.
    const { app } = testApp({ env: { API_KEYS: 'key-of-ours', ...env } });
    const { body } = await request(app).get('/openapi.json').set(sent);
    expect(body.servers).toEqual([{ url: address }]);
    const { text } = await request(app).get('/docs').set(sent);
    const shown = address.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
    expect(text).toContain(`${shown}/v1/comments`);
    expect(text).not.toContain('address.invalid');
    expect(text).not.toContain('<script');
    const discovery = await request(app).get('/$discovery/rest').set(sent);
    expect(discovery.body.rootUrl).toBe(`${address}/`);
  });
});
