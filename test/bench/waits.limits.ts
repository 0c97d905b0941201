import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { startServer } from '../../src/http/server.js';
import { WatchedGuidelines } from '../../src/sites/watch.js';
import { load } from '../faults/load.js';
import { GOOD, testApp } from '../helpers/app.js';
import { createLimiter } from '../helpers/create-limiter.js';
import { eventually } from '../helpers/eventually.js';
import { RecordedLog } from '../helpers/recorded-log.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';
import { tinyRules } from '../helpers/stet.js';
import { slowest, soonest, within } from './figures.js';

// How long one part waits for another.

const POLICY = { windows: [{ name: 'burst', points: 5, seconds: 60 }] };
/** The longest that a comment may wait for its place, whatever Redis does. */
const LONGEST_WAIT_MS = 150;

async function limiterOn(redis: RedisServer) {
  const limiter = createLimiter(POLICY, { redisUrl: redis.url, logger: new RecordedLog() });
  await eventually('the limiter is connected', () => limiter.healthy);
  return limiter;
}

const FAULTS: readonly { what: string; strike: (redis: RedisServer) => Promise<void> }[] = [
  {
    what: 'killed',
    strike: async (redis) => {
      await redis.kill();
      await sleep(1000);
      await redis.start();
    },
  },
  {
    what: 'frozen',
    strike: async (redis) => {
      redis.freeze();
      await sleep(2500);
      redis.thaw();
    },
  },
  {
    what: 'full',
    strike: async (redis) => {
      await redis.command('CONFIG SET maxmemory 1');
      await sleep(1000);
      await redis.command('CONFIG SET maxmemory 0');
    },
  },
  {
    what: 'refusing to write',
    strike: async (redis) => {
      await redis.command('REPLICAOF 127.0.0.1 1');
      await sleep(500);
      await redis.command('REPLICAOF NO ONE');
    },
  },
];

for (const { what, strike } of FAULTS) {
  within(LONGEST_WAIT_MS, `a comment's wait for a Redis that is ${what}`, async () => {
    const redis = await startRedis();
    const limiter = await limiterOn(redis);
    try {
      const comments = load(limiter);
      await sleep(300);
      await strike(redis);
      await eventually('the limiter is back', () => limiter.healthy);
      const { answers, late } = await comments.stop();
      // How late this process itself was is not the limiter's doing.
      return slowest(answers.map(({ ms }) => ({ ms: ms - late })));
    } finally {
      await limiter.close();
      await redis.stop();
    }
  });
}

for (const state of ['running', 'frozen', 'gone'] as const) {
  within(LONGEST_WAIT_MS, `closing the limiter with Redis ${state}`, async () => {
    const redis = await startRedis();
    const limiter = await limiterOn(redis);
    if (state === 'frozen') redis.freeze();
    if (state === 'gone') await redis.kill();
    try {
      return await soonest(() => limiter.close(), 1);
    } finally {
      await redis.stop();
    }
  });
}

within(1000, 'closing the watch on a rules folder that sleeps', async () => {
  const watched = await WatchedGuidelines.open(tinyRules());
  watched.start({ pollMs: 60_000, onReload: () => {} });
  return soonest(() => watched.close(), 1);
});

within(500, 'stopping a server with a connection that says nothing', async () => {
  const server = await startServer(testApp().app, 0, '127.0.0.1');
  const silent = connect(server.address.port, '127.0.0.1').on('error', () => {});
  await sleep(100);
  const stopped = await soonest(() => server.stop(5000), 1);
  silent.destroy();
  return stopped;
});

within(250, 'as many participants as may be, by the app alone', () => {
  const { app } = testApp();
  const body = { ...GOOD, text: 'a'.repeat(10_000), context: { participants: Array(100).fill('B') } };
  return soonest(() => request(app).post('/v1/comments').send(body).expect(200));
});
