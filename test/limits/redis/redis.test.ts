import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { countedInRedis } from '../../helpers/counted-in-redis.js';
import { createLimiter, type TestLimiter } from '../../helpers/create-limiter.js';
import { eventually } from '../../helpers/eventually.js';
import { RecordedLog } from '../../helpers/recorded-log.js';
import { type RedisServer, startRedis } from '../../helpers/redis-server.js';

const POLICY = {
  windows: [
    { name: 'burst', points: 5, seconds: 60 },
    { name: 'daily', points: 60, seconds: 86400 },
  ],
  rejectCost: 3,
  block: { after: 3, within: 600, seconds: 3600 },
};

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const opened: TestLimiter[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((limiter) => limiter.close()));
});

async function instances(count: number): Promise<TestLimiter[]> {
  const limiters = Array.from({ length: count }, () =>
    createLimiter(POLICY, { redisUrl: redis.url, logger: new RecordedLog() }),
  );
  opened.push(...limiters);
  await eventually('all are connected', () => limiters.every((limiter) => limiter.healthy));
  return limiters;
}

test('the sixth comment in a minute is refused, whichever of two instances gets it', async () => {
  const [first, second] = await instances(2);
  const verdicts = [];
  for (const limiter of [first, second, first, second, first, second, first]) {
    verdicts.push((await limiter?.admit('in turns'))?.admitted);
  }
  expect(verdicts).toEqual([true, true, true, true, true, false, false]);
});

test('4 instances, 20 users, 50 comments of each at once: 5 of each are admitted', async () => {
  const limiters = await instances(4);
  let users: string[] = [];
  const admissions = await countedInRedis(limiters, (attempt) => {
    users = Array.from({ length: 20 }, (_, i) => `crowd-${attempt}-${i}`);
    return Promise.all(
      users.flatMap((user) =>
        limiters.flatMap((limiter, nth) =>
          Array.from({ length: nth < 2 ? 13 : 12 }, async () => ({ user, ...(await limiter.admit(user)) })),
        ),
      ),
    );
  });
  const admitted = users.map(
    (user) => admissions.filter((admission) => admission.user === user && admission.admitted).length,
  );
  expect(admitted).toEqual(users.map(() => 5));
});

test('no user id stands in clear in Redis, and every key ends by itself', async () => {
  const [limiter] = await instances(1);
  await limiter?.admit('reader-42@news.example', { text: 'The talks should start again.', recall: 600 });
  limiter?.rejected('reader-42@news.example');
  const client = new Redis(redis.url);
  const keys: string[] = [];
  for await (const batch of client.scanStream()) keys.push(...batch);
  const lifetimes = await Promise.all(keys.map((key) => client.ttl(key)));
  client.disconnect();

  // printf reader-42@news.example | openssl sha256 -binary | basenc --base64url, without its =
  const digest = 'Ui6eS06Qr_DpwBgeC8xvbRtZ9XRyTTTQkWAse_ZkHeE';
  expect(keys).toContain(`stet:user:{${digest}}`);
  expect(keys.filter((key) => !/^stet:(user:\{[\w-]{43}|text:\{([\w-]{43}|probe-0))\}$/.test(key))).toEqual(
    [],
  );
  expect(Math.min(...lifetimes)).toBeGreaterThan(0);
});

test('a comment is one round trip: its windows, its block and its text in one message and one answer', async () => {
  let messages = 0;
  const relay = createServer((near) => {
    const far = connect(redis.port, '127.0.0.1');
    near.on('data', () => {
      messages += 1;
    });
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  const limiter = createLimiter(POLICY, {
    redisUrl: `redis://127.0.0.1:${address.port}`,
    logger: new RecordedLog(),
  });
  opened.push(limiter);
  await eventually('it is connected', () => limiter.healthy);
  // The scripts go over once for each connection, with the first comment.
  await limiter.admit('reader-0', { text: 'The talks should start again.', recall: 600 });
  messages = 0;
  for (let i = 1; i <= 50; i++) {
    const text = `The talks should start again, ${i}.`;
    const { degraded } = await limiter.admit(`reader-${i}`, { text, recall: 600 });
    expect(degraded).toBe(false);
  }
  relay.close();
  expect(messages).toBe(50);
});
