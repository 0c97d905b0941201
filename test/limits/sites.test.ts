import { CountingLimiter } from '../../src/limits/limiter.js';
import type { LimitPolicy } from '../../src/limits/policy.js';
import { openStore } from '../../src/limits/stores.js';
import { eventually } from '../helpers/eventually.js';
import { RecordedLog } from '../helpers/recorded-log.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';

// Several sites over one store: what one of them counts means nothing to the others.

const POLICY: LimitPolicy = {
  windows: [{ name: 'burst', points: 2, seconds: 60 }],
  block: { after: 2, within: 60, seconds: 60 },
};
const TEXT = 'Vote for the dam';
const RECALL = 600;

let redis: RedisServer;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => redis.stop());

async function limitersOf(redisUrl: string | undefined, ...sites: string[]): Promise<CountingLimiter[]> {
  const store = openStore({ redisUrl }, new RecordedLog());
  closing.push(() => store.close());
  const limiters = sites.map((site) => new CountingLimiter(POLICY, store.counts(site)));
  await eventually('all count in the store', () => limiters.every(({ healthy }) => healthy));
  return limiters;
}

let runs = 0;
/** A user id, or a text, that no other test has used. */
const fresh = (what: string) => `${what} ${runs++}`;

async function left(limiter: CountingLimiter | undefined, user: string, text?: string): Promise<string> {
  const admission = await limiter?.admit(user, { text, recall: RECALL });
  if (!admission?.admitted) return `over ${admission?.violated.join(' ')}`;
  const { standings, repeats } = admission;
  const seen = repeats ? `, seen ${repeats.bySame.length}+${repeats.byOthers.length}` : '';
  return `${standings[0]?.remaining} left${seen}`;
}

describe.each(['memory', 'redis'] as const)('in %s', (kind) => {
  const url = () => (kind === 'redis' ? redis.url : undefined);

  test.each([
    ['default', 'sport'],
    ['sport', 'default'],
    ['sport', 'sports'],
    ['user', 'text'],
    ['a', 'a:user'],
    ['{a}', '{b}'],
  ])('the same user has a point of %s and one of %s', async (one, other) => {
    const [first, second] = await limitersOf(url(), one, other);
    const user = fresh('reader');
    expect(await left(first, user)).toBe('1 left');
    expect(await left(first, user)).toBe('0 left');
    expect(await left(first, user)).toBe('over burst');
    expect(await left(second, user)).toBe('1 left');
  });

  test('texts and blocks are those of a site', async () => {
    const [news, sport] = await limitersOf(url(), 'news', 'sport');
    const [user, text] = [fresh('reader'), fresh(TEXT)];
    expect(await left(news, user, text)).toBe('1 left, seen 0+0');
    expect(await left(sport, user, text)).toBe('1 left, seen 0+0');
    expect(await left(news, fresh('another reader'), text)).toBe('1 left, seen 0+1');
    news?.rejected(user);
    news?.rejected(user);
    expect(await left(news, user)).toBe('over block');
    expect(await left(sport, user)).toBe('0 left');
  });

  test('two limiters of one site count together', async () => {
    const [first, second] = await limitersOf(url(), 'news', 'news');
    const user = fresh('reader');
    expect([await left(first, user), await left(second, user), await left(first, user)]).toEqual([
      '1 left',
      '0 left',
      'over burst',
    ]);
  });
});

test('two instances with two sites each share what each site counts', async () => {
  const [news, sport] = await limitersOf(redis.url, 'news', 'sport');
  const [newsToo, sportToo] = await limitersOf(redis.url, 'news', 'sport');
  const user = fresh('reader');
  expect([await left(news, user), await left(newsToo, user), await left(news, user)]).toEqual([
    '1 left',
    '0 left',
    'over burst',
  ]);
  expect([await left(sportToo, user), await left(sport, user), await left(sportToo, user)]).toEqual([
    '1 left',
    '0 left',
    'over burst',
  ]);
});

test('with Redis away, each site goes on from where its own users stood', async () => {
  const away = await startRedis();
  const [news, sport] = await limitersOf(away.url, 'news', 'sport');
  expect([await left(news, 'a'), await left(news, 'a'), await left(sport, 'a')]).toEqual([
    '1 left',
    '0 left',
    '1 left',
  ]);
  await away.stop();
  await eventually('Redis is away', () => news?.healthy === false);
  expect(sport?.healthy).toBe(false);
  expect([await left(news, 'a'), await left(sport, 'a')]).toEqual(['over burst', '0 left']);
});

test('all sites share one connection, and closing the store closes it for all', async () => {
  const server = await startRedis();
  try {
    const store = openStore({ redisUrl: server.url }, new RecordedLog());
    const limiters = ['a', 'b', 'c'].map((site) => new CountingLimiter(POLICY, store.counts(site)));
    await eventually('all are connected', () => limiters.every(({ healthy }) => healthy));
    for (const limiter of limiters) await limiter.admit('reader');
    const connections = async () =>
      (await server.command('CLIENT LIST')).split('\n').filter((client) => client.includes(' name=stet '));
    expect(await connections()).toHaveLength(1);
    await store.close();
    await eventually('it is closed', async () => (await connections()).length === 0);
    for (const limiter of limiters) {
      expect(await limiter.admit('reader')).toMatchObject({ admitted: true, degraded: true });
    }
  } finally {
    await server.stop();
  }
});

test('the keys carry the site; those of the site default are named as before there were sites', async () => {
  const server = await startRedis();
  try {
    const limiters = await limitersOf(server.url, 'default', 'sport');
    for (const limiter of limiters) await limiter.admit('reader', { text: TEXT, recall: RECALL });
    const names = (await server.command('KEYS *'))
      .split(/\s+/)
      .map((key) => key.replace(/[\w-]{43}/, 'HASH'));
    expect(names.filter((key) => key.includes('HASH')).sort()).toEqual([
      'stet:sport:text:{HASH}',
      'stet:sport:user:{HASH}',
      'stet:text:{HASH}',
      'stet:user:{HASH}',
    ]);
  } finally {
    await server.stop();
  }
});
