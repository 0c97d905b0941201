import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import type { StoreSettings } from '../../../src/limits/stores.js';
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

const SECRET = 'a secret of some thirty-two characters';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const opened: TestLimiter[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((limiter) => limiter.close()));
});

async function instances(
  count: number,
  settings: Pick<StoreSettings, 'userIdSecret'> = {},
  logger = new RecordedLog(),
): Promise<TestLimiter[]> {
  const limiters = Array.from({ length: count }, () =>
    createLimiter(POLICY, { ...settings, redisUrl: redis.url, logger }),
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
  const [limiter] = await instances(1, { userIdSecret: SECRET });
  await limiter?.admit('reader-42@news.example', { text: 'The talks should start again.', recall: 600 });
  limiter?.rejected('reader-42@news.example');
  const client = new Redis(redis.url);
  const keys = (await keysIn(client)).filter((key) => key !== 'stet:secret');
  const lifetimes = await Promise.all(keys.map((key) => client.ttl(key)));
  client.disconnect();

  // printf reader-42@news.example | iconv -t UTF-16LE | openssl dgst -sha256 -hmac "$SECRET" -binary | basenc --base64url
  const digest = 'BNcH7NSeImYwdbrRj8kkVx60a6GVRgbbFF-hMR2He7M';
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
    // One that instances agree on is asked for now and then, beside the comments.
    userIdSecret: SECRET,
    logger: new RecordedLog(),
  });
  opened.push(limiter);
  await countedInRedis([limiter], async (attempt) => {
    const post = (i: number) =>
      limiter.admit(`reader-${attempt}-${i}`, { text: `The talks should start again, ${i}.`, recall: 600 });
    // The scripts go over once for each connection, with the first comment.
    const admissions = [await post(0)];
    messages = 0;
    for (let i = 1; i <= 50; i++) admissions.push(await post(i));
    return admissions;
  });
  relay.close();
  expect(messages).toBe(50);
});

async function keysIn(client: Redis): Promise<string[]> {
  const keys: string[] = [];
  for await (const batch of client.scanStream()) keys.push(...batch);
  return keys;
}

/** Points that are left in the first window after a comment; `alone` where it was not counted in Redis. */
async function left(limiter: TestLimiter | undefined, user: string): Promise<number | string | undefined> {
  const text = 'The talks should start again.';
  const admission = await limiter?.admit(user, { text, recall: 600 });
  return admission?.degraded ? 'alone' : admission?.standings[0]?.remaining;
}

/** The same for comments of one user, one at each limiter after the other. */
async function leftInTurns(limiters: readonly TestLimiter[], user: string) {
  let told: Awaited<ReturnType<typeof left>>[] = [];
  await countedInRedis(limiters, async (attempt) => {
    told = [];
    for (const limiter of limiters) told.push(await left(limiter, `${user} ${attempt}`));
    return told.map((each) => ({ degraded: each === 'alone' }));
  });
  return told;
}

describe('a key that holds what no instance wrote', () => {
  const DIGITS = '9'.repeat(400);
  test.each<[what: string, spoil: (client: Redis, key: string) => Promise<unknown>]>([
    ['a list', (client, key) => client.rpush(key, 'x')],
    ['a text', (client, key) => client.set(key, 'x')],
    ['a set', (client, key) => client.sadd(key, 'x')],
    [
      'a hash of nonsense',
      (client, key) =>
        client.hset(key, {
          'window:burst:60': `${DIGITS} ${DIGITS}`,
          blocked: 'x',
          texts: `${'x'.repeat(43)} ${DIGITS}`,
        }),
    ],
    ['a sorted set of nonsense', (client, key) => client.zadd(key, '+inf', 'x', '1e300', 'y', '3', 'z')],
  ])('%s costs nobody anything but the counts under it', async (what, spoil) => {
    const log = new RecordedLog();
    const [limiter] = await instances(1, {}, log);
    const client = new Redis(redis.url);
    await client.flushall();
    const named = (name: string) => `${name} of ${what}`;
    await countedInRedis(limiter ? [limiter] : [], async (attempt) => {
      const told = [await left(limiter, named(`a ${attempt}`)), await left(limiter, named(`b ${attempt}`))];
      const spoilt = (await keysIn(client)).filter((key) => !key.includes('probe'));
      expect(spoilt.filter((key) => key.startsWith('stet:text:'))).toHaveLength(1);
      for (const key of spoilt) {
        await client.del(key);
        await spoil(client, key);
      }
      told.push(await left(limiter, named(`a ${attempt}`)), await left(limiter, named(`c ${attempt}`)));
      limiter?.rejected(named(`b ${attempt}`));
      told.push(await left(limiter, named(`a ${attempt}`)));
      if (!told.includes('alone')) expect(told).toEqual([4, 4, 4, 4, 3]);
      return told.map((each) => ({ degraded: each === 'alone' }));
    });
    client.disconnect();
    expect(log.lines.filter((line) => line.includes('away') && !line.includes('no answer within'))).toEqual(
      [],
    );
  });
});

describe('the secret of the hashes', () => {
  test('instances that were told the same count together, and apart from those told another', async () => {
    const limiters = [
      ...(await instances(2, { userIdSecret: SECRET })),
      ...(await instances(1, { userIdSecret: `${SECRET}, another` })),
      ...(await instances(1)),
    ];
    expect(await leftInTurns(limiters, 'told')).toEqual([4, 3, 4, 4]);
  });

  test('ids that differ in half a character only are two users', async () => {
    const limiters = await instances(1);
    expect(await leftInTurns(limiters, 'reader \ud800')).toEqual([4]);
    expect(await leftInTurns(limiters, 'reader \ud801')).toEqual([4]);
  });

  test('a Redis that lost its data while it runs: an instance that comes after and those before agree again', async () => {
    const log = new RecordedLog();
    const [before] = await instances(1, {}, log);
    const client = new Redis(redis.url);
    // As if another had come first.
    await client.set('stet:secret', SECRET);
    const [after] = await instances(1);
    await eventually('they count together', async () => {
      const user = `agreed ${performance.now()}`;
      return (await left(before, user)) === 4 && (await left(after, user)) === 3;
    });
    expect(await client.get('stet:secret')).toBe(SECRET);
    expect(log.lines).toContainEqual(expect.stringContaining('another secret'));
    await client.del('stet:secret');
    await client.rpush('stet:secret', 'x');
    await eventually('it is there again', async () => (await client.type('stet:secret')) === 'string');
    client.disconnect();
  });

  test('an instance that starts without Redis hashes with its own until Redis is there', async () => {
    await redis.stop();
    const early = createLimiter(POLICY, { redisUrl: redis.url, logger: new RecordedLog() });
    opened.push(early);
    expect([await left(early, 'early'), await left(early, 'early')]).toEqual(['alone', 'alone']);
    await redis.start();
    const limiters = [early, ...(await instances(1)), early];
    expect(await leftInTurns(limiters, 'early')).toEqual([4, 3, 2]);
  });
});
