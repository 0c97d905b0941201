import type { LimitWindow } from '../../src/limits/policy.js';
import { createLimiter, type TestLimiter } from '../helpers/create-limiter.js';
import { eventually } from '../helpers/eventually.js';
import { RecordedLog } from '../helpers/recorded-log.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';

const burst = (points: number, seconds = 60): LimitWindow => ({ name: 'burst', points, seconds });
const daily = (points: number): LimitWindow => ({ name: 'daily', points, seconds: 86400 });

interface Case {
  readonly why: string;
  readonly before: readonly LimitWindow[];
  /** So many comments are posted before the limits change. */
  readonly posted: number;
  readonly after: readonly LimitWindow[];
  /** What the comments after that are told: what is left in each window, or which refuse them. */
  readonly expected: readonly string[];
}

const CASES: readonly Case[] = [
  {
    why: 'more points: counts stay',
    before: [burst(3)],
    posted: 3,
    after: [burst(5)],
    expected: ['burst 1', 'burst 0', 'over burst'],
  },
  {
    why: 'fewer points: counts stay',
    before: [burst(5)],
    posted: 3,
    after: [burst(4)],
    expected: ['burst 0', 'over burst'],
  },
  {
    why: 'fewer points than were taken',
    before: [burst(5)],
    posted: 3,
    after: [burst(2)],
    expected: ['over burst'],
  },
  {
    why: 'a window of another length starts from nothing',
    before: [burst(3)],
    posted: 3,
    after: [burst(3, 30)],
    expected: ['burst 2'],
  },
  {
    why: 'one window goes, one comes, and one stays in another place',
    before: [burst(5), daily(9)],
    posted: 2,
    after: [daily(9), { name: 'hourly', points: 4, seconds: 3600 }],
    expected: ['daily 6, hourly 3'],
  },
  {
    why: 'the same again',
    before: [burst(3)],
    posted: 2,
    after: [burst(3)],
    expected: ['burst 0', 'over burst'],
  },
];

let redis: RedisServer;
let limiter: TestLimiter;
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(() => limiter.close());
afterAll(() => redis.stop());

describe.each(['memory', 'redis'] as const)('%s', (kind) => {
  test.each(CASES)('$why', async ({ why, before, posted, after, expected }) => {
    const redisUrl = kind === 'redis' ? redis.url : undefined;
    limiter = createLimiter({ windows: before }, { redisUrl, logger: new RecordedLog() });
    await eventually('the limiter is connected', () => limiter.healthy);
    const user = `reader of "${why}"`;
    for (let i = 0; i < posted; i++) await limiter.admit(user);
    limiter.use({ windows: after });
    const told: string[] = [];
    for (let i = 0; i < expected.length; i++) {
      const { admitted, violated, standings } = await limiter.admit(user);
      const left = standings.map(({ policy, remaining }) => `${policy} ${remaining}`);
      told.push(admitted ? left.join(', ') : `over ${violated.join(', ')}`);
    }
    expect(told).toEqual(expected);
  });

  test('a comment that is being counted is told of the limits it came under', async () => {
    const redisUrl = kind === 'redis' ? redis.url : undefined;
    limiter = createLimiter({ windows: [burst(5)] }, { redisUrl, logger: new RecordedLog() });
    await eventually('the limiter is connected', () => limiter.healthy);
    const counting = limiter.admit('in between');
    limiter.use({ windows: [burst(9)] });
    const standing = { policy: 'burst', quota: 5, remaining: 4 };
    expect((await counting).standings).toEqual([expect.objectContaining(standing)]);
  });
});

test('with Redis away, counts go on from where Redis last said a user stood, under the new limits', async () => {
  const away = await startRedis();
  limiter = createLimiter({ windows: [burst(5)] }, { redisUrl: away.url, logger: new RecordedLog() });
  await eventually('the limiter is connected', () => limiter.healthy);
  for (let i = 0; i < 3; i++) await limiter.admit('a');
  limiter.use({ windows: [daily(9), burst(4)] });
  await away.stop();
  await eventually('Redis is away', () => !limiter.healthy);
  const { degraded, standings } = await limiter.admit('a');
  expect(degraded).toBe(true);
  expect(standings.map(({ policy, remaining }) => `${policy} ${remaining}`)).toEqual(['daily 8', 'burst 0']);
});
