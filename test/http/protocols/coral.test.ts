import { createHmac } from 'node:crypto';
import request from 'supertest';
import { z } from 'zod';
import type { Admission } from '../../../src/limits/limiter.js';
import { inForce, limiterOf, testApp, wordRule } from '../../helpers/app.js';

const OLD_SECRET = 'empsec_3f1c';
const NEW_SECRET = 'empsec_9a70';

const RULES = [
  wordRule('idiot', 'reject', { id: 'personal-attack' }),
  wordRule('perhaps', 'review', { id: 'language' }),
  wordRule('scum', 'flag', { id: 'abuse' }),
];

/** Settings as an operator writes them. */
function settings(env: Record<string, string> = {}): Record<string, string> {
  return { API_KEYS: 'key-of-ours', CORAL_SECRETS: `${OLD_SECRET},${NEW_SECRET}`, ...env };
}

interface Setting {
  readonly env?: Record<string, string>;
  readonly admission?: Partial<Admission>;
  readonly onAdmit?: (user: string) => void;
}

function coralApp({ env, admission, onAdmit }: Setting = {}) {
  const limiter = limiterOf(admission);
  return testApp({
    guidelines: () => inForce(RULES),
    env: settings(env),
    limiter: {
      ...limiter,
      admit: (user) => {
        onAdmit?.(user);
        return limiter.admit(user);
      },
    },
  });
}

/** The request of Coral's own documentation, with a comment. */
function coralRequest(body: string, also: Record<string, unknown> = {}) {
  return {
    action: 'NEW',
    comment: { body, parentID: null },
    author: { id: 'baf4e943-3594-4fcc-b2ba-3e8de7a76352', role: 'COMMENTER' },
    story: {
      id: '245b3856-b0a0-4d2f-a6bb-58c71f18d6a6',
      url: 'http://localhost:1313/posts/a-story-url/',
    },
    site: { id: 'a4bede88-2d2c-4424-bc18-4322a9e285a6' },
    tenantID: '19ba5794-7eeb-4d46-a81b-c00c61672501',
    tenantDomain: 'localhost',
    ...also,
  };
}

/** Signs as Coral does: with each secret that it has at the time. */
function sign(body: string, secrets: readonly string[]): string {
  return secrets
    .map((secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
    .join(',');
}

/** Sends as Coral does: JSON with two spaces, signed as it is sent. */
function send(
  { app }: ReturnType<typeof coralApp>,
  sent: unknown,
  secrets: readonly string[] = [NEW_SECRET],
) {
  const body = typeof sent === 'string' ? sent : JSON.stringify(sent, null, 2);
  return request(app)
    .post('/coral')
    .set('Content-Type', 'application/json')
    .set('User-Agent', 'Coral Moderation/9.0.0')
    .set('X-Coral-Signature', sign(body, secrets))
    .send(body);
}

/** The answer as Coral's documentation has it. Like Coral, it passes over fields that it does not know. */
const CoralResponse = z.object({
  actions: z
    .array(
      z.object({
        actionType: z.literal('FLAG'),
        reason: z.enum(['COMMENT_DETECTED_TOXIC', 'COMMENT_DETECTED_SPAM']),
      }),
    )
    .optional(),
  status: z.enum(['NONE', 'APPROVED', 'REJECTED', 'PREMOD', 'SYSTEM_WITHHELD']).optional(),
  tags: z.array(z.enum(['FEATURED', 'STAFF'])).optional(),
  moderationAction: z
    .object({
      status: z.literal('REJECTED'),
      rejectionReason: z.object({
        code: z.enum([
          'OFFENSIVE',
          'ABUSIVE',
          'SPAM',
          'BANNED_WORD',
          'AD',
          'ILLEGAL_CONTENT',
          'HARASSMENT_BULLYING',
          'MISINFORMATION',
          'HATE_SPEECH',
          'IRRELEVANT_CONTENT',
          'OTHER',
        ]),
        legalGrounds: z.string().optional(),
        detailedExplanation: z.string().optional(),
        customReason: z.string().optional(),
      }),
    })
    .optional(),
});

/** What Coral makes of an answer; undefined: no opinion. */
function readAsCoral(answer: request.Response): z.infer<typeof CoralResponse> | undefined {
  expect(answer.ok).toBe(true);
  if (answer.status === 204 || answer.text === '' || answer.text === '{}') return undefined;
  return CoralResponse.parse(JSON.parse(answer.text));
}

const TOXIC = { actionType: 'FLAG', reason: 'COMMENT_DETECTED_TOXIC' };
const REJECTED = {
  status: 'REJECTED',
  actions: [TOXIC],
  moderationAction: {
    status: 'REJECTED',
    rejectionReason: { code: 'HARASSMENT_BULLYING', detailedExplanation: 'Please do not say idiot.' },
  },
};
const HELD = { status: 'SYSTEM_WITHHELD' };

describe('a comment from Coral', () => {
  test.each<{ what: string; body: string; env?: Record<string, string>; read: unknown }>([
    { what: 'that all rules pass gets no opinion', body: "Here's a comment!", read: undefined },
    { what: 'that a rule rejects is rejected, with the message', body: 'You idiot.', read: REJECTED },
    { what: 'that a person should see is withheld', body: 'Well, perhaps.', read: HELD },
    { what: 'that is flagged passes with a flag', body: 'What scum.', read: { actions: [TOXIC] } },
    { what: 'in HTML is read as text', body: '<div>You i<b>di</b>&#111;t.</div>', read: REJECTED },
    { what: 'in plain text may have a word in brackets', body: 'You <idiot>', read: REJECTED },
    {
      what: 'has its links read',
      body: '<p>See <a href="https://idiot.example/">this</a></p>',
      read: REJECTED,
    },
    { what: 'without a word, stars or a picture, gets no opinion', body: '<p><br></p>', read: undefined },
    { what: 'that is empty gets no opinion', body: '', read: undefined },
    {
      what: 'that passes is approved where the operator says so',
      body: "Here's a comment!",
      env: { CORAL_STATUSES: 'approve=APPROVED' },
      read: { status: 'APPROVED' },
    },
    {
      what: 'for review waits for a moderator where the operator says so',
      body: 'Well, perhaps.',
      env: { CORAL_STATUSES: 'review=PREMOD, reject=PREMOD' },
      read: { status: 'PREMOD' },
    },
    {
      what: 'is held rather than rejected where the operator says so',
      body: 'You idiot.',
      env: { CORAL_STATUSES: 'reject=PREMOD' },
      read: { status: 'PREMOD', actions: [TOXIC] },
    },
    {
      what: 'is rejected for a reason that Coral has no name for',
      body: 'You idiot.',
      env: { CORAL_REASONS: 'other-rule=SPAM' },
      read: {
        status: 'REJECTED',
        moderationAction: {
          status: 'REJECTED',
          rejectionReason: {
            code: 'OTHER',
            customReason: 'Comments cannot say idiot.',
            detailedExplanation: 'Please do not say idiot.',
          },
        },
      },
    },
    {
      what: 'is rejected as an advertisement where the operator calls a rule so',
      body: 'You idiot.',
      env: { CORAL_REASONS: 'personal-attack=AD' },
      read: {
        status: 'REJECTED',
        actions: [{ actionType: 'FLAG', reason: 'COMMENT_DETECTED_SPAM' }],
        moderationAction: {
          status: 'REJECTED',
          rejectionReason: { code: 'AD', detailedExplanation: 'Please do not say idiot.' },
        },
      },
    },
  ])('$what', async ({ body, env = {}, read }) => {
    const answer = await send(coralApp({ env }), coralRequest(body));
    expect(readAsCoral(answer)).toEqual(read);
  });

  test('that replies to another is judged as well', async () => {
    const comment = { body: "Here's a reply, idiot!", parentID: 'd79b787f-f406-49a0-a179-72e3652e54be' };
    expect(readAsCoral(await send(coralApp(), coralRequest('', { comment })))).toEqual(REJECTED);
  });

  test('has its words at fault shown in the HTML that was sent', async () => {
    const body = '<p>Caf&eacute; <b>id</b>iot</p>';
    const { reasons } = (await send(coralApp(), coralRequest(body))).body;
    expect(reasons).toEqual([
      {
        rule: 'personal-attack',
        score: 0.97,
        spans: [{ start: body.indexOf('id<'), end: body.indexOf('</p>') }],
        note: 'the word idiot',
      },
    ]);
  });

  test('is judged by the address of its story', async () => {
    const urls: unknown[] = [];
    const rule = wordRule('idiot', 'reject', { appliesTo: (url) => urls.push(url) > 0 });
    const { app } = testApp({ guidelines: () => inForce([rule]), env: settings() });
    await send({ app, logs: [] }, coralRequest('You.'));
    expect(urls).toEqual(['http://localhost:1313/posts/a-story-url/']);
  });
});

describe('a signature', () => {
  const sent = coralRequest('You idiot.');
  const body = JSON.stringify(sent, null, 2);
  const right = sign(body, [NEW_SECRET]);

  test.each([
    { what: 'of the secret', header: right },
    { what: 'of the secret before it was changed', header: sign(body, [OLD_SECRET]) },
    { what: 'of both, while it is being changed', header: sign(body, [OLD_SECRET, NEW_SECRET]) },
    { what: 'of a secret not known here yet, beside one that is', header: sign(body, ['next', NEW_SECRET]) },
    {
      what: 'in capitals, with spaces',
      header: ` ${sign(body, ['x'])} , sha256=${right.slice(7).toUpperCase()} `,
    },
  ])('$what is right', async ({ header }) => {
    const answer = await request(coralApp().app)
      .post('/coral')
      .set('Content-Type', 'application/json')
      .set('X-Coral-Signature', header)
      .send(body);
    expect(readAsCoral(answer)).toEqual(REJECTED);
  });

  test.each([
    { what: 'that is missing', header: undefined },
    { what: 'of another secret', header: sign(body, ['empsec_other']) },
    { what: 'of the same JSON without spaces', header: sign(JSON.stringify(sent), [NEW_SECRET]) },
    { what: 'of another body', header: sign(body.replace('idiot', 'saint'), [NEW_SECRET]) },
    { what: 'without its kind', header: right.slice(7) },
    { what: 'of another kind', header: right.replace('sha256', 'sha1') },
    { what: 'cut short', header: right.slice(0, -2) },
    { what: 'that is empty', header: '' },
    { what: 'of many commas', header: ','.repeat(5000) },
  ])('$what is refused', async ({ header }) => {
    const { app, logs } = coralApp();
    const post = request(app).post('/coral').set('Content-Type', 'application/json');
    const answer = await (header === undefined ? post : post.set('X-Coral-Signature', header)).send(body);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('X-Coral-Signature');
    expect(answer.text).not.toContain(NEW_SECRET);
    expect(logs.join('')).not.toMatch(/empsec|idiot/);
  });

  test('is not asked for where the service has neither secrets nor keys', async () => {
    const { app } = testApp({ guidelines: () => inForce(RULES) });
    const answer = await request(app).post('/coral').send(sent);
    expect(readAsCoral(answer)).toEqual(REJECTED);
  });

  test('needs a secret where the service has keys', async () => {
    const { app } = testApp({ config: { apiKeys: ['key-of-ours'] } });
    const answer = await request(app).post('/coral').send(sent);
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('CORAL_SECRETS');
  });
});

describe('the limits', () => {
  const over = {
    admitted: false,
    standings: [{ policy: 'burst', quota: 5, window: 60, remaining: 0, reset: 41 }],
    violated: ['burst'],
  };

  test.each<{ what: string; env: Record<string, string>; read: unknown }>([
    { what: 'a comment over them is withheld', env: {}, read: HELD },
    {
      what: 'it is rejected with a word to its author where the operator says so',
      env: { CORAL_STATUSES: 'limit=REJECTED' },
      read: {
        status: 'REJECTED',
        moderationAction: {
          status: 'REJECTED',
          rejectionReason: {
            code: 'OTHER',
            customReason: 'Too many comments.',
            detailedExplanation: 'Please wait 41 seconds before you post again.',
          },
        },
      },
    },
    {
      what: 'it passes where the operator says so',
      env: { CORAL_STATUSES: 'limit=NO_OPINION' },
      read: undefined,
    },
  ])('$what', async ({ env, read }) => {
    const answer = await send(coralApp({ env, admission: over }), coralRequest('You idiot.'));
    expect(readAsCoral(answer)).toEqual(read);
    expect(answer.headers.ratelimit).toBe('"burst";r=0;t=41');
  });

  test.each([
    { what: 'a new comment', also: {}, counted: ['coral:baf4e943-3594-4fcc-b2ba-3e8de7a76352'] },
    { what: 'an edited one', also: { action: 'EDIT' }, counted: [] },
    { what: 'one without a word', also: { comment: { body: '<br>' } }, counted: [] },
  ])('count $what as $counted', async ({ also, counted }) => {
    const users: string[] = [];
    await send(coralApp({ onAdmit: (user) => users.push(user) }), coralRequest('Yes.', also));
    expect(users).toEqual(counted);
  });
});

describe('what Coral never sends is refused', () => {
  test.each([
    { what: 'no JSON', sent: '{"action": "NEW"', status: 400, pointer: undefined },
    { what: 'no comment', sent: { author: { id: 'a' } }, status: 400, pointer: '/comment' },
    { what: 'no author', sent: { comment: { body: 'a' } }, status: 400, pointer: '/author' },
    {
      what: 'an author without an id',
      sent: coralRequest('a', { author: {} }),
      status: 400,
      pointer: '/author/id',
    },
    {
      what: 'a number for a body',
      sent: coralRequest('', { comment: { body: 5 } }),
      status: 400,
      pointer: '/comment/body',
    },
    {
      what: 'another action',
      sent: coralRequest('a', { action: 'DELETE' }),
      status: 400,
      pointer: '/action',
    },
  ])('$what', async ({ sent, status, pointer }) => {
    const answer = await send(coralApp(), sent);
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0].pointer).toBe(pointer);
  });

  test('another type of body', async () => {
    const answer = await request(coralApp().app).post('/coral').type('form').send({ a: 'b' });
    expect(answer.status).toBe(415);
  });
});

describe('what is too long to be judged is held', () => {
  test.each([
    { what: 'one character too many', body: 'a'.repeat(10_001) },
    { what: '1 MB of letters', body: 'a'.repeat(1_000_000) },
    { what: '1 MB of tags', body: '<b>'.repeat(333_333) },
    { what: 'as many brackets as are read', body: '<'.repeat(100_000) },
  ])('$what', async ({ body }) => {
    const answer = await send(coralApp(), coralRequest(body));
    expect(readAsCoral(answer)).toEqual(HELD);
  });

  test.each([
    { what: 'nested tags', body: `${'<b>'.repeat(40_000)}idiot`, read: REJECTED },
    { what: 'as many references as there may be characters', body: '&amp;'.repeat(10_000), read: undefined },
    { what: 'more lines than there may be characters', body: `${'<br>'.repeat(10_001)}idiot`, read: HELD },
  ])('while $what are judged as the text that they are', async ({ body, read }) => {
    const answer = await send(coralApp(), coralRequest(body));
    expect(readAsCoral(answer)).toEqual(read);
  });

  test('where nothing is held for review, it passes', async () => {
    const app = coralApp({ env: { CORAL_STATUSES: 'review=NO_OPINION' } });
    expect(readAsCoral(await send(app, coralRequest('a'.repeat(10_001))))).toBeUndefined();
  });
});

test('comments from Coral are counted as such, and nothing of them is logged', async () => {
  const service = coralApp();
  await send(service, coralRequest('You idiot.'));
  const { text } = await request(service.app).get('/metrics').set('Authorization', 'Bearer key-of-ours');
  expect(text).toContain('stet_verdicts_total{site="default",decision="reject",source="coral"} 1');
  expect(text).toContain('stet_http_request_duration_seconds_count{route="/coral",status="200"} 1');
  const log = service.logs.join('');
  expect(log).toContain('"verdict":"reject","rules":["personal-attack"]');
  expect(log).not.toMatch(/idiot|baf4e943|a-story-url/);
});

test.each<[env: Record<string, string>, mistake: string | undefined]>([
  [{ CORAL_SECRETS: 'fifteen-sekrit-' }, undefined],
  [{ CORAL_SECRETS: 'sixteen-letters-', HOST: '0.0.0.0' }, undefined],
  [
    { CORAL_SECRETS: 'sixteen-letters-,fifteen-sekrit-', HOST: '0.0.0.0' },
    'CORAL_SECRETS has a key of fewer than 16 characters',
  ],
])('secrets that others can try are not short: %j', (env, mistake) => {
  const start = () => testApp({ env: { API_KEYS: 'sixteen-letters-', ...env } });
  if (mistake === undefined) expect(start).not.toThrow();
  else expect(start).toThrow(mistake);
});
