import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Served, serveApp } from '../../helpers/served-app.js';
import { googleClient, refusalOf } from './google-client.js';
import { AnalyzeShape, ErrorShape, SuggestShape } from './perspective-shapes.js';

const KEY = 'key-of-ours';
const IDIOT = 'You are an idiot, and so is the author.';

let served: Served;
let client: Awaited<ReturnType<typeof googleClient>>;

beforeAll(async () => {
  served = await serveApp({ config: { apiKeys: [KEY], maxCommentChars: 500 } });
  client = await googleClient(served.url);
});
afterAll(() => served.stop());

async function analyze(body: object) {
  const { data } = await client.analyze({ key: KEY, requestBody: body });
  return AnalyzeShape.parse(data);
}

/** The score of each attribute that is asked for. */
async function scores(text: string, names: readonly string[]): Promise<Record<string, number>> {
  const requestedAttributes = Object.fromEntries(names.map((name) => [name, {}]));
  const { attributeScores } = await analyze({ comment: { text }, languages: ['en'], requestedAttributes });
  return Object.fromEntries(
    Object.entries(attributeScores).map(([name, { summaryScore }]) => [name, summaryScore.value]),
  );
}

describe("Google's client", () => {
  test.each<{ text: string; attribute: string; from: number; to: number }>([
    { text: 'The talks should start again.', attribute: 'TOXICITY', from: 0, to: 0.2 },
    { text: 'I am a gay black woman.', attribute: 'TOXICITY', from: 0, to: 0.3 },
    { text: 'Your argument is wrong, and here is why.', attribute: 'TOXICITY', from: 0, to: 0.4 },
    { text: IDIOT, attribute: 'TOXICITY', from: 0.9, to: 1 },
    { text: 'What the fuck is this article about?', attribute: 'TOXICITY', from: 0.9, to: 1 },
    { text: IDIOT, attribute: 'TOXICITY@6', from: 0.9, to: 1 },
    { text: IDIOT, attribute: 'SEVERE_TOXICITY', from: 0.1, to: 0.8 },
    { text: 'You are an idiot.', attribute: 'INSULT', from: 0.9, to: 1 },
    { text: 'The talks should start again.', attribute: 'INSULT', from: 0, to: 0.1 },
    { text: 'What the fuck is this article about?', attribute: 'PROFANITY', from: 0.8, to: 1 },
    { text: 'What the fuck is this article about?', attribute: 'OBSCENE', from: 0.8, to: 1 },
    { text: 'Scunthorpe is a town in England.', attribute: 'PROFANITY', from: 0, to: 0.3 },
    { text: 'Migrants have lived here for centuries.', attribute: 'IDENTITY_ATTACK', from: 0, to: 0.6 },
    { text: 'You are a moron.', attribute: 'ATTACK_ON_COMMENTER', from: 0.8, to: 1 },
    { text: 'The author is a moron.', attribute: 'ATTACK_ON_COMMENTER', from: 0, to: 0.2 },
    { text: 'The author is a moron.', attribute: 'ATTACK_ON_AUTHOR', from: 0.8, to: 1 },
    { text: 'You are a moron.', attribute: 'ATTACK_ON_AUTHOR', from: 0, to: 0.2 },
    { text: 'The minister was killed by a bomb in Kabul.', attribute: 'THREAT', from: 0, to: 0.2 },
    { text: 'The talks should start again.', attribute: 'LIKELY_TO_REJECT', from: 0, to: 0.49 },
    { text: 'Modi is a clown and everybody knows it.', attribute: 'LIKELY_TO_REJECT', from: 0.5, to: 0.8 },
    { text: 'THIS GOVERNMENT HAS DONE NOTHING FOR US.', attribute: 'LIKELY_TO_REJECT', from: 0.9, to: 1 },
  ])('$attribute of "$text" is $from to $to', async ({ text, attribute, from, to }) => {
    const { [attribute]: score } = await scores(text, [attribute]);
    expect(score).toBeGreaterThanOrEqual(from);
    expect(score).toBeLessThanOrEqual(to);
  });

  test('gets what it asked for, and its token back', async () => {
    const answer = await analyze({
      comment: { text: IDIOT, type: 'PLAIN_TEXT' },
      context: { entries: [{ text: 'N. Korea needs guarantees', type: 'PLAIN_TEXT' }] },
      requestedAttributes: { TOXICITY: { scoreType: 'PROBABILITY', scoreThreshold: 0.5 }, INSULT: {} },
      languages: ['en'],
      doNotStore: true,
      clientToken: 'comment-1',
      sessionId: 'session-1',
      communityId: 'news.example',
    });
    expect(Object.keys(answer.attributeScores)).toEqual(['TOXICITY', 'INSULT']);
    expect(answer).toMatchObject({ languages: ['en'], detectedLanguages: ['en'], clientToken: 'comment-1' });
  });

  test('a score below its threshold is left out', async () => {
    const text = 'The talks should start again.';
    const requestedAttributes = { TOXICITY: { scoreThreshold: 0.5 }, INSULT: { scoreThreshold: 0 } };
    const { attributeScores } = await analyze({ comment: { text }, requestedAttributes });
    expect(Object.keys(attributeScores)).toEqual(['INSULT']);
  });

  test('spans are the whole comment, or each sentence when asked for', async () => {
    const text = 'The talks should start. 😀 You are an idiot! Thank you.';
    const ask = { comment: { text }, requestedAttributes: { TOXICITY: {} } };
    const { attributeScores: whole } = await analyze(ask);
    expect(whole.TOXICITY?.spanScores).toEqual([
      { begin: 0, end: text.length, score: whole.TOXICITY?.summaryScore },
    ]);
    const { attributeScores: parts } = await analyze({ ...ask, spanAnnotations: true });
    const spans = parts.TOXICITY?.spanScores ?? [];
    const abusive = spans.filter(({ score }) => score.value > 0.8);
    expect(abusive.map(({ begin, end }) => text.slice(begin, end))).toEqual([
      expect.stringContaining('You are an idiot!'),
    ]);
    expect(spans.length).toBeGreaterThanOrEqual(3);
    expect(parts.TOXICITY?.summaryScore).toEqual(whole.TOXICITY?.summaryScore);
  });

  test.each<{ languages?: string[]; text?: string; told: string[] }>([
    { told: ['en'] },
    { languages: [], told: ['en'] },
    { languages: ['en'], told: ['en'] },
    { languages: ['EN-in'], told: ['EN-in'] },
    { languages: ['fr', 'en'], told: ['fr', 'en'] },
    { languages: ['en'], text: 'Das ist doch alles Unsinn.', told: ['en'] },
  ])('languages $languages are told as $told', async ({ languages, text = IDIOT, told }) => {
    const answer = await analyze({ comment: { text }, requestedAttributes: { TOXICITY: {} }, languages });
    expect(answer.languages).toEqual(told);
  });

  const ok = { comment: { text: IDIOT }, requestedAttributes: { TOXICITY: {} } };
  test.each<{ body: object; type: string; message: string }>([
    { body: {}, type: 'COMMENT_EMPTY', message: 'Comment must be non-empty.' },
    { body: { ...ok, comment: { text: '' } }, type: 'COMMENT_EMPTY', message: 'Comment must be non-empty.' },
    { body: { ...ok, comment: { text: ' \u200b' } }, type: 'COMMENT_EMPTY', message: 'Comment must be' },
    {
      body: { ...ok, comment: { text: 'a'.repeat(501) } },
      type: 'COMMENT_TOO_LONG',
      message: 'Comment text too',
    },
    {
      body: { ...ok, requestedAttributes: {} },
      type: 'NO_REQUESTED_ATTRIBUTES',
      message: 'Missing requested',
    },
    {
      body: { comment: ok.comment },
      type: 'NO_REQUESTED_ATTRIBUTES',
      message: 'Missing requested_attributes',
    },
    {
      body: { ...ok, requestedAttributes: { SPAM: {} } },
      type: 'INVALID_REQUEST',
      message: 'attribute: SPAM',
    },
    {
      body: { ...ok, requestedAttributes: { TOXICITY: {}, UNSUBSTANTIAL: {} } },
      type: 'INVALID_REQUEST',
      message: 'Unknown requested attribute: UNSUBSTANTIAL',
    },
    {
      body: { ...ok, requestedAttributes: { constructor: {} } },
      type: 'INVALID_REQUEST',
      message: 'Unknown requested attribute: constructor',
    },
    {
      body: { ...ok, requestedAttributes: { TOXICITY: { scoreType: 'PERCENTILE' } } },
      type: 'INVALID_REQUEST',
      message: 'Requested score type PERCENTILE is not supported by attribute TOXICITY',
    },
    {
      body: { ...ok, requestedAttributes: { TOXICITY: { scoreThreshold: 'high' } } },
      type: 'INVALID_REQUEST',
      message: '/requestedAttributes/TOXICITY/scoreThreshold must be a number; got a string',
    },
    {
      body: { ...ok, comment: { text: '<b>You</b>', type: 'HTML' } },
      type: 'INVALID_REQUEST',
      message: "Currently, only 'PLAIN_TEXT' comments are supported",
    },
    {
      body: { ...ok, comment: { text: 'You', type: 'RTF' } },
      type: 'INVALID_REQUEST',
      message: 'Unknown text type',
    },
    {
      body: { ...ok, context: { entries: [], articleAndParentComment: {} } },
      type: 'INVALID_REQUEST',
      message: 'Context can have either entries or article_and_parent_comment',
    },
    {
      body: { ...ok, comment: 'text' },
      type: 'INVALID_REQUEST',
      message: '/comment must be an object; got a',
    },
    { body: { ...ok, languages: 'en' }, type: 'INVALID_REQUEST', message: '/languages must be an array' },
    {
      body: { ...ok, languages: ['it', 'fr'] },
      type: 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
      message: 'Attribute TOXICITY does not support request languages: it, fr',
    },
    {
      body: { ...ok, comment: { text: 'Das ist doch alles Unsinn, was hier geschrieben wird.' } },
      type: 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
      message: 'Attribute TOXICITY does not support request languages: de',
    },
    {
      body: { ...ok, comment: { text: 'यह लेख बहुत अच्छा है, लेकिन सरकार कुछ नहीं करेगी।' } },
      type: 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
      message: 'Attribute TOXICITY does not support request languages: hi',
    },
    {
      body: { ...ok, comment: { text: 'Yeh sarkar bilkul bekar hai' } },
      type: 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
      message: 'Attribute TOXICITY does not support request languages: hi-Latn',
    },
  ])('is refused with $type: $message', async ({ body, type, message }) => {
    const { status, body: refusal } = await refusalOf(client.analyze({ key: KEY, requestBody: body }));
    expect(status).toBe(400);
    const { error } = ErrorShape.parse(refusal);
    expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT', details: [{ errorType: type }] });
    expect(error.message).toContain(message);
  });

  test.each<{
    why: string;
    call: { key?: string; headers?: Record<string, string> };
    status: number;
    reason?: string;
  }>([
    { why: 'no key', call: {}, status: 403 },
    { why: 'an empty key', call: { key: '' }, status: 403 },
    { why: 'a wrong key', call: { key: 'wrong' }, status: 400, reason: 'API_KEY_INVALID' },
    {
      why: 'a wrong header',
      call: { headers: { 'x-goog-api-key': 'x' } },
      status: 400,
      reason: 'API_KEY_INVALID',
    },
    { why: 'the key', call: { key: KEY }, status: 200 },
    { why: 'the key as a header', call: { headers: { 'x-goog-api-key': KEY } }, status: 200 },
    { why: 'the key as elsewhere', call: { headers: { authorization: `Bearer ${KEY}` } }, status: 200 },
  ])('with $why: $status', async ({ call, status, reason }) => {
    const answer = client.analyze({ ...call, requestBody: ok });
    if (status === 200) {
      expect(AnalyzeShape.safeParse((await answer).data).success).toBe(true);
      return;
    }
    const refusal = await refusalOf(answer);
    expect(refusal.status).toBe(status);
    const { error } = ErrorShape.parse(refusal.body);
    expect(error.code).toBe(status);
    expect(error.status).toBe(status === 403 ? 'PERMISSION_DENIED' : 'INVALID_ARGUMENT');
    expect(error.details).toEqual(reason ? [expect.objectContaining({ reason })] : []);
  });

  test('over the limit of its key, with the time to wait; another key is not', async () => {
    const limited = await serveApp({ config: { apiKeys: [KEY, 'other'], keyRequestsPerMinute: 2 } });
    try {
      const { analyze: call, suggestscore } = await googleClient(limited.url);
      await call({ key: KEY, requestBody: ok });
      await suggestscore({ key: KEY, requestBody: { comment: { text: IDIOT } } });
      const refusal = await refusalOf(call({ key: KEY, requestBody: ok }));
      expect(refusal.status).toBe(429);
      const { error } = ErrorShape.parse(refusal.body);
      expect(error.status).toBe('RESOURCE_EXHAUSTED');
      expect(Number(refusal.retryAfter)).toBeGreaterThan(0);
      expect(error.details).toContainEqual(expect.objectContaining({ retryDelay: `${refusal.retryAfter}s` }));
      await call({ key: 'other', requestBody: ok });
    } finally {
      await limited.stop();
    }
  });

  test('without keys, what is sent as one makes no difference to the limit', async () => {
    const limited = await serveApp({ config: { keyRequestsPerMinute: 1 } });
    try {
      const { analyze: call } = await googleClient(limited.url);
      await call({ key: 'one', requestBody: ok });
      expect(await refusalOf(call({ key: 'another', requestBody: ok }))).toMatchObject({ status: 429 });
    } finally {
      await limited.stop();
    }
  });
});

describe('the examples of the documentation', () => {
  const path = `/v1alpha1/comments:analyze?key=${KEY}`;
  const json = { 'content-type': 'application/json' };
  test.each<{ why: string; path?: string; headers?: Record<string, string>; body: string; status: number }>([
    {
      why: 'curl, with names without quotation marks',
      headers: json,
      body: `{comment: {text: "what kind of idiot name is foo?"},
       languages: ["en"],
       requestedAttributes: {TOXICITY:{}} }`,
      status: 200,
    },
    {
      why: 'Python, without a content type',
      body: '{"comment": {"text": "what kind of idiot name is foo?"}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}}}',
      status: 200,
    },
    {
      why: 'the reference of AnalyzeComment, with an attribute that is not scored',
      headers: json,
      body: '{"comment": {"text": "What kind of idiot name is foo? Sorry, I like your name."}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}, "UNSUBSTANTIAL": {}}}',
      status: 400,
    },
    {
      why: 'the reference of SuggestCommentScore, with a comma too many',
      path: `/v1alpha1/comments:suggestscore?key=${KEY}`,
      headers: json,
      body: '{"comment": {"text": "I guess it comes down a simple choice: Get busy living, or get busy dying."}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}},}, "communityId": "/forum/movies", "clientToken": "comment-53922"}',
      status: 200,
    },
  ])('$why: $status', async ({ path: other = path, headers = {}, body, status }) => {
    // Bytes have no content type, as a text would.
    const answer = await fetch(served.url + other, { method: 'POST', headers, body: Buffer.from(body) });
    expect(answer.status).toBe(status);
    const shape = status !== 200 ? ErrorShape : other === path ? AnalyzeShape : SuggestShape;
    shape.parse(await answer.json());
  });

  test.each<{ headers: Record<string, string>; body: string; message: string }>([
    {
      headers: json,
      body: '{"comment": ',
      message: 'The body is not JSON: line 1, column 13: expected a value',
    },
    { headers: json, body: '', message: 'The body is empty' },
    { headers: json, body: '[]', message: 'must be an object; got an array of 0' },
    {
      headers: { 'content-type': 'text/plain' },
      body: '{}',
      message: 'Content-Type must be application/json',
    },
    { headers: json, body: ' '.repeat(80_000), message: 'The body must be at most' },
  ])('a body that is none of them: $message', async ({ headers, body, message }) => {
    const answer = await fetch(served.url + path, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    const { error } = ErrorShape.parse(await answer.json());
    expect(error.message).toContain(message);
  });

  test('another method is refused in the same way', async () => {
    const answer = await fetch(served.url + path);
    expect(answer.status).toBe(405);
    expect(ErrorShape.parse(await answer.json()).error.status).toBe('UNIMPLEMENTED');
  });
});

test('Coral asks for one attribute in one language, and reads one score', async () => {
  const answer = await fetch(`${served.url}/v1alpha1/comments:analyze?key=${KEY}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      comment: { text: IDIOT },
      languages: ['en'],
      doNotStore: true,
      requestedAttributes: { TOXICITY: {} },
    }),
  });
  expect(answer.headers.has('ratelimit')).toBe(false);
  const { attributeScores } = AnalyzeShape.parse(await answer.json());
  expect(attributeScores.TOXICITY?.summaryScore.value).toBeGreaterThan(0.8);
});

describe('suggested scores', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stet-feedback-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const suggestion = {
    comment: { text: 'Get busy living, or get busy dying.' },
    attributeScores: { TOXICITY: { summaryScore: { value: 0 } } },
    languages: ['en'],
    communityId: 'Coral:https://comments.news.example',
    clientToken: 'comment:7',
  };

  test('are answered and not kept', async () => {
    const { data } = await client.suggestscore({ key: KEY, requestBody: suggestion });
    expect(SuggestShape.parse(data)).toEqual({ clientToken: 'comment:7' });
  });

  test('are kept where the operator has a file for them', async () => {
    const feedbackFile = join(folder, 'feedback.ndjson');
    const keeper = await serveApp({ config: { feedbackFile } });
    try {
      const { suggestscore } = await googleClient(keeper.url);
      await suggestscore({ requestBody: suggestion });
      await suggestscore({ requestBody: { ...suggestion, comment: { text: 'Zwei\nZeilen' } } });
    } finally {
      await keeper.stop();
    }
    const lines = readFileSync(feedbackFile, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        protocol: 'perspective',
        text: suggestion.comment.text,
        scores: { TOXICITY: 0 },
      }),
      expect.objectContaining({ text: 'Zwei\nZeilen' }),
    ]);
  });

  test('that cannot be kept are refused', async () => {
    const keeper = await serveApp({ config: { feedbackFile: join(folder, 'no', 'feedback.ndjson') } });
    try {
      const { suggestscore } = await googleClient(keeper.url);
      const { status, body } = await refusalOf(suggestscore({ requestBody: suggestion }));
      expect(status).toBe(500);
      expect(ErrorShape.parse(body).error.status).toBe('INTERNAL');
      expect(keeper.logs.join()).not.toContain('busy living');
    } finally {
      await keeper.stop();
    }
  });
});

test('the description names the address it was fetched from, without a key', async () => {
  const answer = await fetch(`${served.url}/$discovery/rest?version=v1alpha1`);
  expect(await answer.json()).toMatchObject({ rootUrl: `${served.url}/` });
});

test('verdicts are counted by how they came, and nothing that was sent is logged', async () => {
  const metered = await serveApp();
  try {
    const { analyze: call } = await googleClient(metered.url);
    const text = 'You are an idiot with a name.';
    await call({ key: 'sekrit', requestBody: { comment: { text }, requestedAttributes: { TOXICITY: {} } } });
    const metrics = await (await fetch(`${metered.url}/metrics`)).text();
    expect(metrics).toContain('stet_verdicts_total{site="default",decision="reject",source="perspective"} 1');
    expect(metered.logs.join()).toContain('/v1alpha1/comments:analyze');
    expect(metered.logs.join()).not.toMatch(/sekrit|idiot/);
  } finally {
    await metered.stop();
  }
});
