import { setTimeout as sleep } from 'node:timers/promises';
import { createLimiter, type TestLimiter } from '../helpers/create-limiter.js';
import { eventually } from '../helpers/eventually.js';
import { RecordedLog } from '../helpers/recorded-log.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';
import { type Load, load } from './load.js';
import { startRelay } from './relay.js';

const POLICY = {
  windows: [
    { name: 'burst', points: 5, seconds: 60 },
    { name: 'daily', points: 60, seconds: 86400 },
  ],
};
/** A busy machine makes a Redis late that is well, and then it goes away once more. */
const MOST_TURNS = 8;

let redis: RedisServer;
let limiter: TestLimiter;
let log: RecordedLog;

beforeEach(() => {
  log = new RecordedLog();
});
afterEach(async () => {
  await limiter.close();
  await redis.stop();
});

async function open(): Promise<void> {
  limiter = createLimiter(POLICY, { redisUrl: redis.url, logger: log });
  await eventually('the limiter is connected', () => limiter.healthy);
}

/** Waits until a comment is counted in Redis: a busy machine may keep one waiting for longer than the limiter does. */
async function usedAgain(): Promise<void> {
  let n = 0;
  await eventually('a comment is counted in Redis', async () => {
    const { admitted, degraded } = await limiter.admit(`again-${n++}`);
    expect(admitted).toBe(true);
    return !degraded;
  });
}

/** What the log says after it has said which limiter is on: `away` and `back`, in order. */
function turns(): string[] {
  return log.lines
    .slice(1)
    .map((line) =>
      line.startsWith('warn: Redis is away')
        ? 'away'
        : line.startsWith('info: Redis answers')
          ? 'back'
          : line,
    );
}

/** Whether the last so many comments that were answered from now on are all counted in Redis. */
function countedFrom(comments: Load, count = 20): () => boolean {
  const before = comments.answered.length;
  return () => {
    const last = comments.answered.slice(before).slice(-count);
    return last.length === count && last.every(({ admission }) => !admission.degraded);
  };
}

describe('Redis stops under load', () => {
  const FAULTS = [
    {
      fault: 'killed, started again after 1 s',
      strike: async () => {
        await redis.kill();
        await sleep(1000);
        await redis.start();
      },
    },
    {
      fault: 'frozen for 1 s',
      strike: async () => {
        redis.freeze();
        await sleep(1000);
        redis.thaw();
      },
    },
    {
      fault: 'frozen for 2.5 s, longer than a connection is kept',
      strike: async () => {
        redis.freeze();
        await sleep(2500);
        redis.thaw();
      },
    },
    {
      fault: 'full for 1 s',
      strike: async () => {
        await redis.command('CONFIG SET maxmemory 1');
        await sleep(1000);
        await redis.command('CONFIG SET maxmemory 0');
      },
    },
    {
      fault: 'refusing to write for 0.5 s, as a replica does',
      strike: async () => {
        await redis.command('REPLICAOF 127.0.0.1 1');
        await sleep(500);
        await redis.command('REPLICAOF NO ONE');
      },
    },
  ];

  test.each(FAULTS)('$fault: every comment gets its answer, and Redis is used again', async ({ strike }) => {
    redis = await startRedis();
    await open();
    const comments = load(limiter);
    const inRedis = () => eventually('comments are counted in Redis', countedFrom(comments));
    await inRedis();
    await strike();
    await inRedis();
    const { answers } = await comments.stop();
    await eventually('the limiter is back', () => limiter.healthy);

    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(({ admission }) => !admission.admitted).slice(0, 3)).toEqual([]);
    const counted = answers.map(({ admission }) => (admission.degraded ? 'memory' : 'redis'));
    expect(counted).toContain('memory');
    // The log says it once for each change.
    const told = turns();
    expect(told.length).toBeLessThanOrEqual(MOST_TURNS);
    expect(told).toEqual(told.map((_, i) => (i % 2 === 0 ? 'back' : 'away')));
    expect(told.slice(-2)).toEqual(['away', 'back']);
  });

  test('a comment is answered while Redis is frozen', async () => {
    redis = await startRedis();
    await open();
    redis.freeze();
    try {
      for (let i = 0; i < 5; i++) {
        expect(await limiter.admit(`reader-${i}`)).toMatchObject({ admitted: true, degraded: true });
      }
    } finally {
      redis.thaw();
    }
  });
});

test('Redis is not there at the start: the limiter counts alone, and moves over when Redis comes', async () => {
  redis = await startRedis();
  await redis.stop();
  limiter = createLimiter(POLICY, { redisUrl: redis.url, logger: log });
  await eventually('it has noticed', () => log.lines.length === 2);
  expect(limiter.healthy).toBe(false);
  const alone = await limiter.admit('early');
  expect(alone).toMatchObject({ admitted: true, degraded: true });

  await redis.start();
  await eventually('it has moved over', () => limiter.healthy);
  await usedAgain();
  expect(turns()).toEqual(['away', 'back']);
});

test('a user at the limit is not let off when Redis goes', async () => {
  redis = await startRedis();
  await open();
  for (let i = 0; i < 5; i++) await limiter.admit('eager');
  await redis.kill();
  await eventually('it has noticed', () => !limiter.healthy);
  expect(await limiter.admit('eager')).toMatchObject({
    admitted: false,
    degraded: true,
    violated: ['burst'],
  });
});

test('comments on their way to a Redis that breaks down are not counted in the next one', async () => {
  redis = await startRedis();
  await open();
  redis.freeze();
  expect(await limiter.admit('unlucky')).toMatchObject({ admitted: true, degraded: true });
  await redis.kill();
  await redis.start();
  await eventually('it is back', () => limiter.healthy);
  const { standings } = await limiter.admit('unlucky');
  expect(standings.map(({ remaining }) => remaining)).toEqual([4, 59]);
});

test('a connection that went dead without a word is replaced', async () => {
  redis = await startRedis();
  const relay = await startRelay(redis.port);
  try {
    limiter = createLimiter(POLICY, { redisUrl: `redis://127.0.0.1:${relay.port}`, logger: log });
    await eventually('the limiter is connected', () => limiter.healthy);
    relay.cutOff();
    // One late answer is not taken for more than that; three are.
    for (let i = 0; i < 3; i++) {
      expect(limiter.healthy).toBe(true);
      expect(await limiter.admit('a')).toMatchObject({ admitted: true, degraded: true });
    }
    expect(limiter.healthy).toBe(false);
    await eventually('it has a new connection', () => limiter.healthy);
    await usedAgain();
  } finally {
    await relay.close();
  }
});

test('a Redis that keeps going away is trusted later, so that the log is not flooded', async () => {
  redis = await startRedis();
  await open();
  const answered: number[] = [];
  for (let i = 0; i < 4; i++) {
    await redis.command('REPLICAOF 127.0.0.1 1');
    await limiter.admit('a');
    expect(limiter.healthy).toBe(false);
    await redis.command('CONFIG RESETSTAT');
    await redis.command('REPLICAOF NO ONE');
    await eventually('it is back', () => limiter.healthy);
    answered.push(await scriptsAnswered());
  }
  // How many probes in a row it had to answer each time: four times a second one is sent.
  for (const [i, least] of [1, 2, 4, 8].entries()) expect(answered[i]).toBeGreaterThanOrEqual(least);
  expect(turns()).toEqual(['back', ...Array.from({ length: 4 }, () => ['away', 'back']).flat()]);
});

/** How many scripts Redis has run to their end since its statistics were reset. */
async function scriptsAnswered(): Promise<number> {
  const stats = await redis.command('INFO commandstats');
  const counts = [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+),.*?failed_calls=(\d+)/g)];
  return counts.reduce((sum, [, calls, failed]) => sum + Number(calls) - Number(failed), 0);
}

test('a refused connection is told without the password', async () => {
  redis = await startRedis('--requirepass', 'the right one');
  const url = redis.url.replace('redis://', 'redis://:the-wrong-one@');
  limiter = createLimiter(POLICY, { redisUrl: url, logger: log });
  await eventually('it has noticed', () => log.lines.length === 2);
  expect(log.lines[1]).toContain('WRONGPASS');
  expect(log.lines.join()).not.toContain('the-wrong-one');
  expect(await limiter.admit('a')).toMatchObject({ admitted: true, degraded: true });
});

describe('closing', () => {
  test.each(['running', 'frozen', 'gone'] as const)('waits for nothing with Redis %s', async (state) => {
    redis = await startRedis();
    await open();
    if (state === 'frozen') redis.freeze();
    if (state === 'gone') await redis.kill();
    await limiter.close();
    expect(await limiter.admit('after the end')).toMatchObject({ admitted: true, degraded: true });
    expect(limiter.healthy).toBe(false);
  });
});
