import request from 'supertest';
import { ROLE_NAMES, type Role } from '../../src/sites/roles.js';
import { GOOD, testApp } from '../helpers/app.js';

const KEYS = ['first-key-of-ours', 'second-key-of-ours'];
const config = { apiKeys: KEYS, maxCommentChars: 10_000, port: 3000 };

describe('with keys', () => {
  const { app } = testApp({ config });

  test.each<{ authorization?: string; status: number; why: string }>([
    { authorization: 'Bearer first-key-of-ours', status: 200, why: 'a key' },
    { authorization: 'Bearer second-key-of-ours', status: 200, why: 'another key' },
    { authorization: 'bearer first-key-of-ours', status: 200, why: 'a scheme has no case' },
    { authorization: 'BEARER   first-key-of-ours', status: 200, why: 'RFC 9110 allows more spaces' },
    { status: 401, why: 'no header' },
    { authorization: '', status: 401, why: 'an empty header' },
    { authorization: 'Bearer', status: 401, why: 'no key' },
    { authorization: 'Bearer ', status: 401, why: 'an empty key' },
    { authorization: 'first-key-of-ours', status: 401, why: 'no scheme' },
    { authorization: 'Basic first-key-of-ours', status: 401, why: 'another scheme' },
    { authorization: 'Bearer first-key-of-our', status: 401, why: 'a key cut short' },
    { authorization: 'Bearer first-key-of-oursX', status: 401, why: 'a key and more' },
    { authorization: 'Bearer FIRST-KEY-OF-OURS', status: 401, why: 'keys have case' },
    { authorization: `Bearer ${KEYS.join(',')}`, status: 401, why: 'all keys at once' },
    { authorization: 'Bearer first-key-of-ours second-key-of-ours', status: 401, why: 'two keys' },
    { authorization: 'Bearer undefined', status: 401, why: 'no key of ours' },
  ])('$authorization: $status ($why)', async ({ authorization, status }) => {
    const call = request(app).post('/v1/comments');
    if (authorization !== undefined) call.set('authorization', authorization);
    const answer = await call.send(GOOD);
    expect(answer.status).toBe(status);
    if (status === 401) {
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="stet"/);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ status: 401, title: 'Unauthorized' });
      expect(answer.text).not.toContain('key-of-our');
    }
  });

  test('a wrong key is told from none', async () => {
    const none = await request(app).get('/v1/rules');
    const wrong = await request(app).get('/v1/rules').set('authorization', 'Bearer x');
    expect(none.headers['www-authenticate']).toBe('Bearer realm="stet"');
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="stet", error="invalid_token"');
  });

  test.each([
    { path: '/livez', open: true },
    { path: '/readyz', open: true },
    { path: '/v1/rules', open: false },
    { path: '/metrics', open: false },
    { path: '/openapi.json', open: true },
    { path: '/docs', open: true },
    { path: '/v1/comments', open: false },
    { path: '/nowhere', open: false },
  ])('GET $path answers without a key: $open', async ({ path, open }) => {
    const answer = await request(app).get(path);
    expect(answer.status).toBe(open ? 200 : 401);
  });
});

test.each(['/v1/rules', '/metrics', '/docs'])('without keys, %s asks for none', async (path) => {
  expect((await request(testApp().app).get(path)).status).toBe(200);
});

describe('a key with roles', () => {
  const { app } = testApp({
    config: {
      apiKeys: [
        ...ROLE_NAMES.map((role) => ({ secret: `${role}-key`, site: undefined, roles: [role] })),
        { secret: 'two-key', site: undefined, roles: ['judge', 'read'] },
        { secret: 'plain-key', site: undefined },
      ],
    },
  });
  const form = { blog: 'https://news.example', user_ip: '192.0.2.1', comment_content: 'A goose.' };

  /** One request for each route that needs a role, with a body that is right. */
  const CALLS: readonly (readonly [path: string, role: Role, send: (key: string) => request.Test])[] = [
    ['/v1/comments', 'judge', (key) => post('/v1/comments', key).send(GOOD)],
    [
      '/v1/comments/batch',
      'batch',
      (key) => post('/v1/comments/batch', key).type('application/x-ndjson').send('{"text":"a"}\n'),
    ],
    ['/v1/rules', 'read', (key) => request(app).get('/v1/rules').set('authorization', `Bearer ${key}`)],
    ['/metrics', 'read', (key) => request(app).get('/metrics').set('authorization', `Bearer ${key}`)],
    [
      '/v1/rules/preview',
      'edit',
      (key) => post('/v1/rules/preview', key).send({ files: { 'a b': '' }, comments: [] }),
    ],
    ['/v1/moderations', 'judge', (key) => post('/v1/moderations', key).send({ input: 'A goose.' })],
    [
      '/v1alpha1/comments:analyze',
      'judge',
      (key) =>
        request(app)
          .post(`/v1alpha1/comments:analyze?key=${key}`)
          .send({ comment: { text: 'A goose.' }, requestedAttributes: { TOXICITY: {} } }),
    ],
    [
      '/v1alpha1/comments:suggestscore',
      'moderate',
      (key) =>
        request(app)
          .post(`/v1alpha1/comments:suggestscore?key=${key}`)
          .send({ comment: { text: 'A goose.' } }),
    ],
    [
      '/1.1/verify-key',
      'judge',
      (key) =>
        request(app)
          .post('/1.1/verify-key')
          .type('form')
          .send({ key, ...form }),
    ],
    [
      '/1.1/comment-check',
      'judge',
      (key) =>
        request(app)
          .post('/1.1/comment-check')
          .type('form')
          .send({ api_key: key, ...form }),
    ],
    [
      '/1.1/submit-spam',
      'moderate',
      (key) =>
        request(app)
          .post('/1.1/submit-spam')
          .type('form')
          .send({ api_key: key, ...form }),
    ],
    [
      '/1.1/submit-ham',
      'moderate',
      (key) =>
        request(app)
          .post('/1.1/submit-ham')
          .type('form')
          .send({ api_key: key, ...form }),
    ],
  ];

  function post(path: string, key: string) {
    return request(app).post(path).set('authorization', `Bearer ${key}`);
  }

  test.each(CALLS)(
    'may call %s with the role %s alone, with admin, or where it is plain',
    async (_, role, send) => {
      const statuses: Record<string, number> = {};
      for (const name of [...ROLE_NAMES, 'plain']) statuses[name] = (await send(`${name}-key`)).status;
      const refused = Object.keys(statuses).filter((name) => statuses[name] === 403);
      expect(refused).toEqual(ROLE_NAMES.filter((name) => name !== role && name !== 'admin'));
      expect(Object.values(statuses)).not.toContain(401);
    },
  );

  test('needs a role wherever a key is checked: none is left out above', async () => {
    const { body } = await request(app).get('/openapi.json');
    const guarded = Object.entries<Record<string, { description?: string }>>(body.paths)
      .filter(([, methods]) => /For keys with the role/.test(JSON.stringify(methods)))
      .map(([path]) => path);
    expect(guarded.sort()).toEqual(CALLS.map(([path]) => path).sort());
  });

  test('may have several', async () => {
    expect((await post('/v1/comments', 'two-key').send(GOOD)).status).toBe(200);
    expect((await post('/v1/rules/preview', 'two-key').send({})).status).toBe(403);
  });

  test('is told which role it needs, before its body is read', async () => {
    const answer = await post('/v1/comments', 'read-key').type('text/plain').send('nonsense');
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      code: 'role-missing',
      detail: 'This key may not do this: it needs the role judge.',
      role: 'judge',
    });
    const perspective = await request(app).post('/v1alpha1/comments:analyze?key=read-key').send({});
    expect(perspective.body.error).toMatchObject({ code: 403, status: 'PERMISSION_DENIED' });
    expect(perspective.body.error.message).toContain('the role judge');
    const openai = await post('/v1/moderations', 'read-key').send({});
    expect(openai.body.error.message).toContain('the role judge');
    const akismet = await request(app).post('/1.1/comment-check').type('form').send({ api_key: 'read-key' });
    expect(akismet.headers['x-akismet-debug-help']).toContain('the role judge');
  });
});
