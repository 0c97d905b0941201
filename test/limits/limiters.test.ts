import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitWindow } from '../../src/guidelines/guidelines.js';
import { createLimiter } from '../../src/limits/create.js';
import type { Limiter } from '../../src/limits/limiter.js';
import { type RedisServer, startRedis } from '../redis-server.js';
import { eventually } from './eventually.js';
import { RecordedLog } from './recorded-log.js';

const burst = (points: number, seconds = 60): LimitWindow => ({ name: 'burst', points, seconds });
const daily = (points: number): LimitWindow => ({ name: 'daily', points, seconds: 86400 });

interface Case {
  readonly why: string;
  readonly windows: readonly LimitWindow[];
  /** One letter a comment: who posts, in this order. */
  readonly comments: string;
  /** One sign a comment: `+` admitted, else the first letters of the windows that refuse it. */
  readonly expected: readonly string[];
  /** What the last comment is told is left in each window. */
  readonly remaining: readonly number[];
}

const CASES: readonly Case[] = [
  {
    why: 'the sixth comment in a minute is one too many',
    windows: [burst(5)],
    comments: 'aaaaaa',
    expected: ['+', '+', '+', '+', '+', 'b'],
    remaining: [0],
  },
  {
    why: 'what is left counts down',
    windows: [burst(5), daily(60)],
    comments: 'aa',
    expected: ['+', '+'],
    remaining: [3, 58],
  },
  {
    why: 'users are counted apart',
    windows: [burst(1)],
    comments: 'abab',
    expected: ['+', '+', 'b', 'b'],
    remaining: [0],
  },
  {
    why: 'comments that the burst window refuses use up nothing of the day',
    windows: [burst(2), daily(4)],
    comments: 'aaaaaaaaa',
    expected: ['+', '+', 'b', 'b', 'b', 'b', 'b', 'b', 'b'],
    remaining: [0, 2],
  },
  {
    why: 'comments that the day refuses use up nothing of the burst window',
    windows: [burst(5), daily(2)],
    comments: 'aaaaaaa',
    expected: ['+', '+', 'd', 'd', 'd', 'd', 'd'],
    remaining: [3, 0],
  },
  {
    why: 'both are named when both refuse',
    windows: [burst(2), daily(2)],
    comments: 'aaa',
    expected: ['+', '+', 'bd'],
    remaining: [0, 0],
  },
];

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const opened: Limiter[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((limiter) => limiter.close()));
});

async function open(windows: readonly LimitWindow[], redisUrl: string | undefined): Promise<Limiter> {
  const limiter = createLimiter({ windows }, { redisUrl, logger: new RecordedLog() });
  opened.push(limiter);
  await eventually('the limiter is connected', () => limiter.healthy);
  return limiter;
}

let runs = 0;
/** User ids that no other test has used. */
function freshUsers(): (letter: string) => string {
  runs += 1;
  return (letter) => `${letter}-${runs}`;
}

describe.each(['memory', 'redis'] as const)('counted in %s', (kind) => {
  const url = () => (kind === 'redis' ? redis.url : undefined);

  test.each(CASES)('$why', async ({ windows, comments, expected, remaining }) => {
    const limiter = await open(windows, url());
    const user = freshUsers();
    const admissions = [];
    for (const letter of comments) admissions.push(await limiter.admit(user(letter)));

    const signs = admissions.map(({ admitted, violated }) =>
      admitted ? '+' : violated.map((name) => name[0]).join(''),
    );
    expect(signs).toEqual(expected);
    const last = admissions.at(-1);
    expect(last?.standings.map((standing) => standing.remaining)).toEqual(remaining);
    expect(last?.degraded).toBe(false);
    expect(limiter.kind).toBe(kind);
  });

  test('each window is told with its quota, its length and when it ends', async () => {
    const limiter = await open([burst(5), daily(60)], url());
    const { standings } = await limiter.admit(freshUsers()('a'));
    expect(standings).toEqual([
      { policy: 'burst', quota: 5, window: 60, remaining: 4, reset: 60 },
      { policy: 'daily', quota: 60, window: 86400, remaining: 59, reset: 86400 },
    ]);
  });

  test('a window starts anew when it is over, and the day goes on', async () => {
    const limiter = await open([burst(2, 1), daily(3)], url());
    const user = freshUsers()('a');
    const post = async () => (await limiter.admit(user)).violated;
    expect([await post(), await post(), await post()]).toEqual([[], [], ['burst']]);
    await sleep(1100);
    expect([await post(), await post()]).toEqual([[], ['daily']]);
  });

  test('many comments at once: as many as the limit are admitted, the others leave no trace', async () => {
    const limiter = await open([burst(5), daily(60)], url());
    const user = freshUsers()('a');
    const admissions = await Promise.all(Array.from({ length: 50 }, () => limiter.admit(user)));
    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(5);
    const { standings } = await limiter.admit(user);
    expect(standings.map(({ remaining }) => remaining)).toEqual([0, 55]);
  });
});
