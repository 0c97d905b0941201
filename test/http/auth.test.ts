import request from 'supertest';
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
