import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitPolicy, LimitWindow } from '../../src/limits/policy.js';
import type { StoreSettings } from '../../src/limits/stores.js';
import { createLimiter, type TestLimiter } from '../helpers/create-limiter.js';
import { eventually } from '../helpers/eventually.js';
import { RecordedLog } from '../helpers/recorded-log.js';
import { type RedisCluster, startCluster } from '../helpers/redis-cluster.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';

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

interface Story {
  readonly why: string;
  readonly policy: LimitPolicy;
  /** For how many seconds texts are remembered; not at all where it is undefined. */
  readonly recall?: number;
  readonly comments: readonly {
    readonly by: string;
    readonly tier?: string;
    readonly text?: string;
    /** Whether it is rejected once it is admitted. */
    readonly rejected?: boolean;
    /** What is left in each window and how often the text was seen (by the same user + by others), or what refuses it. */
    readonly told: string;
  }[];
}

const TIERS: LimitPolicy = {
  windows: [burst(2)],
  tiers: new Map([
    ['new', [burst(1)]],
    ['trusted', [burst(9), daily(9)]],
  ]),
};

const STORIES: readonly Story[] = [
  {
    why: 'tiers have their own windows, and those of one name and length count together',
    policy: TIERS,
    comments: [
      { by: 'a', tier: 'new', told: 'burst 0' },
      { by: 'a', tier: 'new', told: 'over burst' },
      { by: 'a', told: 'burst 0' },
      { by: 'a', tier: 'gold', told: 'over burst' },
      { by: 'a', tier: 'trusted', told: 'burst 6 daily 8' },
      { by: 'b', tier: 'gold', told: 'burst 1' },
    ],
  },
  {
    why: 'a rejected comment costs what is said, from the next comment on',
    policy: { windows: [burst(5), daily(60)], rejectCost: 3 },
    comments: [
      { by: 'a', rejected: true, told: 'burst 4 daily 59' },
      { by: 'a', told: 'burst 1 daily 56' },
      { by: 'a', rejected: true, told: 'burst 0 daily 55' },
      { by: 'a', told: 'over burst' },
      { by: 'b', told: 'burst 4 daily 59' },
    ],
  },
  {
    why: 'a third rejection blocks, whatever was approved in between',
    policy: { windows: [burst(9)], block: { after: 3, within: 600, seconds: 3600 } },
    comments: [
      { by: 'a', rejected: true, told: 'burst 8' },
      { by: 'a', rejected: true, told: 'burst 7' },
      { by: 'a', told: 'burst 6' },
      { by: 'a', rejected: true, told: 'burst 5' },
      { by: 'a', told: 'over block' },
      { by: 'b', rejected: true, told: 'burst 8' },
      { by: 'b', told: 'burst 7' },
    ],
  },
  {
    why: 'the same text is seen again, of the same user and of others',
    policy: { windows: [burst(9)] },
    recall: 600,
    comments: [
      { by: 'a', text: 'Vote for the dam', told: 'burst 8, seen 0+0' },
      { by: 'a', text: 'VOTE, for: the d\u0430m!', told: 'burst 7, seen 1+0' },
      { by: 'a', text: 'Vote for the river', told: 'burst 6, seen 0+0' },
      { by: 'b', text: 'vote for the dam', told: 'burst 8, seen 0+1' },
      { by: 'b', text: 'vote for the dam', told: 'burst 7, seen 1+1' },
      { by: 'c', text: 'vote for the dam', told: 'burst 8, seen 0+2' },
      { by: 'a', text: 'vote for the dam', told: 'burst 5, seen 2+2' },
      { by: 'a', told: 'burst 4' },
    ],
  },
  {
    why: 'a text that was over the limit is no repeat when it comes again, and its user is one, however often',
    policy: { windows: [burst(1)], tiers: new Map([['trusted', [burst(9)]]]) },
    recall: 600,
    comments: [
      { by: 'a', text: 'Something else', told: 'burst 0, seen 0+0' },
      { by: 'a', text: 'Vote for the dam', told: 'over burst' },
      { by: 'a', text: 'Vote for the dam', told: 'over burst' },
      { by: 'a', tier: 'trusted', text: 'Vote for the dam', told: 'burst 7, seen 0+0' },
      { by: 'b', text: 'Vote for the dam', told: 'burst 0, seen 0+1' },
    ],
  },
  {
    why: 'texts are not looked at where no rule asks',
    policy: { windows: [burst(9)] },
    comments: [
      { by: 'a', text: 'Vote for the dam', told: 'burst 8' },
      { by: 'a', text: 'Vote for the dam', told: 'burst 7' },
    ],
  },
];

let redis: RedisServer;
let cluster: RedisCluster;
beforeAll(async () => {
  [redis, cluster] = await Promise.all([startRedis(), startCluster()]);
});
const opened: TestLimiter[] = [];
afterAll(async () => {
  await Promise.all(opened.map((limiter) => limiter.close()));
  await Promise.all([redis.stop(), cluster.stop()]);
});

async function open(policy: LimitPolicy, store: StoreSettings): Promise<TestLimiter> {
  const limiter = createLimiter(policy, { ...store, logger: new RecordedLog() });
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

const STORES: readonly { where: string; kind: string; store: () => StoreSettings }[] = [
  { where: 'memory', kind: 'memory', store: () => ({}) },
  { where: 'Redis', kind: 'redis', store: () => ({ redisUrl: redis.url }) },
  { where: 'a Redis Cluster', kind: 'redis', store: () => ({ redisUrl: cluster.url }) },
];

describe.each(STORES)('counted in $where', ({ kind, store }) => {
  test.each(CASES)('$why', async ({ windows, comments, expected, remaining }) => {
    const limiter = await open({ windows }, store());
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

  test.each(STORIES)('$why', async ({ policy, recall, comments }) => {
    const limiter = await open(policy, store());
    const user = freshUsers();
    const told: string[] = [];
    for (const { by, tier, text, rejected } of comments) {
      const { admitted, violated, standings, repeats } = await limiter.admit(user(by), {
        tier,
        text: text && user(text),
        recall,
      });
      const left = standings.map(({ policy: name, remaining }) => `${name} ${remaining}`).join(' ');
      const seen = repeats ? `, seen ${repeats.bySame.length}+${repeats.byOthers.length}` : '';
      told.push(admitted ? `${left}${seen}` : `over ${violated.join(' ')}`);
      if (rejected) limiter.rejected(user(by), tier);
    }
    expect(told).toEqual(comments.map(({ told: expected }) => expected));
  });

  test('a tier that there is not is told', async () => {
    const tiers = new Map([['trusted', [burst(9)]]]);
    const limiter = await open({ windows: [burst(5)], tiers }, store());
    const user = freshUsers()('a');
    const known = async (tier?: string) => (await limiter.admit(user, { tier })).tierIsKnown;
    expect([await known(), await known('default'), await known('trusted')]).toEqual([true, true, true]);
    expect(await known('gold')).toBe(false);
  });

  test('each window is told with its quota, its length and when it ends', async () => {
    const limiter = await open({ windows: [burst(5), daily(60)] }, store());
    const { standings } = await limiter.admit(freshUsers()('a'));
    expect(standings).toEqual([
      { policy: 'burst', quota: 5, window: 60, remaining: 4, reset: 60 },
      { policy: 'daily', quota: 60, window: 86400, remaining: 59, reset: 86400 },
    ]);
  });

  test('many comments at once: as many as the limit are admitted, the others leave no trace', async () => {
    const limiter = await open({ windows: [burst(5), daily(60)] }, store());
    const user = freshUsers()('a');
    const admissions = await Promise.all(Array.from({ length: 50 }, () => limiter.admit(user)));
    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(5);
    const { standings } = await limiter.admit(user);
    expect(standings.map(({ remaining }) => remaining)).toEqual([0, 55]);
  });
});

/** What a user of its own is told in less than a second; asked anew where a busy machine took longer. */
async function toldAtOnce<Told>(ask: (user: string) => Promise<Told>): Promise<{ user: string; told: Told }> {
  for (;;) {
    const user = freshUsers()('a');
    const begun = performance.now();
    const told = await ask(user);
    if (performance.now() - begun < 1000) return { user, told };
  }
}

// All at once, for they wait.
describe('as a second passes', () => {
  test.concurrent.each(STORES)('counted in $where a block is told, and ends', async ({ store }) => {
    const limiter = await open(
      { windows: [burst(5), daily(60)], block: { after: 1, within: 60, seconds: 1 } },
      store(),
    );
    const { user, told } = await toldAtOnce(async (candidate) => {
      await limiter.admit(candidate);
      limiter.rejected(candidate);
      return limiter.admit(candidate);
    });
    expect(told).toMatchObject({
      admitted: false,
      violated: ['block'],
      blockedFor: 1,
      standings: [{ remaining: 4 }, { remaining: 59 }],
    });
    await sleep(1100);
    expect(await limiter.admit(user)).toMatchObject({ admitted: true, violated: [], blockedFor: 0 });
  });

  test.concurrent.each(STORES)(
    'counted in $where a window starts anew, and the day goes on',
    async ({ store }) => {
      const limiter = await open({ windows: [burst(2, 1), daily(3)] }, store());
      const post = async (user: string) => (await limiter.admit(user)).violated;
      const { user, told } = await toldAtOnce(async (candidate) => [
        await post(candidate),
        await post(candidate),
        await post(candidate),
      ]);
      expect(told).toEqual([[], [], ['burst']]);
      await sleep(1100);
      expect([await post(user), await post(user)]).toEqual([[], ['daily']]);
    },
  );
});
