import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from '../helpers/service.js';

/** Stands in all that nobody but the site should read: texts, ids, names, addresses, keys. */
const SECRET = 'sekrit';
const KEY = 'sekrit-key';

const COMMENT = {
  id: 'sekrit-id',
  text: 'You are a sekrit idiot, sekrit-text.',
  user: { id: 'sekrit-user', name: 'Sekrit-Name' },
  context: {
    url: 'https://a.example/sekrit?t=sekrit',
    title: 'sekrit title',
    author: 'Sekrit Author',
    participants: ['Sekrit One'],
    parent: 'sekrit parent',
  },
};
const JSON_TYPE = 'application/json';
const CORAL = JSON.stringify({
  action: 'NEW',
  comment: { body: '<p>sekrit idiot</p>', parentID: null },
  author: { id: 'sekrit-user', email: 'sekrit@a.example', username: 'sekrit' },
  story: { id: 'sekrit-story', url: 'https://a.example/sekrit' },
  site: { id: 'sekrit-site' },
  tenantID: 'sekrit',
  tenantDomain: 'sekrit.example',
});

interface Call {
  readonly path: string;
  readonly method?: string;
  readonly type?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const CALLS: readonly Call[] = [
  { path: '/v1/comments', body: COMMENT },
  ...Array.from({ length: 6 }, () => ({ path: '/v1/comments', body: COMMENT })),
  { path: '/v1/comments?dryRun=true&token=sekrit', body: COMMENT },
  { path: '/v1/comments?dryRun=sekrit', body: COMMENT },
  { path: '/v1/comments', body: { ...COMMENT, text: 'sekrit '.repeat(3000) } },
  { path: '/v1/comments', body: { ...COMMENT, text: 5, sekrit: 'sekrit' } },
  { path: '/v1/comments', body: '{"text": sekrit}' },
  { path: '/v1/comments', body: 'sekrit '.repeat(50_000) },
  { path: '/v1/comments', body: COMMENT, type: 'text/sekrit' },
  { path: '/v1/comments', body: COMMENT, headers: { authorization: 'Bearer sekrit-wrong' } },
  { path: '/v1/comments', body: COMMENT, headers: { authorization: 'Basic sekrit' } },
  { path: '/v1/comments', body: COMMENT, headers: { cookie: 'sekrit', 'x-forwarded-for': 'sekrit' } },
  {
    path: '/v1/comments/batch',
    body: `${JSON.stringify(COMMENT)}\n{"text": sekrit}\n`,
    type: 'application/x-ndjson',
  },
  {
    path: '/v1/rules/preview',
    body: { files: { 'sekrit.yaml': 'id: sekrit\nsekrit' }, comments: [{ text: 'sekrit' }] },
  },
  {
    path: '/v1/rules/preview',
    body: { files: { 'lists/insults.txt': 'sekrit' }, comments: [{ text: 'sekrit idiot' }] },
  },
  { path: '/coral', body: CORAL, headers: { 'x-coral-signature': signed(CORAL) } },
  { path: '/coral', body: CORAL, headers: { 'x-coral-signature': 'sha256=sekrit' } },
  { path: `/v1/moderations`, body: { input: 'sekrit idiot', model: 'sekrit' } },
  {
    path: `/v1alpha1/comments:analyze?key=${KEY}`,
    body: { comment: { text: 'sekrit idiot' }, requestedAttributes: { TOXICITY: {} }, clientToken: 'sekrit' },
  },
  { path: '/v1alpha1/comments:analyze?key=sekrit-wrong', body: { comment: { text: 'sekrit' } } },
  {
    path: `/v1alpha1/comments:suggestscore?key=${KEY}`,
    body: { comment: { text: 'sekrit' }, attributeScores: { TOXICITY: { summaryScore: { value: 1 } } } },
  },
  ...['comment-check', 'submit-spam', 'verify-key'].map((name) => ({
    path: `/1.1/${name}`,
    type: 'application/x-www-form-urlencoded',
    body: `api_key=${KEY}&key=${KEY}&blog=https%3A%2F%2Fsekrit.example&user_ip=192.0.2.7&comment_author=sekrit&comment_author_email=sekrit%40a.example&comment_content=sekrit+idiot`,
  })),
  { path: '/sekrit/path?sekrit', method: 'GET' },
  { path: '/%sekrit', method: 'GET' },
  { path: '/v1/rules?sekrit', method: 'GET' },
  { path: '/v1/comments?sekrit', method: 'DELETE' },
  { path: '/livez?sekrit', method: 'GET' },
  { path: '/readyz', method: 'GET' },
  { path: '/metrics?sekrit', method: 'GET' },
  { path: '/docs', method: 'GET' },
  { path: '/openapi.json', method: 'GET' },
];

function signed(body: string): string {
  return `sha256=${createHmac('sha256', 'sekrit-coral').update(body).digest('hex')}`;
}

test('at LOG_LEVEL=trace, nothing of what was sent, nor a key or a password, is logged or counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-log-'));
  const keys = join(folder, 'keys');
  writeFileSync(keys, `${KEY}\n`);
  const service = await startService({
    LOG_LEVEL: 'trace',
    API_KEYS: 'sekrit-other',
    API_KEYS_FILE: keys,
    CORAL_SECRETS: 'sekrit-coral',
    // Nobody listens there.
    REDIS_URL: 'redis://sekrit:sekrit-password@127.0.0.1:1',
  });
  const { url, port } = service;
  try {
    const authorization = `Bearer ${KEY}`;

    const statuses = new Set<number>();
    for (const { path, method = 'POST', type = JSON_TYPE, body, headers } of CALLS) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { authorization, 'content-type': type, ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      await answer.arrayBuffer();
      statuses.add(answer.status);
    }
    // Every kind of answer was seen, and no defect.
    for (const status of [200, 400, 401, 404, 405, 413, 415, 422, 429]) expect(statuses).toContain(status);
    expect(statuses).not.toContain(500);

    const broken = connect(port, '127.0.0.1').on('error', () => {});
    broken.end('sekrit nonsense\r\n\r\n');
    const halfway = connect(port, '127.0.0.1').on('error', () => {});
    halfway.write('POST /v1/comments HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\n{"text": "sekrit');
    await sleep(200);
    halfway.destroy();
    writeFileSync(keys, `${KEY}\nsekrit is no key\n`);
    service.signal('SIGHUP');
    await service.logged(({ msg }) => `${msg}`.includes('keys from before'));

    const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
    expect(metrics).toContain('stet_verdicts_total{');
    expect(metrics.toLowerCase()).not.toContain(SECRET);
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true });
  }
  expect(service.log.filter(({ msg }) => msg === 'request').length).toBeGreaterThan(CALLS.length - 3);
  const lines = [...service.log.map((line) => JSON.stringify(line)), ...service.complaint.split('\n')];
  const telling = lines.filter((line) => line.toLowerCase().includes(SECRET) || line.includes('192.0.2.7'));
  expect(telling.slice(0, 3)).toEqual([]);
});
