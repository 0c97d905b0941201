import request from 'supertest';
import { GOOD, testApp } from '../helpers/app.js';

const CHOSEN = { PUBLIC_URL: 'https://stet.example' };

describe('without keys, on loopback', () => {
  test.each<[host: string, env: Record<string, string>, status: number]>([
    ['localhost', {}, 200],
    ['localhost:3000', {}, 200],
    ['LOCALHOST:8080', {}, 200],
    ['127.0.0.1', {}, 200],
    ['127.8.9.1:3000', {}, 200],
    ['[::1]:3000', {}, 200],
    ['key.localhost:3000', {}, 200],
    ['evil.example', {}, 421],
    ['evil.example:3000', {}, 421],
    ['localhost.evil.example', {}, 421],
    ['127.0.0.1.evil.example', {}, 421],
    ['notlocalhost', {}, 421],
    ['192.0.2.1:3000', {}, 421],
    ['0.0.0.0:3000', {}, 421],
    ['[::2]', {}, 421],
    ['"><script>', {}, 421],
    ['', {}, 421],
    ['stet.example', {}, 421],
    ['stet.example', CHOSEN, 200],
    ['stet.example:8443', CHOSEN, 200],
    ['key.stet.example', CHOSEN, 200],
    ['localhost:3000', CHOSEN, 200],
    ['other.example', CHOSEN, 421],
    ['evilstet.example', CHOSEN, 421],
    ['stet.example.evil.example', CHOSEN, 421],
  ])('the host %j with %j is answered with %d, whatever is asked for', async (host, env, status) => {
    const { app } = testApp({ env });
    for (const path of ['/livez', '/v1/rules', '/docs']) {
      expect((await request(app).get(path).set('host', host)).status).toBe(status);
    }
    const answer = await request(app).post('/v1/comments').set('host', host).send(GOOD);
    expect(answer.status).toBe(status);
    if (status === 421)
      expect(answer.body).toMatchObject({
        code: 'host-unknown',
        status,
        detail: expect.stringContaining('PUBLIC_URL'),
      });
  });

  test.each<[origin: string, env: Record<string, string>, status: number]>([
    ['http://localhost:8080', {}, 200],
    ['http://127.0.0.1:3000', {}, 200],
    ['http://[::1]', {}, 200],
    ['https://evil.example', {}, 403],
    ['http://localhost.evil.example', {}, 403],
    ['null', {}, 403],
    ['', {}, 403],
    ['https://stet.example', CHOSEN, 200],
    ['https://evil.example', CHOSEN, 403],
  ])('what a page of the origin %j sends with %j is answered with %d', async (origin, env, status) => {
    const { app } = testApp({ env });
    const answer = await request(app).post('/v1/comments').set('origin', origin).send(GOOD);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toMatchObject({ code: 'origin-foreign', status });
    // To read does nothing, and the page does not get to see it.
    const read = await request(app).get('/v1/rules').set('origin', origin);
    expect([read.status, read.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });

  test('a page elsewhere cannot post a body without a type', async () => {
    const { app } = testApp();
    const body = Buffer.from('{"comment":{"text":"a"},"requestedAttributes":{"TOXICITY":{}}}');
    const post = () => {
      const call = request(app).post('/v1alpha1/comments:analyze');
      call.unset('content-type');
      return call;
    };
    // Perspective's own example for Python sends no type, but no browser is behind it.
    const page = await post().set('origin', 'https://evil.example').serialize(String).send(body);
    expect(page.status).toBe(403);
    expect(page.body.code).toBe('origin-foreign');
  });
});

test.each<Record<string, string>>([
  { API_KEYS: 'key-of-ours' },
  { API_KEYS: 'a-key-of-ours-sixteen', HOST: '0.0.0.0' },
])('with keys any host and origin are answered: %j', async (env) => {
  const { app } = testApp({ env });
  const answer = await request(app)
    .post('/v1/comments')
    .set({
      host: 'stet.news.example',
      origin: 'https://news.example',
      authorization: `Bearer ${env.API_KEYS}`,
    })
    .send(GOOD);
  expect(answer.status).toBe(200);
});
