import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../helpers/app.js';
import { serveApp } from '../helpers/served-app.js';

test('a request with two Host fields is refused, also when both say the same', async () => {
  const served = await serveApp();
  const { port } = new URL(served.url);
  for (const second of ['localhost', 'evil.example']) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: ${second}\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*"code":"request-invalid"/s);
  }
  await served.stop();
});

test('the discovery document believes nothing that a proxy says of the scheme', async () => {
  const answer = await request(testApp({ env: { API_KEYS: 'key-of-ours' } }).app)
    .get('/$discovery/rest')
    .set({ host: 'stet.example', 'x-forwarded-proto': 'https' });
  expect(answer.body.rootUrl).toBe('http://stet.example/');
});

test('separators in loose JSON are read, and nothing is written to standard error', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const body = `{comment: {text: 'Yes.\u2028No.\u2029\\\u2028'}, requestedAttributes: {TOXICITY: {}}, clientToken: 'a\u2028b\\\u2029c\\\\'}`;
  const answer = await request(testApp().app)
    .post('/v1alpha1/comments:analyze')
    .set('content-type', 'application/json')
    .send(body);
  expect(answer.body).toMatchObject({ clientToken: 'a\u2028bc\\' });
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
