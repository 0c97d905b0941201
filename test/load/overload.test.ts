import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchOverload } from '../../src/http/overload.js';
import { type RunningService, runService } from '../reload/running-service.js';

const MOST_DELAY_MS = 50;
/** Far more than can be judged at once. */
const CONNECTIONS = 400;
const COMMENT = JSON.stringify({
  text: 'You say that the talks should start again, and nobody asks why. '.repeat(30),
});

let service: RunningService;
afterEach(() => service?.stop());

describe('more comments than can be judged', () => {
  test('are refused early, and the rest is judged in time', async () => {
    service = await runService({ MAX_DELAY_MS: `${MOST_DELAY_MS}` });
    const { statuses, refusals, livez } = await flood();
    expect([...statuses.keys()].sort()).toEqual([200, 503]);
    expect(statuses.get(200)).toBeGreaterThan(50);
    for (const { headers, body } of refusals) {
      expect(headers['retry-after']).toBe('1');
      expect(headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(body)).toMatchObject({
        status: 503,
        detail: 'The service is busy; try again in 1 s.',
      });
    }
    expect(new Set(livez)).toEqual(new Set([200]));
    // And as soon as they cease, it judges as ever.
    expect((await post(undefined)).status).toBe(200);
  }, 30_000);

  test('all wait where nothing is to be refused', async () => {
    service = await runService({ MAX_DELAY_MS: '0' });
    const { statuses, livez } = await flood();
    expect([...statuses.keys()]).toEqual([200]);
    expect(new Set(livez)).toEqual(new Set([200]));
  }, 60_000);
});

/** Four seconds of as many comments as many connections can send, and probes beside them. */
async function flood() {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const statuses = new Map<number | undefined, number>();
  const refusals: Awaited<ReturnType<typeof post>>[] = [];
  const until = performance.now() + 4000;
  const senders = Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() < until) {
      const answer = await post(agent);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 503) refusals.push(answer);
    }
  });
  const livez: number[] = [];
  while (performance.now() < until) {
    livez.push((await fetch(`${service.url}/livez`)).status);
    await sleep(20);
  }
  await Promise.all(senders);
  agent.destroy();
  return { statuses, refusals, livez };
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function post(agent: Agent | undefined): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(COMMENT) };
    const options = { method: 'POST', agent, headers };
    request(`${service.url}/v1/comments?dryRun=true`, options, (answer) => {
      let body = '';
      answer
        .setEncoding('utf8')
        .on('data', (chunk: string) => {
          body += chunk;
        })
        .on('error', reject)
        .on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    })
      .on('error', reject)
      .end(COMMENT);
  });
}

describe('the watch on the event loop', () => {
  test.each([
    { mostMs: 30, busyMs: 0, asked: 100, refused: 0, why: 'on time' },
    { mostMs: 30, busyMs: 200, asked: 16, refused: 0, why: 'late, but they are few' },
    { mostMs: 30, busyMs: 200, asked: 100, refused: 84, why: 'late, and they are many' },
    { mostMs: 0, busyMs: 200, asked: 100, refused: 0, why: 'switched off' },
  ])('$asked at once: $refused refused ($why)', async ({ mostMs, busyMs, asked, refused }) => {
    const overload = watchOverload(mostMs);
    await sleep(50);
    const ask = () => Array.from({ length: asked }, () => overload.refuses()).filter(Boolean).length;
    const until = performance.now() + busyMs;
    while (performance.now() < until);
    expect(ask()).toBe(refused);
    // The next turn is another.
    await sleep(50);
    expect(ask()).toBe(0);
    overload.stop();
  });
});
