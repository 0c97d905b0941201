import { jest } from '@jest/globals';
import request from 'supertest';
import { compileGuidelines } from '../../../src/guidelines/compile/compile.js';
import { PreviewBody } from '../../../src/wire/preview.js';
import { testApp } from '../../helpers/app.js';

function rule(id: string, also: Readonly<Record<string, string>> = {}): string {
  const fields = { guideline: `No ${id}.`, message: 'Please.', action: 'reject', ...also };
  return `id: ${id}\n${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')}`;
}

const IN_FORCE = {
  'abuse.yaml': rule('abuse', {
    lists: '{ insult: { file: lists/insults.txt } }',
    when: '[phrases: ["{insult}"]]',
  }),
  'doubt.yaml': rule('doubt', { action: 'review', when: '[phrases: [perhaps]]' }),
  'lists/insults.txt': 'idiot\nfool\n',
  'lists/spare.txt': 'buffoon\n',
};

const guidelines = compileGuidelines(new Map(Object.entries(IN_FORCE)));
const deps = { guidelines: () => ({ guidelines, loadedAt: new Date() }) };
const { app, logs } = testApp(deps);

type Draft = Readonly<Record<string, unknown>>;

async function preview(files: Draft, ...texts: string[]) {
  const comments = texts.map((text) => ({ text }));
  return await request(app).post('/v1/rules/preview').send({ files, comments });
}

describe('a draft', () => {
  test.each<{ what: string; files: Draft; text: string; before: string; after: string; by?: string[] }>([
    {
      what: 'that makes a rule stricter',
      files: { 'doubt.yaml': rule('doubt', { when: '[phrases: [perhaps]]' }) },
      text: 'Well, perhaps.',
      before: 'review',
      after: 'reject',
      by: ['doubt'],
    },
    {
      what: 'of a list alone',
      files: { 'lists/insults.txt': 'idiot\nfool\ngoose\n' },
      text: 'You goose.',
      before: 'approve',
      after: 'reject',
      by: ['abuse'],
    },
    {
      what: 'of a new guideline',
      files: { 'endings.yaml': rule('endings', { action: 'review', when: '[phrases: [he dies]]' }) },
      text: 'In the end he dies.',
      before: 'approve',
      after: 'review',
      by: ['endings'],
    },
    {
      what: 'with a list that no rule in force uses',
      files: {
        'endings.yaml': rule('endings', {
          lists: '{ l: { file: lists/spare.txt } }',
          when: '[phrases: ["{l}"]]',
        }),
      },
      text: 'A buffoon.',
      before: 'approve',
      after: 'reject',
      by: ['endings'],
    },
    {
      what: 'that deletes a rule',
      files: { 'abuse.yaml': null },
      text: 'You idiot.',
      before: 'reject',
      after: 'approve',
      by: [],
    },
    {
      what: 'that deletes what is not there',
      files: { 'gone.yaml': null },
      text: 'You idiot.',
      before: 'reject',
      after: 'reject',
      by: ['abuse'],
    },
    {
      what: 'that flags',
      files: { 'doubt.yaml': rule('doubt', { action: 'flag', when: '[phrases: [perhaps]]' }) },
      text: 'Well, perhaps.',
      before: 'review',
      after: 'approve',
      by: ['doubt'],
    },
    {
      what: 'of limits alone',
      files: { 'limits.yaml': 'tiers:\n  default: [{ name: a, points: 1, per: 1m }]\n' },
      text: 'Well, perhaps.',
      before: 'review',
      after: 'review',
      by: ['doubt'],
    },
  ])('$what: $before becomes $after', async ({ files, text, before, after, by = [] }) => {
    const { status, body } = await preview(files, text);
    expect(status).toBe(200);
    expect(body.comments).toHaveLength(1);
    const [comment] = body.comments;
    expect(comment).toMatchObject({ changed: before !== after, before: { verdict: before } });
    expect(comment.after.verdict).toBe(after);
    expect(comment.after.reasons.map((reason: { rule: string }) => reason.rule)).toEqual(by);
    expect(body.totals.changed).toBe(Number(before !== after));
    expect(body.totals.changes).toEqual(before === after ? [] : [{ from: before, to: after, count: 1 }]);
  });

  test('is told with the words at fault, the score and both versions, and leaves the rules as they are', async () => {
    const files = { 'lists/insults.txt': 'idiot\nfool\ngoose\n' };
    const { body } = await preview(files, 'You silly goose!', 'An idiot, perhaps.', 'Fine.');
    expect(body.comments[0].after.reasons).toEqual([
      {
        rule: 'abuse',
        guideline: 'No abuse.',
        action: 'reject',
        message: 'Please.',
        score: 1,
        spans: [{ start: 10, end: 15 }],
      },
    ]);
    expect(body.totals).toEqual({
      comments: 3,
      changed: 1,
      before: { approve: 2, review: 0, reject: 1 },
      after: { approve: 1, review: 0, reject: 2 },
      changes: [{ from: 'approve', to: 'reject', count: 1 }],
    });
    expect(body.rulesVersion.before).toBe(guidelines.ruleset.version);
    expect(body.rulesVersion.after).toBe(
      compileGuidelines(new Map(Object.entries({ ...IN_FORCE, ...files }))).ruleset.version,
    );
    const judged = await request(app).post('/v1/comments?dryRun=true').send({ text: 'You silly goose!' });
    expect(judged.body.verdict).toBe('approve');
  });

  test('in shadow mode has no say, and is told with what it would have said', async () => {
    const files = { 'new.yaml': rule('new', { mode: 'shadow', when: '[phrases: [goose]]' }) };
    const { body } = await preview(files, 'A goose, perhaps.');
    expect(body.comments[0]).toMatchObject({
      changed: false,
      after: {
        verdict: 'review',
        reasons: [{ rule: 'doubt' }],
        shadowed: [{ rule: 'new', action: 'reject', spans: [{ start: 2, end: 7 }] }],
        scores: { new: 1, doubt: 1, abuse: 0 },
      },
    });
  });

  test('judges a comment where it stands', async () => {
    const files = {
      'doubt.yaml': rule('doubt', { applies: '{ url: ["/sport/*"] }', when: '[phrases: [perhaps]]' }),
    };
    const comments = ['/sport/a', '/world/a'].map((path) => ({
      id: path,
      text: 'Well, perhaps.',
      context: { url: `https://news.example${path}` },
    }));
    const { body } = await request(app).post('/v1/rules/preview').send({ files, comments });
    expect(body.comments).toMatchObject([
      { id: '/sport/a', after: { verdict: 'reject' } },
      { id: '/world/a', after: { verdict: 'approve' } },
    ]);
  });

  test('whose examples do not hold is tried all the same, and told', async () => {
    const draft = rule('doubt', { when: '[phrases: [perhaps]]', examples: '{ reject: [Maybe.] }' });
    const { status, body } = await preview({ 'doubt.yaml': draft }, 'Well, perhaps.');
    expect(status).toBe(200);
    expect(body.totals.changed).toBe(1);
    expect(body.examples).toEqual([
      {
        file: 'doubt.yaml',
        line: 6,
        column: expect.any(Number),
        message: expect.stringMatching(
          /^example "Maybe\." does not hold: expected reject by doubt, got nothing/,
        ),
      },
    ]);
  });
});

describe('mistakes in a draft get 422 with the place in the body and in the file', () => {
  test.each<{ what: string; files: Draft; errors: object[] }>([
    {
      what: 'a word misspelt',
      files: { 'doubt.yaml': rule('doubt', { action: 'rejct', when: '[phrases: [perhaps]]' }) },
      errors: [{ pointer: '/files/doubt.yaml', file: 'doubt.yaml', line: 4, column: 9 }],
    },
    {
      what: 'two files, two mistakes',
      files: { 'a.yaml': 'id: [', 'b.yaml': rule('b', { action: 'stop', when: '[phrases: [b]]' }) },
      errors: [
        { pointer: '/files/a.yaml', file: 'a.yaml', line: 1 },
        { pointer: '/files/b.yaml', file: 'b.yaml', line: 4, column: 9 },
      ],
    },
    {
      what: 'a file in force that the draft breaks',
      files: { 'lists/insults.txt': null },
      errors: [{ pointer: '/files', file: 'abuse.yaml', line: 5 }],
    },
    {
      what: 'a word in a list',
      files: { 'lists/insults.txt': 'idiot\n{list}\n' },
      errors: [{ pointer: '/files/lists~1insults.txt', file: 'lists/insults.txt', line: 2, column: 1 }],
    },
    {
      what: 'no rule left',
      files: { 'abuse.yaml': null, 'doubt.yaml': null },
      errors: [{ pointer: '/files', file: '.' }],
    },
    {
      what: 'an id given twice',
      files: { 'more.yaml': rule('abuse', { when: '[phrases: [perhaps]]' }) },
      errors: [{ pointer: '/files/more.yaml', file: 'more.yaml', line: 1 }],
    },
  ])('$what', async ({ files, errors }) => {
    const { status, headers, body } = await preview(files, 'Well, perhaps.');
    expect(status).toBe(422);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.errors).toMatchObject(errors);
    for (const { detail, file, line, column, message } of body.errors) {
      expect(detail).toBe(`${file}:${line}:${column}: ${message}`);
    }
  });
});

test('of many mistakes in a draft, 20 are told and the others counted', async () => {
  const when = `[${Array.from({ length: 50 }, () => '{ pattern: "(" }').join(', ')}]`;
  const { status, body } = await preview({ 'doubt.yaml': rule('doubt', { when }) }, 'Well, perhaps.');
  expect(status).toBe(422);
  expect(body.errors).toHaveLength(20);
  expect(body).toMatchObject({
    moreErrors: 30,
    detail: 'The draft has 50 mistakes: errors names the first 20.',
  });
});

const DRAFT = { 'abuse.yaml': null };

describe('what cannot be previewed gets 400 or 413, and says why', () => {
  test.each<{ body: unknown; pointer: string; told: string }>([
    { body: {}, pointer: '/files', told: 'must be an object of 1 to 100 files by name; got nothing' },
    {
      body: { files: {}, comments: [{ text: 'a' }] },
      pointer: '/files',
      told: 'must be an object of 1 to 100',
    },
    {
      body: { files: DRAFT, comments: [] },
      pointer: '/comments',
      told: 'must be an array of 1 to 500 comments',
    },
    {
      body: { files: DRAFT, comments: Array(501).fill({ text: 'a' }) },
      pointer: '/comments',
      told: 'must be an array of 1 to 500 comments; got an array of 501',
    },
    {
      body: { files: DRAFT, comments: [{ text: ' ' }] },
      pointer: '/comments/0/text',
      told: 'must have at least one visible character',
    },
    {
      body: { files: { 'abuse.yaml': 5 }, comments: [{ text: 'a' }] },
      pointer: '/files/abuse.yaml',
      told: 'must be the content of the file, or null; got a number',
    },
    {
      body: {
        files: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}.yaml`, ''])),
        comments: [{ text: 'a' }],
      },
      pointer: '/files',
      told: 'must be an object of 1 to 100 files by name',
    },
  ])('$told', async ({ body, pointer, told }) => {
    const answer = await request(app)
      .post('/v1/rules/preview')
      .send(body as object);
    expect(answer.status).toBe(400);
    const error = answer.body.errors.find((candidate: { pointer: string }) => candidate.pointer === pointer);
    expect(error.detail).toContain(told);
  });

  test.each([
    '../abuse.yaml',
    'a/b.yaml',
    '.hidden.yaml',
    'lists/.x.txt',
    'a\\b.txt',
    '/a.yaml',
    'abuse.json',
    '',
  ])('the file name %j', async (name) => {
    const { status, body } = await preview({ [name]: 'x' }, 'Well, perhaps.');
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        pointer: `/files/${name.replaceAll('/', '~1')}`,
        detail: expect.stringContaining('write a name like abuse.yaml or lists/insults.txt'),
      },
    ]);
  });

  test('a body of over 2 MB', async () => {
    const { status, body } = await preview({ 'a.txt': 'x'.repeat(2_000_000) }, 'a');
    expect(status).toBe(413);
    expect(body.detail).toBe('The body must be at most 2000000 bytes.');
  });

  test('more than five previews at once: 503, and those in waiting are answered', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => preview(DRAFT, 'You idiot.')));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 503, 503, 503]);
    expect(answers.find((answer) => answer.status === 503)?.headers['retry-after']).toBe('5');
  });
});

describe('a long body is parsed in the thread, and answered as a short one', () => {
  /** Longer than any that the main thread parses. */
  const LONG = 100_000;
  const COMMENTS = [{ text: 'You idiot.' }];
  const manyFiles = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`${n}-${n}.yaml`, 0]));
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test.each<{ what: string; sent: string; status: number; told: object }>([
    {
      what: 'a preview',
      sent: JSON.stringify({ files: DRAFT, comments: COMMENTS, more: 'x'.repeat(LONG) }),
      status: 200,
      told: { totals: { comments: 1, changed: 1 } },
    },
    {
      what: 'too many files, all of them wrong',
      sent: JSON.stringify({ files: manyFiles, comments: COMMENTS }),
      status: 400,
      told: {
        code: 'fields-invalid',
        detail: 'The body is JSON, but one field of it cannot be used: see errors.',
        errors: [{ pointer: '/files', detail: 'must be an object of 1 to 100 files by name; got an object' }],
      },
    },
    {
      what: 'comments that are all wrong',
      sent: JSON.stringify({ files: DRAFT, comments: Array(500).fill({ text: 0, id: 'x'.repeat(200) }) }),
      status: 400,
      told: { code: 'fields-invalid', moreErrors: 480 },
    },
    {
      what: 'no JSON',
      sent: `{"files": ${' '.repeat(LONG)}?`,
      status: 400,
      told: { code: 'body-not-json', detail: expect.stringContaining('expected a value; got ?') },
    },
    {
      what: 'a name that no file has',
      sent: JSON.stringify({ files: { 'a.json': 'x'.repeat(LONG) }, comments: COMMENTS }),
      status: 400,
      told: { code: 'fields-invalid', errors: [{ pointer: '/files/a.json' }] },
    },
    {
      what: 'a mistake in the draft',
      sent: JSON.stringify({ files: { 'doubt.yaml': `id: [${' '.repeat(LONG)}` }, comments: COMMENTS }),
      status: 422,
      told: { errors: [{ pointer: '/files/doubt.yaml', file: 'doubt.yaml' }] },
    },
  ])('$what: $status', async ({ sent, status, told }) => {
    const parse = jest.spyOn(JSON, 'parse');
    const answer = await request(app)
      .post('/v1/rules/preview')
      .set('content-type', 'application/json')
      .send(sent);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(told);
    const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
    expect(sent.length).toBeGreaterThan(LONG);
    expect(longest).toBeLessThan(LONG);
  });
});

test('is against the rules that are in force when it is asked for', async () => {
  let current = guidelines;
  const { app: reloaded } = testApp({ guidelines: () => ({ guidelines: current, loadedAt: new Date() }) });
  const verdicts = async () => {
    const body = { files: { 'doubt.yaml': null }, comments: [{ text: 'You goose.' }] };
    const [comment] = (await request(reloaded).post('/v1/rules/preview').send(body)).body.comments;
    return [comment.before.verdict, comment.after.verdict];
  };
  expect(await verdicts()).toEqual(['approve', 'approve']);
  current = compileGuidelines(new Map(Object.entries({ ...IN_FORCE, 'lists/insults.txt': 'goose' })));
  expect(await verdicts()).toEqual(['reject', 'reject']);
});

test('the API describes it: its example is served, and the answer is as described', async () => {
  const { body: api } = await request(app).get('/openapi.json');
  const { status, body } = await request(app)
    .post('/v1/rules/preview')
    .send(api.components.schemas.PreviewRequest.example);
  expect(status).toBe(200);
  expect(body.comments[0].after.verdict).toBe('review');
  expect(PreviewBody.safeParse(body)).toMatchObject({ success: true });
  expect(Object.keys(api.components.schemas.Preview.properties).sort()).toEqual(Object.keys(body).sort());
});

test('a key is asked for where keys are set', async () => {
  const config = { apiKeys: ['key-of-ours'], maxCommentChars: 10_000, port: 3000 };
  const { app: guarded } = testApp({ ...deps, config });
  const body = { files: DRAFT, comments: [{ text: 'You idiot.' }] };
  expect((await request(guarded).post('/v1/rules/preview').send(body)).status).toBe(401);
  const withKey = request(guarded).post('/v1/rules/preview').set('authorization', 'Bearer key-of-ours');
  expect((await withKey.send(body)).status).toBe(200);
});

test('logs how many comments there were, and no text of draft or comment', () => {
  const all = logs.join('');
  expect(all).toContain('"comments":3,"changed":1');
  expect(all).not.toMatch(/goose|idiot|perhaps/);
});
