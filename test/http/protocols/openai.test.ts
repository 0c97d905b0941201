import OpenAI, { APIError, AuthenticationError, BadRequestError, RateLimitError } from 'openai';
import { type Served, serveApp } from '../../helpers/served-app.js';
import { ErrorShape, ModerationShape } from './openai-shapes.js';

const KEY = 'key-of-ours';
const IDIOT = 'You are an idiot, and so is the author.';
const FINE = 'The talks should start again.';

let served: Served;
let client: OpenAI;

beforeAll(async () => {
  served = await serveApp({ config: { apiKeys: [KEY], maxCommentChars: 500 } });
  client = clientOf(served, KEY);
});
afterAll(() => served.stop());

/** OpenAI's own client, unmodified. It would try again, and wait, where it is refused for the moment. */
function clientOf({ url }: Served, apiKey: string): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 });
}

/** What the client threw. */
async function refusalOf(call: Promise<unknown>): Promise<APIError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof APIError) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}

describe("OpenAI's client", () => {
  test.each<{ input: string; flagged: boolean; categories: string[] }>([
    { input: FINE, flagged: false, categories: [] },
    { input: 'I am a gay black woman.', flagged: false, categories: [] },
    { input: 'Your argument is idiotic, and here is why.', flagged: false, categories: [] },
    { input: 'The minister was killed by a bomb in Kabul.', flagged: false, categories: [] },
    { input: 'How do I kill a process that hangs?', flagged: false, categories: [] },
    { input: 'Modi is a clown and everybody knows it.', flagged: false, categories: [] },
    { input: IDIOT, flagged: true, categories: ['harassment'] },
    { input: 'Y0u are an 1d10t.', flagged: true, categories: ['harassment'] },
  ])('"$input" is flagged: $flagged $categories', async ({ input, flagged, categories }) => {
    const answer = ModerationShape.parse(await client.moderations.create({ input }));
    expect(answer.results).toHaveLength(1);
    expect(answer.results[0]?.flagged).toBe(flagged);
    const named = Object.entries(answer.results[0]?.categories ?? {}).filter(([, value]) => value);
    expect(named.map(([name]) => name)).toEqual(categories);
  });

  test('several texts get a result each, in order', async () => {
    const { results } = await client.moderations.create({
      model: 'omni-moderation-latest',
      input: [FINE, IDIOT, FINE],
    });
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true, false]);
  });

  test('parts of one text get one result', async () => {
    const { results } = await client.moderations.create({
      input: [
        { type: 'text', text: FINE },
        { type: 'text', text: 'You are an idiot. You are a moron.' },
      ],
    });
    expect(results.map(({ flagged }) => flagged)).toEqual([true]);
  });

  test('what is not judged is false, scores 0 and applies to nothing', async () => {
    const { results } = await client.moderations.create({ input: IDIOT });
    const [result] = results;
    const judged = ['harassment', 'harassment/threatening', 'hate', 'hate/threatening', 'violence'];
    const applied = Object.entries(result?.category_applied_input_types ?? {});
    expect(applied.filter(([, types]) => types.length > 0).map(([name]) => name)).toEqual(judged);
    for (const [name, score] of Object.entries(result?.category_scores ?? {})) {
      if (!judged.includes(name)) expect({ name, score }).toEqual({ name, score: 0 });
    }
  });

  test.each([
    { input: FINE, verdict: 'approve', rules: [] },
    { input: 'Modi is a clown and everybody knows it.', verdict: 'review', rules: ['personal-attack'] },
    { input: 'What the fuck is this article about?', verdict: 'reject', rules: ['abuse'] },
    { input: 'Great article.', verdict: 'reject', rules: ['full-sentences'] },
  ])('the paper\'s own verdict on "$input" is beside it: $verdict', async ({ input, verdict, rules }) => {
    const { results } = await client.moderations.create({ input });
    const reasons = rules.map((rule) => expect.objectContaining({ rule }));
    expect(results[0]).toMatchObject({ stet: { verdict, reasons } });
  });

  test('the model is named after the rules', async () => {
    const first = await client.moderations.create({ input: FINE });
    const second = await client.moderations.create({ input: IDIOT, model: 'text-moderation-stable' });
    expect(first.model).toMatch(/^stet-[\da-f]{12}$/);
    expect(second.model).toBe(first.model);
    expect(second.id).not.toBe(first.id);
  });

  const image = { type: 'image_url' as const, image_url: { url: 'https://news.example/a.png' } };
  test.each<{ why: string; input: OpenAI.ModerationCreateParams['input']; param: string; message: string }>([
    { why: 'an empty text', input: '', param: 'input', message: '/input: must be a text of 1 to 500' },
    { why: 'blanks', input: ' \u200b ', param: 'input', message: 'one of them visible' },
    { why: 'a long text', input: 'a'.repeat(501), param: 'input', message: 'must be a text of 1 to 500' },
    { why: 'no text', input: [], param: 'input', message: 'an array of 1 to 32' },
    { why: 'many texts', input: Array.from({ length: 33 }, () => FINE), param: 'input', message: '1 to 32' },
    { why: 'an image', input: [image], param: 'input[0]', message: 'images are not judged here' },
    {
      why: 'an image beside a text',
      input: [{ type: 'text', text: FINE }, image],
      param: 'input[1]',
      message: 'images are not judged here',
    },
    {
      why: 'parts that are long together',
      input: Array.from({ length: 3 }, () => ({ type: 'text' as const, text: 'You are good. '.repeat(20) })),
      param: 'input',
      message: 'at most 500 characters',
    },
  ])('is refused for $why', async ({ input, param, message }) => {
    const refusal = await refusalOf(client.moderations.create({ input }));
    expect(refusal).toBeInstanceOf(BadRequestError);
    expect(refusal).toMatchObject({ type: 'invalid_request_error', param, code: null });
    expect(refusal.message).toContain(message);
  });

  test('is refused with a wrong key', async () => {
    const refusal = await refusalOf(clientOf(served, 'wrong').moderations.create({ input: FINE }));
    expect(refusal).toBeInstanceOf(AuthenticationError);
    expect(refusal).toMatchObject({ type: 'invalid_request_error', code: 'invalid_api_key' });
  });

  test('is refused over the limit of its key, with the time to wait; another key is not', async () => {
    const limited = await serveApp({ config: { apiKeys: [KEY, 'other'], keyRequestsPerMinute: 2 } });
    try {
      const hasty = clientOf(limited, KEY);
      const { response } = await hasty.moderations.create({ input: [FINE, FINE, FINE] }).withResponse();
      expect(response.headers.get('x-ratelimit-limit-requests')).toBe('2');
      expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('1');
      expect(response.headers.get('x-ratelimit-reset-requests')).toMatch(/^\d+s$/);
      await hasty.moderations.create({ input: FINE });
      const refusal = await refusalOf(hasty.moderations.create({ input: FINE }));
      expect(refusal).toBeInstanceOf(RateLimitError);
      expect(refusal).toMatchObject({ type: 'requests', code: 'rate_limit_exceeded' });
      expect(Number(refusal.headers?.get('retry-after'))).toBeGreaterThan(0);
      await clientOf(limited, 'other').moderations.create({ input: FINE });
    } finally {
      await limited.stop();
    }
  });
});

describe('the examples of the documentation', () => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
  const send = (body: string, also: Record<string, string> = {}, method = 'POST') =>
    fetch(`${served.url}/v1/moderations`, {
      method,
      headers: { ...headers, ...also },
      ...(method === 'POST' && { body }),
    });

  test.each<{ why: string; body: object; status: number }>([
    {
      why: 'a single string',
      body: { model: 'omni-moderation-latest', input: '...text to classify goes here...' },
      status: 200,
    },
    { why: 'the reference', body: { input: 'I want to kill them.' }, status: 200 },
    {
      why: 'an image and a text',
      body: {
        model: 'omni-moderation-latest',
        input: [
          { type: 'text', text: '...text to classify goes here...' },
          { type: 'image_url', image_url: { url: 'https://example.com/image.png' } },
        ],
      },
      status: 400,
    },
  ])('$why: $status', async ({ body, status }) => {
    const answer = await send(JSON.stringify(body));
    expect(answer.status).toBe(status);
    const shape = status === 200 ? ModerationShape : ErrorShape;
    shape.parse(await answer.json());
  });

  test.each<{ why: string; body: string; also?: Record<string, string>; method?: string; status: number }>([
    { why: 'no JSON', body: '{"input": ', status: 400 },
    { why: 'no object', body: '[]', status: 400 },
    { why: 'no input', body: '{}', status: 400 },
    { why: 'a number', body: '{"input": 7}', status: 400 },
    { why: 'tokens', body: '{"input": [1, 2]}', status: 400 },
    { why: 'no key', body: '{"input": "a"}', also: { authorization: '' }, status: 401 },
    { why: 'another method', body: '', method: 'GET', status: 405 },
    { why: 'another type', body: '{"input": "a"}', also: { 'content-type': 'text/plain' }, status: 415 },
    { why: 'a large body', body: ' '.repeat(3_000_000), status: 413 },
  ])('$why is refused in the same shape: $status', async ({ body, also, method, status }) => {
    const answer = await send(body, also, method);
    expect(answer.status).toBe(status);
    expect(ErrorShape.parse(await answer.json()).error.code).toBeNull();
  });
});

test('verdicts are counted by how they came, and nothing that was sent is logged', async () => {
  const metered = await serveApp();
  try {
    await clientOf(metered, 'sekrit').moderations.create({ input: [IDIOT, FINE] });
    const metrics = await (await fetch(`${metered.url}/metrics`)).text();
    expect(metrics).toContain('stet_verdicts_total{site="default",decision="reject",source="openai"} 1');
    expect(metrics).toContain('stet_verdicts_total{site="default",decision="approve",source="openai"} 1');
    expect(metered.logs.join()).toContain('/v1/moderations');
    expect(metered.logs.join()).not.toMatch(/sekrit|idiot/);
  } finally {
    await metered.stop();
  }
});
