import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { watchOverload } from '../../src/http/overload.js';
import { type Service, startService } from '../helpers/service.js';

const MOST_DELAY_MS = 20;
/** Far more than can be judged at once. */
const CONNECTIONS = 150;
/** The flood ends once so many are judged, and so many probes are answered. */
const ENOUGH_JUDGED = 100;
const ENOUGH_PROBES = 3;
const LONGEST_MS = 120_000;
const COMMENT = JSON.stringify({
  text: 'You say that the talks should start again, and nobody asks why. '.repeat(10),
});

let service: Service;
afterEach(() => service?.stop());

describe('more comments than can be judged', () => {
  test(
    'are refused early, and the rest is judged in time',
    async () => {
      service = await startService({ MAX_DELAY_MS: `${MOST_DELAY_MS}` });
      const { statuses, refusals, livez } = await flood(20);
      expect([...statuses.keys()].sort()).toEqual([200, 503]);
      for (const { headers, body } of refusals.slice(0, 3)) {
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
    },
    LONGEST_MS,
  );

  test(
    'all wait where nothing is to be refused',
    async () => {
      service = await startService({ MAX_DELAY_MS: '0' });
      const { statuses, livez } = await flood(0);
      expect([...statuses.keys()]).toEqual([200]);
      expect(new Set(livez)).toEqual(new Set([200]));
    },
    LONGEST_MS,
  );
});

/**
 * As many comments as many connections can send, and probes beside them.
 * @param leastRefused how many refusals there must be before it ends
 */
async function flood(leastRefused: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const statuses = new Map<number | undefined, number>();
  const refusals: Awaited<ReturnType<typeof post>>[] = [];
  const livez: number[] = [];
  const isOver = () =>
    (statuses.get(200) ?? 0) >= ENOUGH_JUDGED &&
    livez.length >= ENOUGH_PROBES &&
    refusals.length >= leastRefused;
  const senders = Array.from({ length: CONNECTIONS }, async () => {
    while (!isOver()) {
      const answer = await post(agent);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 503) refusals.push(answer);
    }
  });
  while (!isOver()) {
    livez.push((await fetch(`${service.url}/livez`)).status);
    await sleep(20);
  }
  const lost = (await Promise.allSettled(senders)).filter(({ status }) => status === 'rejected');
  agent.destroy();
  expect(lost.slice(0, 1)).toEqual([]);
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
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test.each([
    { mostMs: 30, busyMs: 0, asked: 100, refused: 0, why: 'on time' },
    { mostMs: 30, busyMs: 200, asked: 16, refused: 0, why: 'late, but they are few' },
    { mostMs: 30, busyMs: 200, asked: 100, refused: 84, why: 'late, and they are many' },
    { mostMs: 0, busyMs: 200, asked: 100, refused: 0, why: 'switched off' },
  ])('$asked at once: $refused refused ($why)', ({ mostMs, busyMs, asked, refused }) => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const overload = watchOverload(mostMs);
    const pass = (ms: number) => {
      for (let left = ms; left > 0; left -= 10) {
        now += 10;
        jest.advanceTimersByTime(10);
      }
    };
    pass(50);
    const ask = () => Array.from({ length: asked }, () => overload.refuses('a')).filter(Boolean).length;
    // A turn of the event loop that lasts: time passes, and no timer has its turn.
    now += busyMs;
    expect(ask()).toBe(refused);
    // Of another there were none yet.
    expect(overload.refuses('b')).toBe(false);
    // The next turn is another.
    pass(50);
    expect(ask()).toBe(0);
    overload.stop();
  });
});
