import { once } from 'node:events';
import { type ClientRequest, request as call, type IncomingMessage } from 'node:http';
import { jest } from '@jest/globals';
import { Lanes } from '../../src/lanes/lanes.js';
import { readSettings } from '../../src/settings/all.js';
import type { TestDeps } from '../helpers/app.js';
import { inForce, RULES } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';
import { type Served, serveApp } from '../helpers/served-app.js';

const [OURS, THEIRS] = ['key-of-one-site-16', 'key-of-another-site'] as const;
const BATCHES = 30;
const ARRAYS = 20;
/** Others that may be judged while a comment comes, is judged and is answered: some turns of the event loop. */
const MOST_BETWEEN = 20;

let served: Served;
const open = new Set<ClientRequest>();
afterEach(async () => {
  for (const each of open) each.destroy();
  open.clear();
  await served.stop();
});

async function serve(deps: TestDeps = {}): Promise<void> {
  served = await serveApp({
    guidelines: () => inForce(RULES),
    config: { apiKeys: [OURS, THEIRS] },
    ...deps,
  });
}

/** A request whose body is still to be sent, and its answer's head. */
function begin(path: string, type: string, key: string, headers: Record<string, string | number> = {}) {
  const sending = call(served.url + path, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
  });
  sending.on('error', () => {});
  open.add(sending);
  const head = once(sending, 'response').then(([answer]: IncomingMessage[]) => {
    if (!answer) throw new Error('there is no answer');
    answer.on('error', () => {});
    return answer;
  });
  head.catch(() => {});
  sending.flushHeaders();
  return { sending, head };
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return text;
}

const beginBatch = (key: string) => begin('/v1/comments/batch', 'application/x-ndjson', key);

/** An array whose body is too long for one text, and which does not come. */
const beginArray = (key: string) =>
  begin('/v1/moderations', 'application/json', key, { 'content-length': 1_000_000 });

/** Sends a body whole and reads the whole answer. */
async function post(path: string, body: object, key: string) {
  const text = JSON.stringify(body);
  const headers = { 'content-length': Buffer.byteLength(text) };
  const { sending, head } = begin(path, 'application/json', key, headers);
  sending.end(text);
  const answer = await head;
  const received = await bodyOf(answer);
  open.delete(sending);
  return { status: answer.statusCode, body: JSON.parse(received) };
}

/** How many of some requests have got an answer's head. */
function countAnswered(requests: readonly { readonly head: Promise<IncomingMessage> }[]) {
  const answered: IncomingMessage[] = [];
  for (const { head } of requests) head.then((answer) => answered.push(answer)).catch(() => {});
  return answered;
}

test('beside thirty batches and twenty arrays that never end, a comment waits for a few others', async () => {
  const judged = new Map<string, number>();
  const count = (source: string) => judged.get(source) ?? 0;
  await serve({
    watchers: [({ source }) => judged.set(source, count(source) + 1)],
  });
  const lines = `${JSON.stringify({ text: 'Fine, all of it.' })}\n`.repeat(50);
  for (let i = 0; i < BATCHES; i++) {
    const { sending, head } = beginBatch(OURS);
    void head.then((answer) => answer.resume()).catch(() => {});
    const send = () => {
      while (!sending.destroyed && sending.write(lines));
      if (!sending.destroyed) sending.once('drain', send);
    };
    send();
  }
  const input = Array.from({ length: 8 }, () => 'Fine, all of it.');
  const statuses = new Set<number | undefined>();
  const sendArrays = async () => {
    // Until what is open is closed, at the end.
    for (;;) statuses.add((await post('/v1/moderations', { input }, OURS)).status);
  };
  for (let i = 0; i < ARRAYS; i++) sendArrays().catch(() => {});
  await eventually(
    'batches and arrays are judged',
    () => count('batch') > 100 && count('openai') > 50 && statuses.size > 0,
  );

  const between: number[] = [];
  const [batchesBefore, arraysBefore] = [count('batch'), count('openai')];
  for (let i = 0; i < 30; i++) {
    const before = count('batch') + count('openai');
    const { status } = await post('/v1/comments', { text: 'Fine.', user: { id: `u${i}` } }, OURS);
    expect(status).toBe(200);
    between.push(count('batch') + count('openai') - before);
  }
  // They were not held up either: each lane has had its share in the meantime.
  expect(count('batch')).toBeGreaterThan(batchesBefore);
  expect(count('openai')).toBeGreaterThan(arraysBefore);
  // Most, not all: the system may be slow to hand a comment over, and the others are judged in the meantime.
  const [median = Number.NaN] = between.sort((a, b) => a - b).slice(between.length / 2);
  expect(median).toBeLessThan(MOST_BETWEEN);
  expect(statuses).toEqual(new Set([200]));
});

describe('a lane that is full', () => {
  test('of batches: one key does not take the places of another, and what waits gives way to it', async () => {
    await serve({ env: { BATCHES_PER_KEY: '2' } });
    const ours = Array.from({ length: 2 + 12 }, () => beginBatch(OURS));
    const answered = countAnswered(ours);
    await eventually('two of ours are in', () => answered.length === 2);
    expect(answered.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    await eventually('twelve of ours wait', async () => (await waitingIn('batch')) === 12);

    const refused = await beginBatch(OURS).head;
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('10');
    expect(JSON.parse(await bodyOf(refused))).toMatchObject({
      code: 'overloaded',
      detail: 'The service is busy; try again in 10 s.',
    });
    // There is a third place, which is not for us.
    const first = beginBatch(THEIRS);
    expect((await first.head).statusCode).toBe(200);
    const theirs = beginBatch(THEIRS);
    await eventually('the last of ours gives way', () => answered.length === 3);
    expect(answered[2]?.statusCode).toBe(503);
    // It came last, and is the first of those that may take this place.
    first.sending.end();
    expect((await theirs.head).statusCode).toBe(200);
    expect(await metric('stet_lane_refused_total{lane="batch",reason="full"}')).toBe(2);
  });

  test('of arrays: the refusal is OpenAI’s', async () => {
    await serve({ env: { BULK_REQUESTS_PER_KEY: '1' } });
    for (let i = 0; i < 1 + 8; i++) beginArray(OURS);
    await eventually('eight wait', async () => (await waitingIn('bulk')) === 8);
    const refused = await beginArray(OURS).head;
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('5');
    expect(JSON.parse(await bodyOf(refused))).toEqual({
      error: {
        message: 'The service is busy; try again in 5 s.',
        type: 'server_error',
        param: null,
        code: null,
      },
    });
    // One text is no array, and waits for none.
    expect((await post('/v1/moderations', { input: 'Fine.' }, OURS)).status).toBe(200);
  });

  test('of previews: each key has its own part', async () => {
    await serve({ env: { PREVIEWS_PER_KEY: '1' } });
    const beginPreview = (key: string) =>
      begin('/v1/rules/preview', 'application/json', key, { 'content-length': 100 });
    const [first] = [beginPreview(OURS)];
    await eventually('ours is in', async () => (await beginPreview(OURS).head).statusCode === 503);
    const refused = await beginPreview(OURS).head;
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(JSON.parse(await bodyOf(refused))).toMatchObject({ code: 'preview-busy' });
    // Theirs is read, and found to be no preview.
    expect((await post('/v1/rules/preview', {}, THEIRS)).status).toBe(400);
    // A client that goes gives its place back.
    first.sending.destroy();
    await eventually('the place is free', async () => {
      return (await post('/v1/rules/preview', {}, OURS)).status === 400;
    });
  });
});

describe('a body whose key or signature stands in it', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const CORAL = '/coral';

  /** Lanes that note who asks for turns to read, and give them out only once told to. */
  function lanesWithheld() {
    const asked: { readonly owner: string | undefined; readonly units: number }[] = [];
    const held: (() => void)[] = [];
    let isHeld = true;
    const { lanes: settings } = readSettings({});
    const lanes = new Lanes({ settings, maxDelayMs: 0 });
    const visit = lanes.visit.bind(lanes);
    jest.spyOn(lanes, 'visit').mockImplementation((owner) => {
      const real = visit(owner);
      let lane: string;
      return {
        ...real,
        enter: (entered) => {
          lane = entered;
          return real.enter(entered);
        },
        turn: async (units) => {
          if (lane === 'unknown') {
            asked.push({ owner, units });
            if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
          }
          return real.turn(units);
        },
      };
    });
    const give = () => {
      isHeld = false;
      for (const resolve of held.splice(0)) resolve();
    };
    return { lanes, asked, give };
  }

  test.each([
    { path: '/1.1/comment-check', type: FORM, status: 200 },
    { path: '/1.1/verify-key', type: FORM, status: 200 },
    { path: CORAL, type: 'application/json', status: 401 },
  ])('$path: beyond 64 KiB it is read in turns of its address', async ({ path, type, status }) => {
    const { lanes, asked, give } = lanesWithheld();
    const env = { CORAL_SECRETS: 'a-secret-of-coral-16' };
    await serve({ lanes, env });
    const length = 120_000;
    const send = (bytes: number) => {
      const { sending, head } = begin(path, type, 'no-key-of-ours-1234', { 'content-length': bytes });
      sending.end('a'.repeat(bytes));
      return head;
    };
    // A short one waits for nothing.
    expect((await send(60_000)).statusCode).toBe(status);
    expect(asked).toEqual([]);
    const long = Array.from({ length: 5 }, () => send(length));
    const answered = countAnswered(long.map((head) => ({ head })));
    await eventually('all five wait for their first turn', () => asked.length === 5);
    expect(new Set(asked.map(({ owner }) => owner))).toEqual(new Set(['from 127.0.0.1']));
    // In the meantime comments are judged.
    expect((await post('/v1/comments', { text: 'Fine.', user: { id: 'u' } }, OURS)).status).toBe(200);
    expect([answered.length, asked.length]).toEqual([0, 5]);
    give();
    expect((await Promise.all(long)).map(({ statusCode }) => statusCode)).toEqual(Array(5).fill(status));
  });
});

async function metric(name: string): Promise<number> {
  const answer = await fetch(`${served.url}/metrics`, { headers: { authorization: `Bearer ${OURS}` } });
  const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

const waitingIn = (lane: string) => metric(`stet_lane_waiting{lane="${lane}"}`);
