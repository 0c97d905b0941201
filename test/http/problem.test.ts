import { jest } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../helpers/app.js';

const names = (count: number, length: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}`.padStart(length, '0'), value]));
const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);

/** More than any answer to a bad body takes: 20 faults, each with a pointer of 256 and a detail of 1,000 characters. */
const MOST_BYTES = 20 * 1300 + 500;

const keys = { env: { API_KEYS: 'key' } };

function post(path: string, body: string | object, type = 'application/json') {
  const { app } = testApp(keys);
  return request(app)
    .post(path)
    .set('authorization', 'Bearer key')
    .set('x-goog-api-key', 'key')
    .set('content-type', type)
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Bodies with much that is wrong: how many faults there are, of which 20 are named. */
test.each<{ what: string; path: string; body: object; faults: number }>([
  {
    what: 'a comment with bad participants',
    path: '/v1/comments',
    body: { text: 'Yes.', user: { id: 'u' }, context: { participants: many(100, 1) } },
    faults: 100,
  },
  {
    what: 'bad files of a preview',
    path: '/v1/rules/preview',
    body: { files: names(100, 5, 0), comments: [{ text: 'Yes.' }] },
    faults: 100,
  },
  {
    what: 'files of a preview with long names',
    path: '/v1/rules/preview',
    body: { files: names(100, 10_000, 0), comments: [{ text: 'Yes.' }] },
    faults: 100,
  },
  {
    what: 'names that no rule file has',
    path: '/v1/rules/preview',
    body: { files: names(100, 10_000, ''), comments: [{ text: 'Yes.' }] },
    faults: 100,
  },
  {
    what: 'bad comments of a preview',
    path: '/v1/rules/preview',
    body: {
      files: { 'a.yaml': '' },
      comments: many(500, { text: 1, context: { participants: many(100, 1) } }),
    },
    faults: 500,
  },
])('$what: 20 faults are named, the others counted', async ({ path, body, faults }) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: 'fields-invalid', moreErrors: faults - 20 });
  expect(answer.body.errors).toHaveLength(20);
  for (const { pointer } of answer.body.errors) expect(pointer.length).toBeLessThanOrEqual(256);
  expect(answer.text.length).toBeLessThan(MOST_BYTES);
});

test('20 faults are all named, and nothing is left to count', async () => {
  const participants = many(20, 1);
  const { body } = await post('/v1/comments', { text: 'Yes.', user: { id: 'u' }, context: { participants } });
  expect(body.errors).toHaveLength(20);
  expect(body).not.toHaveProperty('moreErrors');
});

test('a line of a batch names 20 faults and counts the others', async () => {
  const line = JSON.stringify({ text: 'Yes.', context: { participants: many(100, 1) } });
  const answer = await post('/v1/comments/batch', `${line}\n`, 'application/x-ndjson').buffer(true);
  const problem = JSON.parse(answer.text ?? answer.body.toString());
  expect(problem.errors).toHaveLength(20);
  expect(problem.moreErrors).toBe(80);
});

/** Other protocols have one message for what is wrong. */
test.each<{ what: string; path: string; body: object; told: RegExp }>([
  {
    what: 'Perspective, attributes',
    path: '/v1alpha1/comments:analyze',
    body: { comment: { text: 'Yes.' }, requestedAttributes: names(11_000, 3, 0) },
    told: /^\/requestedAttributes must be an object with at most 100 attributes, .*; got an object$/,
  },
  {
    what: 'Perspective, bad attributes',
    path: '/v1alpha1/comments:analyze',
    body: { comment: { text: 'Yes.' }, requestedAttributes: names(100, 900, 0) },
    told: /^(?:\/0+\d+…? must be an object; got a number; |\/requestedAttributes\/0+\d*…? must be an object; got a number; ){20}and 80 more$/,
  },
  {
    what: 'Perspective, an attribute with a long name',
    path: '/v1alpha1/comments:analyze',
    body: { comment: { text: 'Yes.' }, requestedAttributes: names(1, 1000, {}) },
    told: /^Unknown requested attribute: 0{900,}…$/,
  },
  {
    what: 'Perspective, languages',
    path: '/v1alpha1/comments:analyze',
    body: {
      comment: { text: 'Yes.' },
      requestedAttributes: { TOXICITY: {} },
      languages: many(100, 'fr'.repeat(50)),
    },
    told: /^Attribute TOXICITY does not support request languages: (?:fr|, )*f?…$/,
  },
  {
    what: 'OpenAI, texts',
    path: '/v1/moderations',
    body: { input: many(15_600, 0) },
    told: /^\/input: must be a text of .*; got an array of 15600$/,
  },
])('$what: the answer stays short', async ({ path, body, told }) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toMatch(told);
  expect(answer.text.length).toBeLessThan(MOST_BYTES);
});

/** What is told of a body that is no JSON must not take long to find out. */
test.each<[what: string, body: string, detail: string]>([
  ['arrays in arrays', '['.repeat(1_000_000), 'The body nests too deep.'],
  ['sound JSON, but deep', `${'['.repeat(101)}${']'.repeat(101)}`, 'The body nests too deep.'],
  [
    'a fault far off',
    `[${'0,'.repeat(500_000)}`,
    'The body is not JSON: somewhere after line 1, column 262145, for no fault was found before.',
  ],
  [
    'a fault far off in a string',
    `["${'\\n'.repeat(500_000)}`,
    'The body is not JSON: somewhere after line 1, column 262145, for no fault was found before.',
  ],
])('%s', async (_, body, detail) => {
  const answer = await post('/v1/rules/preview', body);
  expect([answer.status, answer.body.detail]).toEqual([400, detail]);
});

describe('what has too many names and values is refused before it is parsed', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** An object, within a comment that is sound, of so many names and values; commas and colons in strings are none. */
  const other = (values: number) =>
    `{"text": "Yes${',:'.repeat(1000)}", "user": {"id": "u"}, "other": [${'0,'.repeat(values - 7)}0]}`;
  const fields = names(40_000, 3, 0);

  test.each([
    { what: 'as many as may be', path: '/v1/comments', body: other(60_000), status: 200 },
    { what: 'one more', path: '/v1/comments', body: other(60_001), status: 400 },
    {
      what: 'names, by OpenAI’s protocol',
      path: '/v1/moderations',
      body: JSON.stringify({ input: 'Yes.', ...fields }),
      status: 400,
    },
    {
      what: 'values, by Perspective’s',
      path: '/v1alpha1/comments:analyze',
      body: JSON.stringify({ requestedAttributes: many(60_000, 0) }),
      status: 400,
    },
  ])('$what: $status', async ({ path, body, status }) => {
    const parse = jest.spyOn(JSON, 'parse');
    const answer = await post(path, body);
    const isParsed = parse.mock.calls.some(([text]) => text === body);
    expect([answer.status, isParsed]).toEqual([status, status === 200]);
    if (status === 400) expect(answer.text).toContain('at most 60000 names and values');
  });
});

test('brackets in strings nest nothing, and 100 levels are taken', async () => {
  const deep = `${'['.repeat(99)}${']'.repeat(99)}`;
  const body = `{"text": "${'['.repeat(200)} \\"${'{'.repeat(200)}", "user": {"id": "u"}, "other": ${deep}}`;
  expect((await post('/v1/comments', body)).status).toBe(200);
});

test('a header field that is quoted is cut', async () => {
  const { body } = await post('/v1/comments', '{}', `text/${'a'.repeat(5000)}`);
  expect(body.detail).toMatch(/^Content-Type must be application\/json; got text\/a+…$/);
  expect(body.detail).toHaveLength(1000);
});
