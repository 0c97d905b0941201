import fc from 'fast-check';
import { parseList } from 'structured-headers';
import request from 'supertest';
import { linear } from '../../../src/classifier/linear/linear.js';
import type { Posting } from '../../../src/limits/limiter.js';
import { ADMITTED, GOOD, inForce, limiterOf, RULES, testApp, VERSION, wordRule } from '../../helpers/app.js';

const { app } = testApp();
const post = (query = '') => request(app).post(`/v1/comments${query}`);

describe('a verdict', () => {
  test('has every field of the contract', async () => {
    const answer = await post().send({ ...GOOD, id: 'c-1', text: 'You idiot, perhaps.' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).toEqual({
      id: 'c-1',
      verdictId: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      verdict: 'reject',
      reasons: [
        {
          rule: 'no-idiot',
          guideline: 'Comments cannot say idiot.',
          action: 'reject',
          message: 'Please do not say idiot.',
          score: 0.97,
          spans: [{ start: 4, end: 9 }],
          note: 'the word idiot',
        },
        {
          rule: 'no-perhaps',
          guideline: 'Comments cannot say perhaps.',
          action: 'review',
          message: 'Please do not say perhaps.',
          score: 0.97,
          spans: [{ start: 11, end: 18 }],
          note: 'the word perhaps',
        },
      ],
      scores: { 'no-idiot': 0.97, 'no-perhaps': 0.97 },
      rulesVersion: VERSION,
      judges: { rules: VERSION, classifier: linear.version },
      elapsedMs: expect.any(Number),
    });
    expect(answer.body.elapsedMs * 100).toBeCloseTo(Math.round(answer.body.elapsedMs * 100), 6);
  });

  test.each([
    { text: 'The talks should start again.', verdict: 'approve' },
    { text: 'They should, perhaps.', verdict: 'review' },
    { text: 'What an idiot.', verdict: 'reject' },
  ])('of "$text" is $verdict', async ({ text, verdict }) => {
    const answer = await post().send({ ...GOOD, text });
    expect(answer.body).toMatchObject({ verdict });
    expect(answer.body).not.toHaveProperty('id');
    expect(answer.body).not.toHaveProperty('degraded');
  });

  test.each([
    {
      what: 'fields that nobody asked for',
      body: { ...GOOD, ip: '192.0.2.1', context: { section: 'world' } },
    },
    {
      what: 'all of the context',
      body: { ...GOOD, context: { url: '/a', title: 'T', author: 'A', participants: ['B'], parent: 'P' } },
    },
    { what: 'a lone high surrogate', body: { ...GOOD, text: 'half \ud83d here' } },
    { what: 'a lone low surrogate', body: { ...GOOD, text: '\udc00' } },
    { what: 'a lone surrogate as id', body: { ...GOOD, id: '\ud800' } },
    { what: 'as many characters as may be', body: { ...GOOD, text: 'a'.repeat(10_000) } },
    { what: '10,000 combining marks', body: { ...GOOD, text: '\u0301'.repeat(10_000) } },
    { what: '10,000 letters of three bytes', body: { ...GOOD, text: '\u0915'.repeat(10_000) } },
    {
      what: 'as many participants as may be',
      body: { ...GOOD, context: { participants: Array(100).fill('B') } },
    },
  ])('is given on $what', async ({ body }) => {
    const answer = await post().send(body);
    expect(answer.status).toBe(200);
  });

  test('is given on a text that is escaped to six bytes a character', async () => {
    const text = '\\u00e9'.repeat(10_000);
    const answer = await post().type('json').send(`{"text":"${text}","user":{"id":"u"}}`);
    expect(answer.status).toBe(200);
  });

  test('is given on a body that starts with a byte order mark', async () => {
    const answer = await sendBytes(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(GOOD))]),
    );
    expect(answer.status).toBe(200);
  });

  test('goes by the rules of the moment', async () => {
    let rules = [wordRule('again', 'reject')];
    const { app: changing } = testApp({ guidelines: () => inForce(rules) });
    expect((await request(changing).post('/v1/comments').send(GOOD)).body.verdict).toBe('reject');
    rules = RULES;
    expect((await request(changing).post('/v1/comments').send(GOOD)).body.verdict).toBe('approve');
  });

  test('has no say of a rule that has expired, and none of a shadowed one but its score', async () => {
    const rules = [
      wordRule('talks', 'reject', { expires: '2026-11-23' }),
      wordRule('again', 'reject', { mode: 'shadow' }),
      wordRule('start', 'review', { expires: '2026-11-24' }),
    ];
    const { app: other } = testApp({ guidelines: () => inForce(rules) });
    const { body } = await request(other).post('/v1/comments').send(GOOD);
    expect(body).toMatchObject({ verdict: 'review', scores: { 'no-again': 0.97, 'no-start': 0.97 } });
    expect(body.reasons).toHaveLength(1);
  });
});

describe('the limits', () => {
  const standings = [
    { policy: 'burst', quota: 5, window: 60, remaining: 0, reset: 41 },
    { policy: 'daily', quota: 60, window: 86_400, remaining: 12, reset: 5000 },
  ];
  const policy = '"burst";q=5;w=60, "daily";q=60;w=86400';
  const state = '"burst";r=0;t=41, "daily";r=12;t=5000';

  test('are told with a verdict', async () => {
    const { app: limited } = testApp({ limiter: limiterOf({ standings }) });
    const answer = await request(limited).post('/v1/comments').send(GOOD);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'ratelimit-policy': policy, ratelimit: state });
    expect(answer.headers).not.toHaveProperty('retry-after');
  });

  test('are answered by a problem once they are used up', async () => {
    const { app: limited } = testApp({
      limiter: limiterOf({ admitted: false, standings, violated: ['burst'] }),
    });
    const answer = await request(limited).post('/v1/comments').send(GOOD);
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': '41',
      'ratelimit-policy': policy,
      ratelimit: state,
    });
    expect(answer.body).toEqual({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      title: 'Request cannot be satisfied as assigned quota has been exceeded',
      status: 429,
      code: 'quota-exceeded',
      detail: 'This user has used up 5 comments in 60 s; the next comment is judged in 41 s.',
      'violated-policies': ['burst'],
    });
  });

  test('are waited for by Retry-After as long as the longest that is used up', async () => {
    const used = standings.map((standing) => ({ ...standing, remaining: 0 }));
    const { app: limited } = testApp({
      limiter: limiterOf({ admitted: false, standings: used, violated: ['burst', 'daily'] }),
    });
    const answer = await request(limited).post('/v1/comments').send(GOOD);
    expect(answer.headers['retry-after']).toBe('5000');
  });

  test.each([
    { what: 'with a verdict', admission: { standings }, status: 200 },
    {
      what: 'when they are used up',
      admission: { admitted: false, standings, violated: ['burst'] },
      status: 429,
    },
    {
      what: 'by names with spaces and signs',
      admission: { standings: standings.map((standing) => ({ ...standing, policy: "a day's; q=1" })) },
      status: 200,
    },
  ])('are fields that a parser of structured fields reads, $what', async ({ admission, status }) => {
    const { app: limited } = testApp({ limiter: limiterOf(admission) });
    const answer = await request(limited).post('/v1/comments').send(GOOD);
    expect(answer.status).toBe(status);
    expect(parseList(answer.headers['ratelimit-policy'] ?? '')).toEqual(
      admission.standings.map(({ policy: name, quota, window }) => [
        name,
        new Map([
          ['q', quota],
          ['w', window],
        ]),
      ]),
    );
    expect(parseList(answer.headers.ratelimit ?? '')).toEqual(
      admission.standings.map(({ policy: name, remaining, reset }) => [
        name,
        new Map([
          ['r', remaining],
          ['t', reset],
        ]),
      ]),
    );
  });

  test('are those of the tier that the site names; one that there is not is told', async () => {
    const asked: unknown[] = [];
    const limiter = (tierIsKnown: boolean) => ({
      ...limiterOf(),
      admit: async (user: string, posting?: Posting) => {
        asked.push([user, posting]);
        return { ...ADMITTED, tierIsKnown };
      },
    });
    const post = (tierIsKnown: boolean, user: object) =>
      request(testApp({ limiter: limiter(tierIsKnown) }).app)
        .post('/v1/comments')
        .send({ ...GOOD, user });
    const known = await post(true, { id: 'a', tier: 'trusted' });
    expect(known.body).not.toHaveProperty('warnings');
    const unknown = await post(false, { id: 'b', tier: 'gold' });
    expect(unknown.body.warnings).toEqual([
      {
        pointer: '/user/tier',
        detail: 'limits.yaml has no tier "gold"; the comment was counted by the tier default.',
      },
    ]);
    expect(asked).toEqual([
      ['a', { tier: 'trusted', text: GOOD.text, recall: 0 }],
      ['b', { tier: 'gold', text: GOOD.text, recall: 0 }],
    ]);
  });

  test.each([
    { text: 'You are an idiot.', verdict: 'reject', told: [['reader-1', 'new']] },
    { text: 'It is so, perhaps.', verdict: 'review', told: [] },
    { text: GOOD.text, verdict: 'approve', told: [] },
  ])('are told of a verdict of $verdict: $told', async ({ text, verdict, told }) => {
    const rejections: unknown[] = [];
    const rejected = (...of: unknown[]) => rejections.push(of);
    const { app: counting } = testApp({ limiter: limiterOf({}, { rejected }) });
    const comment = { text, user: { id: 'reader-1', tier: 'new' } };
    const dry = await request(counting).post('/v1/comments?dryRun=true').send(comment);
    expect([dry.body.verdict, rejections]).toEqual([verdict, []]);
    const { body } = await request(counting).post('/v1/comments').send(comment);
    expect([body.verdict, rejections]).toEqual([verdict, told]);
  });

  test('are told to a user who is blocked', async () => {
    const { app: limited } = testApp({
      limiter: limiterOf({ admitted: false, standings, violated: ['block'], blockedFor: 3599 }),
    });
    const { status, headers, body } = await request(limited).post('/v1/comments').send(GOOD);
    expect([status, headers['retry-after']]).toEqual([429, '3599']);
    expect(body).toMatchObject({
      detail:
        'This user is blocked because comments were rejected again and again; the next comment is judged in 3599 s.',
      'violated-policies': ['block'],
    });
  });

  test('say how often a text was posted, to the rules', async () => {
    const seen = wordRule('talks', 'review', {
      conditions: [
        {
          label: 'repeats',
          thresholds: [{ action: 'review', from: 0.5 }],
          group: undefined,
          observe: ({ context: { repeats } }) => ({
            score: repeats ? 1 : 0,
            spans: [],
            note: JSON.stringify(repeats),
          }),
        },
      ],
    });
    const { app: limited } = testApp({
      guidelines: () => inForce([seen]),
      limiter: limiterOf({ repeats: { bySame: [3], byOthers: [1, 2] } }),
    });
    // What the site sends under this name does not count.
    const sent = { ...GOOD, context: { author: 'Reuters', repeats: { bySame: [], byOthers: [] } } };
    const { body } = await request(limited).post('/v1/comments').send(sent);
    expect(body.reasons[0]?.note).toBe('{"bySame":[3],"byOthers":[1,2]}');
    const { body: dry } = await request(limited).post('/v1/comments?dryRun=true').send(sent);
    expect(dry.reasons).toEqual([]);
  });

  test('that one instance counted alone are told as degraded', async () => {
    const { app: alone } = testApp({ limiter: limiterOf({ degraded: true }) });
    const { body } = await request(alone).post('/v1/comments').send(GOOD);
    expect(body.degraded).toEqual(['limiter']);
  });

  test.each([
    { what: 'a comment', query: '', body: GOOD, counted: ['reader-1'] },
    { what: 'dryRun=false', query: '?dryRun=false', body: GOOD, counted: ['reader-1'] },
    { what: 'a dry run', query: '?dryRun=true', body: GOOD, counted: [] },
    { what: 'a dry run of nobody', query: '?dryRun=true', body: { text: GOOD.text }, counted: [] },
    { what: 'a bad body', query: '', body: { ...GOOD, text: '' }, counted: [] },
  ])('count $what as $counted', async ({ query, body, counted }) => {
    const users: string[] = [];
    const limiter = limiterOf();
    const { app: counting } = testApp({
      limiter: {
        ...limiter,
        admit: (user) => {
          users.push(user);
          return limiter.admit(user);
        },
      },
    });
    const answer = await request(counting).post(`/v1/comments${query}`).send(body);
    expect(users).toEqual(counted);
    expect('ratelimit' in answer.headers).toBe(counted.length > 0);
  });
});

function sendBytes(bytes: Buffer | string, type = 'application/json') {
  return post()
    .set('content-type', type)
    .serialize((body) => body)
    .send(bytes);
}

async function serveAsEver() {
  const answer = await post().send(GOOD);
  expect([answer.status, answer.body.verdict]).toEqual([200, 'approve']);
}

const TEXT = 'must be a string of 1 to 10000 characters; got';
const SHORT = 'must be a string of 1 to 256 characters; got';
const BODY = 'must be an object like {"text": "...", "user": {"id": "reader-42"}}; got';
const USER = 'must be an object like {"id": "reader-42"}; got';
const NAMES = 'must be an array of at most 100 names; got';

describe('a body with wrong fields is a 400 that names each', () => {
  const { user } = GOOD;
  test.each<{ body: unknown; errors: [pointer: string, detail: string][] }>([
    { body: null, errors: [['', `${BODY} null`]] },
    { body: 1, errors: [['', `${BODY} a number`]] },
    { body: true, errors: [['', `${BODY} a boolean`]] },
    { body: 'text', errors: [['', `${BODY} a string of 4 characters`]] },
    { body: [GOOD], errors: [['', `${BODY} an array of 1`]] },
    {
      body: {},
      errors: [
        ['/text', `${TEXT} nothing`],
        ['/user', `${USER} nothing`],
      ],
    },
    { body: { text: 'Fine.' }, errors: [['/user', `${USER} nothing`]] },
    { body: { user }, errors: [['/text', `${TEXT} nothing`]] },
    { body: { text: 5, user }, errors: [['/text', `${TEXT} a number`]] },
    { body: { text: null, user }, errors: [['/text', `${TEXT} null`]] },
    { body: { text: ['a'], user }, errors: [['/text', `${TEXT} an array of 1`]] },
    { body: { text: {}, user }, errors: [['/text', `${TEXT} an object`]] },
    { body: { text: '', user }, errors: [['/text', `${TEXT} an empty string`]] },
    { body: { text: 'a'.repeat(10_001), user }, errors: [['/text', `${TEXT} a string of 10001 characters`]] },
    { body: { text: 'a'.repeat(60_000), user }, errors: [['/text', `${TEXT} a string of 60000 characters`]] },
    ...[' ', '\n\t\r', '\u00a0\u2003\u3000', '\u200b\u200d\ufeff', '\u3164\u2800', '\u0000\u0007'].map(
      (text) => ({
        body: { text, user },
        errors: [
          [
            '/text',
            'must have at least one visible character; got only white space and invisible characters',
          ],
        ] as [string, string][],
      }),
    ),
    { body: { ...GOOD, user: 'reader' }, errors: [['/user', `${USER} a string of 6 characters`]] },
    { body: { ...GOOD, user: null }, errors: [['/user', `${USER} null`]] },
    { body: { ...GOOD, user: {} }, errors: [['/user/id', `${SHORT} nothing`]] },
    { body: { ...GOOD, user: { id: '' } }, errors: [['/user/id', `${SHORT} an empty string`]] },
    { body: { ...GOOD, user: { id: 7 } }, errors: [['/user/id', `${SHORT} a number`]] },
    {
      body: { ...GOOD, user: { id: 'u'.repeat(257) } },
      errors: [['/user/id', `${SHORT} a string of 257 characters`]],
    },
    { body: { ...GOOD, user: { id: 'u', name: 1 } }, errors: [['/user/name', `${SHORT} a number`]] },
    { body: { ...GOOD, id: 12 }, errors: [['/id', `${SHORT} a number`]] },
    { body: { ...GOOD, id: 'c'.repeat(257) }, errors: [['/id', `${SHORT} a string of 257 characters`]] },
    {
      body: { ...GOOD, context: 'world' },
      errors: [
        [
          '/context',
          'must be an object like {"url": "https://news.example/world/article1.ece"}; got a string of 5 characters',
        ],
      ],
    },
    {
      body: { ...GOOD, context: { url: [] } },
      errors: [['/context/url', 'must be a string of 1 to 2048 characters; got an array of 0']],
    },
    {
      body: { ...GOOD, context: { title: 0 } },
      errors: [['/context/title', 'must be a string of 1 to 1000 characters; got a number']],
    },
    { body: { ...GOOD, context: { author: false } }, errors: [['/context/author', `${SHORT} a boolean`]] },
    { body: { ...GOOD, context: { parent: 3 } }, errors: [['/context/parent', `${TEXT} a number`]] },
    {
      body: { ...GOOD, context: { participants: 'Meena' } },
      errors: [['/context/participants', `${NAMES} a string of 5 characters`]],
    },
    {
      body: { ...GOOD, context: { participants: ['Meena', 2] } },
      errors: [['/context/participants/1', `${SHORT} a number`]],
    },
    {
      body: { ...GOOD, context: { participants: Array(101).fill('M') } },
      errors: [['/context/participants', `${NAMES} an array of 101`]],
    },
    {
      body: { text: 5, user: { id: 6 }, id: 7, context: { title: 8, participants: [9] } },
      errors: [
        ['/id', `${SHORT} a number`],
        ['/text', `${TEXT} a number`],
        ['/user/id', `${SHORT} a number`],
        ['/context/title', 'must be a string of 1 to 1000 characters; got a number'],
        ['/context/participants/0', `${SHORT} a number`],
      ],
    },
  ])('$errors', async ({ body, errors }) => {
    const answer = await sendBytes(JSON.stringify(body));
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400 });
    const told: { pointer: string; detail: string }[] = answer.body.errors;
    expect(told.map(({ pointer, detail }) => [pointer, detail]).sort()).toEqual([...errors].sort());
    await serveAsEver();
  });
});

describe('a body that cannot be read is a problem', () => {
  const nested = (open: string, times: number, close = '') => open.repeat(times) + close.repeat(times);
  const invalid = (bytes: number[]) =>
    Buffer.concat([Buffer.from('{"text":"'), Buffer.from(bytes), Buffer.from('","user":{"id":"u"}}')]);
  test.each<{ what: string; bytes: Buffer | string; status: number; detail: string }>([
    { what: 'nothing', bytes: '', status: 400, detail: 'The body is empty; it must be a JSON object.' },
    {
      what: 'white space',
      bytes: ' \n',
      status: 400,
      detail: 'The body is not JSON: line 2, column 1: expected a value; got the end.',
    },
    {
      what: 'cut off',
      bytes: '{"text": "a',
      status: 400,
      detail:
        'The body is not JSON: line 1, column 12: expected the rest of a string and its closing quotation mark; got the end.',
    },
    {
      what: 'no colon',
      bytes: '{"text" "a"}',
      status: 400,
      detail: 'The body is not JSON: line 1, column 9: expected a colon; got ".',
    },
    {
      what: 'a comma too many',
      bytes: '{\n  "text": "a",\n}',
      status: 400,
      detail: 'The body is not JSON: line 3, column 1: expected a name in double quotes; got }.',
    },
    {
      what: 'single quotes',
      bytes: "{'text': 'a'}",
      status: 400,
      detail: "The body is not JSON: line 1, column 2: expected a name in double quotes or }; got '.",
    },
    {
      what: 'a bare word',
      bytes: '{"text": a}',
      status: 400,
      detail: 'The body is not JSON: line 1, column 10: expected a value; got a.',
    },
    {
      what: 'NaN',
      bytes: '{"text": NaN}',
      status: 400,
      detail: 'The body is not JSON: line 1, column 10: expected a value; got N.',
    },
    {
      what: 'a raw line end in a string',
      bytes: '{"text": "a\nb"}',
      status: 400,
      detail:
        'The body is not JSON: line 1, column 12: expected the rest of a string and its closing quotation mark; got U+000A.',
    },
    {
      what: 'a bad escape',
      bytes: '{"text": "\\x"}',
      status: 400,
      detail:
        'The body is not JSON: line 1, column 11: expected an escape such as \\n, \\" or \\u00e9; got \\.',
    },
    {
      what: 'two values',
      bytes: '{} {}',
      status: 400,
      detail: 'The body is not JSON: line 1, column 4: expected nothing more; got {.',
    },
    {
      what: 'a form',
      bytes: 'text=a&user=b',
      status: 400,
      detail: 'The body is not JSON: line 1, column 1: expected a value; got t.',
    },
    {
      what: 'a byte that never is UTF-8',
      bytes: invalid([0xff]),
      status: 400,
      detail: 'The body is not UTF-8.',
    },
    {
      what: 'an over-long form',
      bytes: invalid([0xc0, 0xaf]),
      status: 400,
      detail: 'The body is not UTF-8.',
    },
    {
      what: 'a surrogate in UTF-8',
      bytes: invalid([0xed, 0xa0, 0x80]),
      status: 400,
      detail: 'The body is not UTF-8.',
    },
    {
      what: 'a character cut short',
      bytes: invalid([0xe0, 0xa4]),
      status: 400,
      detail: 'The body is not UTF-8.',
    },
    { what: 'Latin-1', bytes: invalid([0xe9]), status: 400, detail: 'The body is not UTF-8.' },
    {
      what: 'UTF-16',
      bytes: Buffer.from('{"text":"a"}', 'utf16le'),
      status: 400,
      detail: 'The body is not JSON: line 1, column 2: expected a name in double quotes or }; got U+0000.',
    },
    {
      what: '10,000 arrays, not closed',
      bytes: nested('[', 10_000),
      status: 400,
      detail: 'The body nests too deep.',
    },
    {
      what: '10,000 arrays',
      bytes: nested('[', 10_000, ']'),
      status: 400,
      detail: 'The body nests too deep.',
    },
    {
      what: '10,000 arrays as text',
      bytes: `{"user":{"id":"u"},"text":${nested('[', 10_000, ']')}}`,
      status: 400,
      detail: 'The body nests too deep.',
    },
    {
      what: '10,000 objects',
      bytes: `${'{"text":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      status: 400,
      detail: 'The body nests too deep.',
    },
    {
      what: '50,000 participants, all wrong',
      bytes: JSON.stringify({ ...GOOD, context: { participants: Array(50_000).fill(1) } }),
      status: 400,
      detail: 'The body is JSON, but one field of it cannot be used: see errors.',
    },
    {
      what: '1 MB',
      bytes: JSON.stringify({ ...GOOD, text: 'a'.repeat(1_000_000) }),
      status: 413,
      detail: 'The body must be at most 125536 bytes.',
    },
    {
      what: '1 MB of arrays',
      bytes: nested('[', 1_000_000),
      status: 413,
      detail: 'The body must be at most 125536 bytes.',
    },
  ])('$what', async ({ bytes, status, detail }) => {
    const answer = await sendBytes(bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, detail });
    await serveAsEver();
  });
});

test.each([
  { query: '?dryRun=yes' },
  { query: '?dryRun=1' },
  { query: '?dryRun=TRUE' },
  { query: '?dryRun' },
  { query: '?dryRun=true&dryRun=false' },
])('the query $query is a 400', async ({ query }) => {
  const answer = await post(query).send(GOOD);
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toBe('The query parameter dryRun must be true or false, once.');
});

test.each([
  { name: 'dryrun' },
  { name: 'DryRun' },
  { name: 'dry_run' },
  { name: 'dry-run' },
  { name: 'DRYRUN' },
  { name: 'dryRnu' },
  { name: 'drRun' },
])('the query parameter $name is refused, with the right one named', async ({ name }) => {
  for (const query of [`?${name}=true`, `?dryRun=true&${name}=true`, `?${name}`]) {
    const answer = await post(query).send(GOOD);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'query-invalid',
      detail: `There is no query parameter "${name}"; write "dryRun".`,
    });
  }
});

test.each(['?utm_source=a', '?dry=true', '?run=true', '?__proto__=a', '?a[b]=c', '?=', '?trace=1&v=2'])(
  'the query %s is passed over',
  async (query) => {
    expect((await post(query).send(GOOD)).status).toBe(200);
  },
);

describe('content types', () => {
  test.each<{ type?: string; encoding?: string; status: number; detail?: string }>([
    { type: 'application/json', status: 200 },
    { type: 'application/json; charset=utf-8', status: 200 },
    { type: 'Application/JSON;charset="UTF-8"', status: 200 },
    { type: 'application/json; x=y', status: 200 },
    { type: 'application/json', encoding: 'identity', status: 200 },
    {
      type: 'application/json; charset=iso-8859-1',
      status: 415,
      detail: 'The charset must be utf-8; got iso-8859-1.',
    },
    {
      type: 'application/json; charset=utf-16',
      status: 415,
      detail: 'The charset must be utf-8; got utf-16.',
    },
    { type: 'text/plain', status: 415, detail: 'Content-Type must be application/json; got text/plain.' },
    {
      type: 'application/x-www-form-urlencoded',
      status: 415,
      detail: 'Content-Type must be application/json; got application/x-www-form-urlencoded.',
    },
    {
      type: 'multipart/form-data; boundary=x',
      status: 415,
      detail: 'Content-Type must be application/json; got multipart/form-data; boundary=x.',
    },
    {
      type: 'application/x-ndjson',
      status: 415,
      detail: 'Content-Type must be application/json; got application/x-ndjson.',
    },
    { type: 'json', status: 415, detail: 'Content-Type must be application/json; got json.' },
    ...['gzip', 'deflate', 'br', 'zstd', 'nonsense', 'gzip, gzip'].map((encoding) => ({
      type: 'application/json',
      encoding,
      status: 415,
      detail: `The body must not be compressed; got Content-Encoding ${encoding}.`,
    })),
  ])('$type, $encoding: $status', async ({ type = '', encoding, status, detail }) => {
    const call = post()
      .set('content-type', type)
      .serialize((body) => body);
    if (encoding !== undefined) call.set('content-encoding', encoding);
    const answer = await call.send(JSON.stringify(GOOD));
    expect(answer.status).toBe(status);
    if (status === 415) {
      expect(answer.body).toMatchObject({ status, title: 'Unsupported Media Type', detail });
      const offer = encoding === undefined ? 'accept' : 'accept-encoding';
      expect(answer.headers[offer]).toBe(encoding === undefined ? 'application/json' : 'identity');
    }
    await serveAsEver();
  });
});

test('no body at all makes a 5xx', async () => {
  const odd = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc
      .record(
        {
          text: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
          user: fc.oneof(fc.record({ id: fc.string({ minLength: 1 }) }), fc.anything()),
          id: fc.anything(),
          context: fc.oneof(
            fc.dictionary(
              fc.constantFrom('url', 'title', 'author', 'participants', 'parent', '__proto__'),
              fc.anything(),
            ),
            fc.anything(),
          ),
        },
        { requiredKeys: ['text', 'user'] },
      )
      .map(
        (body) =>
          JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? '',
      ),
  );
  await fc.assert(
    fc.asyncProperty(odd, fc.constantFrom('', '?dryRun=true'), async (body, query) => {
      const answer = await post(query)
        .set('content-type', 'application/json')
        .serialize((sent) => sent)
        .send(body);
      expect([200, 400]).toContain(answer.status);
      expect(answer.text).not.toMatch(/\.(?:js|ts):\d+/);
    }),
    { numRuns: 300 },
  );
});
