import type { Counts, TakeRequest, TakeResult } from '../../src/limits/counts.js';
import { HashSecret } from '../../src/limits/hash-secret.js';
import { CountingLimiter } from '../../src/limits/limiter.js';
import type { LimitPolicy } from '../../src/limits/policy.js';
import { RecordedLog } from '../helpers/recorded-log.js';

// A limiter over a store that somebody else wrote.

const POLICY: LimitPolicy = { windows: [{ name: 'daily', points: 2, seconds: 86_400 }], rejectCost: 2 };

/** Counts users for ever, in one map. */
class MapCounts implements Counts {
  readonly kind: string = 'map';
  readonly canGoAway: boolean = false;
  healthy = true;
  readonly secret = new HashSecret();
  readonly taken = new Map<string, number>();
  take({ user, windows }: TakeRequest): TakeResult | undefined | Promise<TakeResult | undefined> {
    const before = this.taken.get(user) ?? 0;
    const admitted = windows.every(({ points }) => before < points);
    this.taken.set(user, before + Number(admitted));
    const counts = windows.map(() => ({ taken: before + Number(admitted), endsIn: 1000 }));
    return { admitted, blockedFor: 0, windows: counts, bySame: [], byOthers: [] };
  }
  reject({ user, extra }: { user: string; extra: number }): unknown {
    return this.taken.set(user, (this.taken.get(user) ?? 0) + extra);
  }
}

/** The same elsewhere: it answers later, and can go away as its `fault` says. */
class RemoteCounts extends MapCounts {
  override readonly kind = 'remote';
  override readonly canGoAway = true;
  fault: 'none' | 'away' | 'throws' | 'rejects' = 'none';
  override async take(request: TakeRequest): Promise<TakeResult | undefined> {
    if (this.fault === 'rejects') throw new Error('the disk is full');
    return this.fault === 'away' ? undefined : super.take(request);
  }
  override reject(rejection: { user: string; extra: number }): unknown {
    if (this.fault === 'throws') throw new Error('the disk is full');
    return this.fault === 'rejects' ? Promise.reject(new Error('the disk is full')) : super.reject(rejection);
  }
}

/** What is left after each comment of a user; `-` for one that is refused, with `alone` where the store was away. */
async function post(limiter: CountingLimiter, user: string, times: number): Promise<string[]> {
  const told: string[] = [];
  for (let i = 0; i < times; i++) {
    const { admitted, standings, degraded } = await limiter.admit(user);
    told.push(`${admitted ? standings[0]?.remaining : '-'}${degraded ? ' alone' : ''}`);
  }
  return told;
}

describe.each([
  { what: 'at once', Store: MapCounts },
  { what: 'later', Store: RemoteCounts },
])('a store that answers $what', ({ Store }) => {
  test('counts', async () => {
    const counts = new Store();
    const limiter = new CountingLimiter(POLICY, counts);
    expect(await post(limiter, 'a', 3)).toEqual(['1', '0', '-']);
    expect(await post(limiter, 'b', 1)).toEqual(['1']);
    expect(limiter).toMatchObject({ kind: counts.kind, healthy: true });
    counts.healthy = false;
    expect(limiter.healthy).toBe(false);
  });

  test('counts rejections, and never sees a user id', async () => {
    const counts = new Store();
    const limiter = new CountingLimiter(POLICY, counts);
    await limiter.admit('a');
    limiter.rejected('a');
    expect(await post(limiter, 'a', 1)).toEqual(['-']);
    expect([...counts.taken.keys()]).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });
});

test.each(['away', 'rejects'] as const)(
  'a store that is gone (%s): comments are counted in memory from where the user stood, and in the store again after',
  async (fault) => {
    const counts = new RemoteCounts();
    const limiter = new CountingLimiter(POLICY, counts, { log: new RecordedLog() });
    expect(await post(limiter, 'a', 1)).toEqual(['1']);
    counts.fault = fault;
    expect(await post(limiter, 'a', 2)).toEqual(['0 alone', '- alone']);
    expect(await post(limiter, 'b', 1)).toEqual(['1 alone']);
    counts.fault = 'none';
    expect(await post(limiter, 'a', 2)).toEqual(['0', '-']);
  },
);

test.each(['throws', 'rejects'] as const)(
  'a store that %s over a rejection costs nothing but the points',
  async (fault) => {
    const log = new RecordedLog();
    const counts = new RemoteCounts();
    const limiter = new CountingLimiter(POLICY, counts, { log });
    await limiter.admit('a');
    counts.fault = fault;
    limiter.rejected('a');
    await new Promise(setImmediate);
    expect(log.lines).toEqual([
      expect.stringMatching(/^warn: the store of the rate limits failed.*the disk is full/),
    ]);
    counts.fault = 'none';
    expect(await post(limiter, 'a', 1)).toEqual(['0']);
    counts.fault = 'away';
    expect(await post(limiter, 'a', 1)).toEqual(['- alone']);
  },
);

test('a store that keeps failing is logged once, and again when it fails anew', async () => {
  const log = new RecordedLog();
  const counts = new RemoteCounts();
  const limiter = new CountingLimiter(POLICY, counts, { log });
  for (const fault of ['rejects', 'rejects', 'none', 'rejects', 'rejects'] as const) {
    counts.fault = fault;
    await limiter.admit('a');
  }
  expect(log.lines).toHaveLength(2);
});

test('limits that change are told to a store that asks', () => {
  const told: LimitPolicy[] = [];
  const counts = Object.assign(new MapCounts(), { keepTo: (policy: LimitPolicy) => void told.push(policy) });
  const limiter = new CountingLimiter(POLICY, counts);
  limiter.use({ windows: [] });
  expect(told).toEqual([{ windows: [] }]);
});

test.each([
  { recall: undefined, remembered: undefined },
  { recall: 0, remembered: undefined },
  { recall: Number.NaN, remembered: undefined },
  { recall: 0.5, remembered: 1 },
  { recall: 90, remembered: 90 },
  { recall: 1e9, remembered: 86_400 },
])(
  'a store is asked to remember a text for whole seconds, a day at most: $recall, $remembered',
  async (asked) => {
    const requests: TakeRequest[] = [];
    const counts = new MapCounts();
    const take = (request: TakeRequest) => {
      requests.push(request);
      return counts.take(request);
    };
    const limiter = new CountingLimiter(POLICY, Object.assign(new MapCounts(), { take }));
    await limiter.admit('a', { text: 'Vote for the dam', recall: asked.recall });
    expect(requests.map(({ text, recall }) => text && recall)).toEqual([asked.remembered]);
  },
);
