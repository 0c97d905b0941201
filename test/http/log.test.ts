import request from 'supertest';
import { GOOD, testApp } from '../helpers/app.js';

const SECRETS = [
  'sekrit-text',
  'sekrit-user',
  'sekrit-name',
  'sekrit-id',
  'sekrit-url',
  'sekrit-key',
  'sekrit-query',
  'sekrit-parent',
];

const BODY = {
  id: 'sekrit-id',
  text: 'sekrit-text from an idiot',
  user: { id: 'sekrit-user', name: 'sekrit-name' },
  context: { url: 'https://a.example/?t=sekrit-url', author: 'sekrit-name', parent: 'sekrit-parent' },
};

test('one line a request, and nothing in it of who wrote what', async () => {
  const { app, logs } = testApp({ config: { apiKeys: ['sekrit-key'], maxCommentChars: 100, port: 3000 } });
  const key = 'Bearer sekrit-key';
  const calls = [
    request(app).post('/v1/comments').set('authorization', key).send(BODY),
    request(app).post('/v1/comments?dryRun=true&token=sekrit-query').set('authorization', key).send(BODY),
    request(app).post('/v1/comments?dryRun=sekrit-query').set('authorization', key).send(BODY),
    request(app)
      .post('/v1/comments')
      .set('authorization', key)
      .send({ ...BODY, text: 'sekrit-text'.repeat(50) }),
    request(app).post('/v1/comments').set('authorization', key).type('json').send('{"text": sekrit-text}'),
    request(app).post('/v1/comments').set('authorization', 'Bearer wrong-sekrit-key').send(BODY),
    request(app).post('/v1/comments').set('authorization', key).type('text/plain').send('sekrit-text'),
    request(app).get('/sekrit-url/sekrit-user?x=sekrit-query').set('authorization', key),
    request(app)
      .post('/v1/comments/batch')
      .set('authorization', key)
      .type('application/x-ndjson')
      .send(`${JSON.stringify(BODY)}\n{"text": sekrit-text}\n`),
  ];
  const statuses: number[] = [];
  for (const call of calls) statuses.push((await call).status);
  expect(statuses).toEqual([200, 200, 400, 400, 400, 401, 415, 404, 200]);
  const told = logs.join('');
  for (const secret of SECRETS) expect(told).not.toContain(secret);
  expect(logs.map((line) => JSON.parse(line))).toEqual(
    statuses.map((status) =>
      expect.objectContaining({ msg: 'request', status, requestId: expect.any(String) }),
    ),
  );
});

test.each([
  {
    call: 'post /v1/comments',
    level: 30,
    line: { route: '/v1/comments', verdict: 'reject', rules: ['no-idiot'] },
  },
  { call: 'get /livez', level: 20, line: { route: '/livez', method: 'GET' } },
  { call: 'get /nowhere', level: 30, line: { route: 'none', status: 404 } },
  { call: 'delete /v1/rules', level: 30, line: { route: '/v1/rules', status: 405 } },
])('of $call the log tells $line', async ({ call, level, line }) => {
  const { app, logs } = testApp();
  const [method, path = ''] = call.split(' ');
  if (method === 'get') await request(app).get(path);
  else if (method === 'delete') await request(app).delete(path);
  else
    await request(app)
      .post(path)
      .send({ ...GOOD, text: 'idiot' });
  expect(logs).toHaveLength(1);
  expect(JSON.parse(logs[0] ?? '')).toMatchObject({ level, ms: expect.any(Number), ...line });
});
