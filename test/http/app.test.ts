import request from 'supertest';
import { GOOD, testApp } from '../helpers/app.js';

const { app } = testApp();

describe('what is not there', () => {
  test.each(['/v1', '/v1/comment', '/V1/Comments', '/v1/comments/batch/x', '/..%2f', '/favicon.ico', '/%00'])(
    'GET %s is a 404',
    async (path) => {
      const answer = await request(app).get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ status: 404, title: 'Not Found' });
    },
  );

  test.each([
    { method: 'get', path: '/v1/comments', allow: 'POST' },
    { method: 'delete', path: '/v1/comments', allow: 'POST' },
    { method: 'put', path: '/v1/comments/batch', allow: 'POST' },
    { method: 'post', path: '/v1/rules', allow: 'GET, HEAD' },
    { method: 'patch', path: '/livez', allow: 'GET, HEAD' },
    { method: 'options', path: '/docs', allow: 'GET, HEAD' },
  ] as const)('$method $path is a 405', async ({ method, path, allow }) => {
    const answer = await request(app)[method](path);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.body).toMatchObject({ status: 405, title: 'Method Not Allowed' });
  });

  test('a HEAD request gets the head of a GET', async () => {
    const answer = await request(app).head('/docs');
    expect(answer.status).toBe(200);
    expect(answer.text).toBeUndefined();
  });
});

describe('every answer', () => {
  test.each(['/livez', '/nowhere', '/docs'])(
    'of %s has helmet on, and tells nothing of what serves it',
    async (path) => {
      const { headers } = await request(app).get(path);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('strict-transport-security');
    },
  );

  test.each([
    { sent: 'abc-123', kept: true },
    { sent: '4bf92f3577b34da6a3ce929d0e0e4736', kept: true },
    { sent: 'a'.repeat(129), kept: false },
    { sent: 'two words', kept: false },
    { sent: '{"x":1}', kept: false },
  ])('carries a request id: "$sent" is kept: $kept', async ({ sent, kept }) => {
    const answer = await request(app).get('/livez').set('x-request-id', sent);
    if (kept) expect(answer.headers['x-request-id']).toBe(sent);
    else expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('a request id', () => {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
  const SPAN = '00f067aa0ba902b7';

  test.each<{ why: string; headers: Record<string, string>; id: string | RegExp; trace?: string }>([
    {
      why: 'is the trace where there is no other',
      headers: { traceparent: `00-${TRACE}-${SPAN}-01` },
      id: TRACE,
      trace: TRACE,
    },
    {
      why: 'of its own comes before the trace, which is logged too',
      headers: { traceparent: `00-${TRACE}-${SPAN}-00`, 'x-request-id': 'abc-123' },
      id: 'abc-123',
      trace: TRACE,
    },
    {
      why: 'is the trace where its own is not sane',
      headers: { traceparent: `00-${TRACE}-${SPAN}-01`, 'x-request-id': 'two words' },
      id: TRACE,
      trace: TRACE,
    },
    {
      why: 'is read from later versions',
      headers: { traceparent: `01-${TRACE}-${SPAN}-01-more` },
      id: TRACE,
      trace: TRACE,
    },
    ...[
      `ff-${TRACE}-${SPAN}-01`,
      `00-${'0'.repeat(32)}-${SPAN}-01`,
      `00-${TRACE}-${'0'.repeat(16)}-01`,
      `00-${TRACE.toUpperCase()}-${SPAN}-01`,
      `00-${TRACE}-${SPAN}`,
      `00-${TRACE}x-${SPAN}-01`,
      'sekrit',
    ].map((traceparent) => ({
      why: `is new where traceparent is no such thing: ${traceparent}`,
      headers: { traceparent },
      id: /^[\da-f]{8}-[\da-f-]{27}$/,
    })),
  ])('$why', async ({ headers, id, trace }) => {
    const { app: traced, logs } = testApp();
    const answer = await request(traced).get('/nowhere').set(headers);
    const line = JSON.parse(logs[0] ?? '');
    expect(answer.headers['x-request-id']).toMatch(id);
    expect(line.requestId).toBe(answer.headers['x-request-id']);
    expect(line.traceId).toBe(trace);
  });
});

describe('when it is overloaded', () => {
  const { app: busy, logs } = testApp({ overload: { refuses: () => true, stop: () => {} } });

  test.each(['/v1/comments', '/v1/comments?dryRun=true', '/v1/comments/batch', '/v1/rules/preview'])(
    'POST %s is a 503 that says when to come back',
    async (path) => {
      const answer = await request(busy).post(path).send(GOOD);
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ status: 503, detail: 'The service is busy; try again in 1 s.' });
      expect(JSON.parse(logs.at(-1) ?? '')).toMatchObject({
        level: 30,
        status: 503,
        route: path.split('?')[0],
      });
    },
  );

  test.each(['/livez', '/readyz', '/metrics', '/v1/rules', '/docs'])('GET %s answers', async (path) => {
    expect((await request(busy).get(path)).status).toBe(200);
  });
});

test('a defect is a 500 that shows nothing, and its log nothing of the comment', async () => {
  const { app: broken, logs } = testApp({
    guidelines: () => {
      throw new Error(`cannot judge ${GOOD.text}`);
    },
  });
  const answer = await request(broken).post('/v1/comments').send(GOOD);
  expect(answer.status).toBe(500);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body.detail).toBe('Something broke here; the log has it under the id in X-Request-Id.');
  const told = logs.join('');
  expect(told).toContain(answer.headers['x-request-id']);
  expect(told).toContain('app.test.ts');
  expect(told).not.toContain('talks');
});

test('while it stops, it is not ready, and judges what comes all the same', async () => {
  const stopping = new AbortController();
  const { app: leaving } = testApp({ stopping: stopping.signal });
  expect((await request(leaving).get('/readyz')).status).toBe(200);
  stopping.abort();
  const readiness = await request(leaving).get('/readyz');
  expect(readiness.status).toBe(503);
  expect(readiness.body).toMatchObject({ code: 'stopping', status: 503 });
  expect((await request(leaving).get('/livez')).status).toBe(200);
  expect((await request(leaving).post('/v1/comments').send(GOOD)).status).toBe(200);
});
