import request from 'supertest';
import { z } from 'zod';
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

  test('of one app know nothing of another', async () => {
    await request(testApp().app).post('/v1/comments').send(GOOD);
    expect((await request(testApp().app).get('/metrics')).text).not.toContain('stet_verdicts_total{');
  });
});

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
    expect(body.paths['/v1/comments'].post.security).toEqual([{ key: [] }]);
    expect(body.paths['/livez'].get.security).toEqual([]);
    expect((await request(testApp().app).get('/openapi.json')).body.paths['/docs'].get.security).toEqual([]);
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
    { call: () => request(app).get('/docs'), schema: 'Problem' },
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
    const { text, headers } = await request(app).get('/docs');
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

  test('has its only style allowed by its hash', async () => {
    const { createHash } = await import('node:crypto');
    const { text, headers } = await request(testApp().app).get('/docs');
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  });
});
