import dns from 'node:dns';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Author, Blog, CheckResult, Client, Comment } from '@cedx/akismet';
import { AkismetClient } from 'akismet-api';
import request from 'supertest';
import { type Admission, CountingLimiter, type Limiter } from '../../../src/limits/limiter.js';
import { MemoryCounts } from '../../../src/limits/memory/counts.js';
import type { LimitPolicy } from '../../../src/limits/policy.js';
import { inForce, limiterOf, testApp, wordRule } from '../../helpers/app.js';

const KEY = '123YourAPIKey';
const BLOG = 'https://www.news.example';
const RULES = [wordRule('idiot', 'reject'), wordRule('perhaps', 'review'), wordRule('scum', 'flag')];
const THANKS = 'Thanks for making the web a better place.';

interface Setting {
  readonly env?: Record<string, string>;
  readonly admission?: Partial<Admission>;
  /** In place of one that says what `admission` has. */
  readonly limiter?: Limiter;
}

interface Running {
  readonly port: number;
  readonly server: Server;
  readonly logs: readonly string[];
  /** Whom the limiter was asked about. */
  readonly users: readonly string[];
}

const running: Server[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-akismet-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  dns.lookup = lookup;
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function start({
  env = {},
  admission = {},
  limiter = limiterOf(admission),
}: Setting = {}): Promise<Running> {
  const users: string[] = [];
  const { app, logs } = testApp({
    guidelines: () => inForce(RULES),
    env: { API_KEYS: `other-key,${KEY}`, ...env },
    limiter: {
      kind: limiter.kind,
      healthy: limiter.healthy,
      admit: (user, posting) => {
        users.push(user);
        return limiter.admit(user, posting);
      },
      rejected: (user, tier) => limiter.rejected(user, tier),
    },
  });
  const server = app.listen(0, '127.0.0.1');
  running.push(server);
  await new Promise((done) => server.once('listening', done));
  return { port: (server.address() as AddressInfo).port, server, logs, users };
}

const { lookup } = dns;

/** Stands in for the newsroom's name server: all names below stet.test are this machine. */
function resolveNames(): void {
  const resolve = (name: string, ...rest: unknown[]) =>
    Reflect.apply(lookup, dns, [name.endsWith('.stet.test') ? '127.0.0.1' : name, ...rest]);
  dns.lookup = Object.assign(resolve, { __promisify__: lookup.__promisify__ });
}

/** A client that sends the key as a part of the host name. */
function hostClient({ port }: Running, key = KEY): AkismetClient {
  resolveNames();
  return new AkismetClient({ key, blog: BLOG, host: `rest.stet.test:${port}`, protocol: 'http' });
}

/** A client that sends the key in the form. */
function formClient({ port }: Running, key = KEY): Client {
  return new Client(key, new Blog({ url: BLOG }), { baseUrl: `http://127.0.0.1:${port}` });
}

function formComment(content: string): Comment {
  const author = new Author({ ipAddress: '192.0.2.1', email: 'asha@reader.example', name: 'Asha' });
  return new Comment({ author, content, permalink: `${BLOG}/world/a1.ece`, type: 'comment' });
}

const TABLE = [
  { what: 'that all rules pass', content: 'The talks should start again.', isSpam: false },
  { what: 'that a rule rejects', content: 'What an idiot.', isSpam: true },
  { what: 'that a person should see', content: 'Well, perhaps.', isSpam: true },
  { what: 'that is flagged', content: 'What scum.', isSpam: false },
  { what: 'in HTML', content: '<p>What an i<em>di</em>&#111;t.</p>', isSpam: true },
  {
    what: 'with a link that hides where it leads',
    content: '<a href="http://idiot.example">Hi</a>',
    isSpam: true,
  },
  { what: 'with a sign that needs escaping', content: 'Bread & butter + 100% = idiot; Füße', isSpam: true },
  { what: 'without a word', content: ' <br> ', isSpam: false },
];

describe('akismet-api, with the key in the host name', () => {
  test.each(TABLE)('a comment $what is spam: $isSpam', async ({ content, isSpam }) => {
    const client = hostClient(await start());
    expect(await client.checkSpam({ ip: '192.0.2.1', content })).toBe(isSpam);
  });

  test('verifies its key', async () => {
    const service = await start();
    expect(await hostClient(service).verifyKey()).toBe(true);
    expect(await hostClient(service, 'wrong-key').verifyKey()).toBe(false);
  });

  test('is told of a wrong key', async () => {
    const client = hostClient(await start(), 'wrong-key');
    await expect(client.checkSpam({ ip: '192.0.2.1', content: 'a' })).rejects.toThrow('Invalid API key');
  });

  test('is told what is missing', async () => {
    const client = hostClient(await start());
    await expect(client.checkSpam({ ip: '', content: 'a' })).rejects.toThrow(
      'Missing required field: user_ip.',
    );
  });

  test('is told that a user is over a limit', async () => {
    const client = hostClient(await start({ admission: OVER }));
    await expect(client.checkSpam({ ip: '192.0.2.1', content: 'a' })).rejects.toThrow('Too Many Requests');
  });

  test('is told of a comment that is too long', async () => {
    const client = hostClient(await start());
    const content = 'a'.repeat(10_001);
    await expect(client.checkSpam({ ip: '192.0.2.1', content })).rejects.toThrow('Payload Too Large');
  });

  test('sends its feedback', async () => {
    const client = hostClient(await start());
    await client.submitSpam({ ip: '192.0.2.1', content: 'a' });
    await client.submitHam({ ip: '192.0.2.1', content: 'a' });
  });
});

describe('@cedx/akismet, with the key in the form', () => {
  test.each(TABLE)('a comment $what is spam: $isSpam', async ({ content, isSpam }) => {
    const result = await formClient(await start()).checkComment(formComment(content));
    expect(result).toBe(isSpam ? CheckResult.spam : CheckResult.ham);
  });

  test('verifies its key', async () => {
    const service = await start();
    expect(await formClient(service).verifyKey()).toBe(true);
    expect(await formClient(service, 'wrong-key').verifyKey()).toBe(false);
    expect(await formClient(service, KEY.toLowerCase()).verifyKey()).toBe(false);
  });

  test('is told of a wrong key', async () => {
    const client = formClient(await start(), 'wrong-key');
    await expect(client.checkComment(formComment('a'))).rejects.toThrow('not one of the configured keys');
  });

  test('is told that a user is over a limit', async () => {
    const client = formClient(await start({ admission: OVER }));
    await expect(client.checkComment(formComment('a'))).rejects.toThrow('429 Too Many Requests');
  });

  test('sends its feedback, and gets the thanks that it waits for', async () => {
    const client = formClient(await start());
    await client.submitSpam(formComment('a'));
    await client.submitHam(formComment('a'));
  });

  test.each<{ env: Record<string, string>; content: string; result: CheckResult }>([
    { env: {}, content: 'What an idiot.', result: CheckResult.spam },
    { env: { AKISMET_DISCARD_SCORE: '0.95' }, content: 'What an idiot.', result: CheckResult.pervasiveSpam },
    { env: { AKISMET_DISCARD_SCORE: '0.98' }, content: 'What an idiot.', result: CheckResult.spam },
    { env: { AKISMET_DISCARD_SCORE: '0.95' }, content: 'Well, perhaps.', result: CheckResult.spam },
    { env: { AKISMET_SPAM_FROM: 'reject' }, content: 'Well, perhaps.', result: CheckResult.ham },
    { env: { AKISMET_SPAM_FROM: 'reject' }, content: 'What an idiot.', result: CheckResult.spam },
  ])('with $env, "$content" is $result', async ({ env, content, result }) => {
    expect(await formClient(await start({ env })).checkComment(formComment(content))).toBe(result);
  });
});

const OVER: Partial<Admission> = {
  admitted: false,
  standings: [{ policy: 'burst', quota: 5, window: 60, remaining: 0, reset: 41 }],
  violated: ['burst'],
};

const COMMENT = { api_key: KEY, blog: BLOG, user_ip: '192.0.2.1', comment_content: 'What an idiot.' };

function check({ server }: Running, form: Record<string, string>, path = '/1.1/comment-check') {
  return request(server).post(path).type('form').send(form);
}

describe('calls as the documentation has them', () => {
  test('answer in plain text', async () => {
    const answer = await check(await start(), COMMENT);
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('true');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers).not.toHaveProperty('x-akismet-debug-help');
    expect(answer.headers).not.toHaveProperty('x-akismet-pro-tip');
  });

  test.each<{ what: string; form: Record<string, string>; text: string }>([
    {
      what: 'a name for tests',
      form: { comment_author: 'viagra-test-123', comment_content: 'Yes.' },
      text: 'true',
    },
    {
      what: 'another',
      form: { comment_author: 'akismet-guaranteed-spam', comment_content: '' },
      text: 'true',
    },
    {
      what: 'an address for tests',
      form: { comment_author_email: 'akismet-guaranteed-spam@example.com', comment_content: 'Yes.' },
      text: 'true',
    },
    { what: 'an administrator', form: { user_role: 'administrator' }, text: 'false' },
    { what: 'another role', form: { user_role: 'editor' }, text: 'true' },
    { what: 'no comment', form: { comment_content: '' }, text: 'false' },
    {
      what: 'fields of a PHP server',
      form: { HTTP_ACCEPT: '*/*', 'comment_context[0]': 'sport' },
      text: 'true',
    },
  ])('$what', async ({ form, text }) => {
    expect((await check(await start(), { ...COMMENT, ...form })).text).toBe(text);
  });

  test.each<{ form: Record<string, string>; text: string }>([
    { form: { key: KEY, blog: BLOG }, text: 'valid' },
    { form: { api_key: KEY, blog: BLOG }, text: 'valid' },
    { form: { key: 'wrong', blog: BLOG }, text: 'invalid' },
    { form: { blog: BLOG }, text: 'invalid' },
    { form: { key: KEY }, text: 'invalid' },
    { form: { key: KEY, blog: '' }, text: 'invalid' },
  ])('verify-key of $form is $text', async ({ form, text }) => {
    const answer = await check(await start(), form, '/1.1/verify-key');
    expect([answer.status, answer.text]).toEqual([200, text]);
    expect('x-akismet-debug-help' in answer.headers).toBe(text === 'invalid');
  });

  test.each([
    { host: `${KEY.toLowerCase()}.rest.stet.test`, text: 'true' },
    { host: `${KEY}.rest.stet.test:3000`, text: 'true' },
    { host: 'wrong.rest.stet.test', text: 'invalid' },
    { host: 'rest.stet.test', text: 'invalid' },
    { host: KEY, text: 'invalid' },
    { host: '127.0.0.1:3000', text: 'invalid' },
    { host: `x.${KEY}.stet.test`, text: 'invalid' },
  ])('the host $host is answered $text', async ({ host, text }) => {
    const { api_key: _, ...form } = COMMENT;
    const answer = await check(await start(), form).set('Host', host);
    expect([answer.status, answer.text]).toEqual([200, text]);
  });

  test('a key in the form counts before one in the host name', async () => {
    const answer = await check(await start(), { ...COMMENT, api_key: 'wrong' }).set(
      'Host',
      `${KEY}.stet.test`,
    );
    expect(answer.text).toBe('invalid');
  });

  test('need no key where the service has none', async () => {
    const { app } = testApp({ guidelines: () => inForce(RULES) });
    const { api_key: _, ...form } = COMMENT;
    expect((await request(app).post('/1.1/comment-check').type('form').send(form)).text).toBe('true');
    expect(
      (await request(app).post('/1.1/verify-key').type('form').send({ key: 'any', blog: BLOG })).text,
    ).toBe('valid');
  });
});

describe('a form is not read before its key is known', () => {
  const { URLSearchParams: Reader } = globalThis;
  let read = 0;
  beforeEach(() => {
    read = 0;
    // Counts what is read of forms, in characters.
    globalThis.URLSearchParams = class extends Reader {
      constructor(init?: ConstructorParameters<typeof Reader>[0]) {
        super(init);
        if (typeof init === 'string') read += init.length;
      }
    };
  });
  afterEach(() => {
    globalThis.URLSearchParams = Reader;
  });

  const HOSTILE = 'a&'.repeat(77_000);
  const send = ({ server }: Running, body: string, path = '/1.1/comment-check') =>
    request(server).post(path).type('form').send(body);

  test.each<[what: string, body: string, help: string]>([
    ['no key', HOSTILE, 'This route needs a key'],
    ['a wrong key', `${HOSTILE}&api_key=wrong`, 'not one of the configured keys'],
    ['a long wrong key', `api_key=${'%61'.repeat(50_000)}`, 'not one of the configured keys'],
    ['many wrong keys', 'api_key=wrong&'.repeat(11_000), 'not one of the configured keys'],
    [
      'a right key behind a wrong one',
      `api_key=wrong&${HOSTILE}&api_key=${KEY}`,
      'not one of the configured keys',
    ],
    ['a right key among too many fields', `${HOSTILE}&api_key=${KEY}`, 'at most 200 fields'],
  ])('with %s', async (_, body, help) => {
    const service = await start();
    for (const path of ['/1.1/comment-check', '/1.1/submit-spam', '/1.1/verify-key']) {
      const answer = await send(service, body, path);
      expect(answer.status).toBe(200);
      expect(answer.headers['x-akismet-debug-help']).toContain(help);
    }
    expect(read).toBeLessThan(3 * 5000);
  });

  test('and is read with one, wherever that stands', async () => {
    const form = Reader.prototype.toString.call(new Reader({ ...COMMENT, api_key: '' }));
    const others = 'HTTP_X=y&'.repeat(190);
    const service = await start();
    for (const body of [
      `${others}${form.replace('api_key=&', '')}&api_key=${KEY}`,
      `api_key=${KEY}&${others}${form}`,
    ]) {
      expect((await send(service, body)).text).toBe('true');
    }
    expect(read).toBeGreaterThan(2 * others.length);
  });
});

describe('what is wrong is told in X-akismet-debug-help', () => {
  test.each<{ what: string; form: Record<string, string>; status: number; text: string }>([
    { what: 'no blog', form: { ...COMMENT, blog: '' }, status: 200, text: 'Missing required field: blog.' },
    {
      what: 'no address',
      form: { ...COMMENT, user_ip: ' ' },
      status: 200,
      text: 'Missing required field: user_ip.',
    },
    {
      what: 'a comment that is too long',
      form: { ...COMMENT, comment_content: 'a'.repeat(10_001) },
      status: 413,
      text: 'comment_content must be at most 10000 characters.',
    },
    {
      what: '1 MB of hostile HTML',
      form: { ...COMMENT, comment_content: '<b>'.repeat(333_333) },
      status: 413,
      text: 'The body must be at most 155536 bytes.',
    },
  ])('$what', async ({ form, status, text }) => {
    for (const path of ['/1.1/comment-check', '/1.1/submit-spam', '/1.1/submit-ham']) {
      const answer = await check(await start(), form, path);
      expect([answer.status, answer.text, answer.headers['x-akismet-debug-help']]).toEqual([
        status,
        text,
        text,
      ]);
    }
  });

  test('a key that is wrong', async () => {
    for (const path of ['/1.1/comment-check', '/1.1/submit-spam', '/1.1/submit-ham']) {
      const answer = await check(await start(), { ...COMMENT, api_key: 'wrong' }, path);
      expect([answer.status, answer.text]).toEqual([200, 'invalid']);
      expect(answer.headers['x-akismet-debug-help']).toBe('The key is not one of the configured keys.');
    }
  });

  test('a user who is over a limit', async () => {
    const answer = await check(await start({ admission: OVER }), COMMENT);
    expect(answer.status).toBe(429);
    expect(answer.text).toBe('This user has used up 5 comments in 60 s; the next comment is judged in 41 s.');
    expect(answer.headers).toMatchObject({
      'x-akismet-debug-help': answer.text,
      'retry-after': '41',
      ratelimit: '"burst";r=0;t=41',
    });
  });

  test('another kind of body', async () => {
    const { server } = await start();
    const answer = await request(server).post('/1.1/comment-check').set('Content-Type', 'text/ä').send('a=b');
    expect(answer.status).toBe(415);
    expect(answer.headers['x-akismet-debug-help']).toContain('application/x-www-form-urlencoded');
    const get = await request(server).get('/1.1/comment-check');
    expect(get.status).toBe(405);
    expect(get.headers['x-akismet-debug-help']).toContain('POST');
  });

  test('a defect, without what it is', async () => {
    const { app } = testApp({
      guidelines: () => {
        throw new Error('secret');
      },
    });
    const answer = await request(app).post('/1.1/comment-check').type('form').send(COMMENT);
    expect(answer.status).toBe(500);
    expect(answer.headers['x-akismet-debug-help']).toContain('Something broke here');
    expect(answer.text).not.toContain('secret');
  });
});

test.each<{ what: string; form: Record<string, string>; counted: string[] }>([
  {
    what: 'an address of a reader',
    form: { comment_author_email: ' Asha@reader.example ' },
    counted: ['akismet:ip:192.0.2.1', 'akismet:email:asha@reader.example'],
  },
  { what: 'an address of a machine', form: {}, counted: ['akismet:ip:192.0.2.1'] },
  {
    what: 'an address of a network of IPv6',
    form: { user_ip: '2001:db8::7' },
    counted: ['akismet:ip:2001:db8:0:0::/64'],
  },
  { what: 'a test', form: { is_test: '1' }, counted: [] },
  { what: 'a test in words', form: { is_test: 'true' }, counted: [] },
  { what: 'no test', form: { is_test: '0' }, counted: ['akismet:ip:192.0.2.1'] },
  { what: 'a comment that was checked before', form: { recheck_reason: 'edit' }, counted: [] },
  { what: 'an administrator', form: { user_role: 'administrator' }, counted: [] },
])('the limits count $what as $counted', async ({ form, counted }) => {
  const service = await start();
  await check(service, { ...COMMENT, ...form });
  expect(service.users).toEqual(counted);
});

describe('a commenter who types another address of e-mail each time', () => {
  const limits = (tiers: LimitPolicy['tiers']): LimitPolicy => ({
    windows: [{ name: 'burst', points: 5, seconds: 60 }],
    tiers,
  });

  test.each<[what: string, policy: LimitPolicy, passed: number]>([
    ['gets as many comments as anybody else', limits(undefined), 5],
    [
      'gets as many as the tier of addresses has',
      limits(new Map([['address', [{ name: 'shared', points: 8, seconds: 60 }]]])),
      8,
    ],
  ])('%s', async (_, policy, passed) => {
    const service = await start({ limiter: new CountingLimiter(policy, new MemoryCounts()) });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const form = {
        ...COMMENT,
        comment_content: `Number ${i}.`,
        comment_author_email: `r${i}@reader.example`,
      };
      statuses.push((await check(service, form)).status);
    }
    expect(statuses).toEqual([...Array(passed).fill(200), ...Array(12 - passed).fill(429)]);
    const elsewhere = await check(service, {
      ...COMMENT,
      user_ip: '192.0.2.2',
      comment_author_email: 'r11@reader.example',
    });
    expect(elsewhere.status).toBe(200);
  });
});

describe('feedback', () => {
  test('is kept where the operator says so, without a word on who wrote the comment', async () => {
    const file = join(folder, 'feedback.ndjson');
    const service = await start({ env: { FEEDBACK_FILE: file } });
    const form = { ...COMMENT, comment_author: 'Asha', comment_author_email: 'asha@reader.example' };
    const spam = await check(service, { ...form, permalink: `${BLOG}/a1.ece` }, '/1.1/submit-spam');
    const ham = await check(service, { ...form, comment_content: '<b>Two</b>\nlines' }, '/1.1/submit-ham');
    expect([spam.text, ham.text]).toEqual([THANKS, THANKS]);
    await check(service, { ...form, is_test: '1' }, '/1.1/submit-ham');
    await check(service, { ...form, comment_content: '' }, '/1.1/submit-ham');
    await check(service, { ...form, api_key: 'wrong' }, '/1.1/submit-ham');
    await check(service, form);
    const kept = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const at = '2026-11-24T12:00:00.000Z';
    expect(kept.map((line) => JSON.parse(line))).toEqual([
      { at, protocol: 'akismet', text: 'What an idiot.', decision: 'reject', url: `${BLOG}/a1.ece` },
      { at, protocol: 'akismet', text: 'Two\nlines', decision: 'approve' },
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('is kept a line each, however much comes at once', async () => {
    const file = join(folder, 'at-once.ndjson');
    const service = await start({ env: { FEEDBACK_FILE: file, MAX_COMMENT_CHARS: '100000' } });
    // Six bytes each in JSON: more than is written at one go.
    const texts = Array.from({ length: 20 }, (_, i) => `${i}${'\u0001'.repeat(99_000)}.`);
    await Promise.all(
      texts.map((text) => check(service, { ...COMMENT, comment_content: text }, '/1.1/submit-spam')),
    );
    const kept = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(kept.map((line) => JSON.parse(line).text).sort()).toEqual(texts.sort());
  });

  test('that cannot be kept is not thanked for', async () => {
    const service = await start({ env: { FEEDBACK_FILE: join(folder, 'nowhere', 'feedback.ndjson') } });
    const answer = await check(service, COMMENT, '/1.1/submit-spam');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('Thanks');
  });
});

test('comments for Akismet are counted as such, and nothing of them is logged', async () => {
  const service = await start();
  const form = { ...COMMENT, comment_author_email: 'asha@reader.example' };
  await check(service, form);
  await check(service, { ...form, is_test: '1' });
  await check(service, { ...form, api_key: 'wrong-key' });
  const metrics = await request(service.server).get('/metrics').set('Authorization', `Bearer ${KEY}`);
  for (const line of [
    'stet_verdicts_total{site="default",decision="reject",source="akismet"} 1',
    'stet_verdicts_total{site="default",decision="reject",source="dry-run"} 1',
    'stet_http_request_duration_seconds_count{route="/1.1/comment-check",status="200"} 3',
  ]) {
    expect(metrics.text.split('\n')).toContain(line);
  }
  const log = service.logs.join('');
  expect(log).toContain('"refused":401');
  expect(log).not.toMatch(/What an|asha|192\.0\.2\.1|YourAPIKey|wrong-key/);
});
