import type { TakeRequest, TakeResult } from '../../../src/limits/counts.js';
import { capacitiesFor } from '../../../src/limits/memory/capacities.js';
import { MemoryCounts } from '../../../src/limits/memory/counts.js';
import type { LimitWindow } from '../../../src/limits/policy.js';

const BURST: LimitWindow = { name: 'burst', points: 5, seconds: 60 };

let now = 0;
let counts: MemoryCounts;
beforeEach(() => {
  now = 1_000_000;
  counts = new MemoryCounts({ clock: () => now });
});

function of(user: string, also: Partial<TakeRequest> = {}): TakeRequest {
  return { user, text: undefined, windows: [BURST], recall: 600, ...also };
}

describe('taking over where a user stands elsewhere', () => {
  const at = (taken: number, endsIn: number, blockedFor = 0): TakeResult => ({
    admitted: false,
    blockedFor,
    windows: [{ taken, endsIn }],
    bySame: [],
    byOthers: [],
  });

  test.each([
    { why: 'the count goes on from there', result: at(3, 30_000), taken: [4, 5, 5], ends: 30_000 },
    { why: 'a used-up window stays so', result: at(5, 30_000), taken: [5, 5, 5], ends: 30_000 },
    { why: 'a window that has not started does not count', result: at(0, 0), taken: [1, 2, 3], ends: 60_000 },
    { why: 'a block stays', result: at(1, 30_000, 5000), taken: [1, 1, 1], ends: 30_000 },
  ])('$why', ({ result, taken, ends }) => {
    counts.follow(of('a'), result);
    const told = [1, 2, 3].map(() => counts.take(of('a')));
    expect(told.map(({ windows }) => windows[0]?.taken)).toEqual(taken);
    expect(told[0]?.windows[0]?.endsIn).toBe(ends);
    expect(told[0]?.blockedFor).toBe(result.blockedFor);
  });

  test('a text that was posted elsewhere is known', () => {
    counts.follow(of('a', { text: 't' }), { ...at(1, 60_000), admitted: true });
    now += 5000;
    expect(counts.take(of('a', { text: 't' }))).toMatchObject({ bySame: [5000], byOthers: [] });
    expect(counts.take(of('b', { text: 't' }))).toMatchObject({ bySame: [], byOthers: [0] });
  });
});

test('times: a window, a block and a text end to the millisecond', () => {
  const block = { after: 1, within: 10, seconds: 20 };
  const posting = of('a', { text: 't', windows: [{ ...BURST, points: 1 }] });
  expect(counts.take(posting).admitted).toBe(true);
  now += 59_999;
  expect(counts.take(posting).admitted).toBe(false);
  now += 1;
  expect(counts.take(posting)).toMatchObject({ admitted: true, bySame: [60_000] });
  counts.reject({ user: 'a', windows: [], extra: 0, block });
  now += 60_000 - 1;
  expect(counts.take(posting)).toMatchObject({ admitted: false, blockedFor: 0 });
  now += 600_000 - 60_000 + 1;
  expect(counts.take(posting)).toMatchObject({ admitted: true, bySame: [] });
});

describe('room that is used up', () => {
  const block = { after: 1, within: 10, seconds: 3600 };
  const flood = (where: MemoryCounts, users: number) => {
    for (let i = 0; i < users; i++) where.take(of(`made up ${i}`, { text: `text ${i}` }));
  };
  const taken = (where: MemoryCounts, user: string) => where.take(of(user)).windows[0]?.taken;

  test.each([
    { why: 'a user who is forgotten starts anew', users: 1000, taken: [2, 1] },
    { why: 'one who posts meanwhile is not forgotten', users: 900, taken: [2, 3] },
  ])('$why', ({ users, taken: expected }) => {
    counts = new MemoryCounts({ capacities: capacitiesFor(1000), clock: () => now });
    taken(counts, 'a');
    expect(taken(counts, 'a')).toBe(expected[0]);
    flood(counts, users);
    expect(taken(counts, 'a')).toBe(expected[1]);
  });

  test('a flood of users who are made up pushes out nobody who is blocked', () => {
    const capacities = capacitiesFor(1000);
    counts = new MemoryCounts({ capacities, clock: () => now });
    counts.take(of('a'));
    counts.reject({ user: 'a', windows: [BURST], extra: 0, block });
    flood(counts, 20_000);
    expect(counts.take(of('a'))).toMatchObject({ admitted: false, blockedFor: 3_600_000 });
    expect(capacities.users).toMatchObject({ size: 1000, dropped: 19_001 });
    expect(capacities.blocks).toMatchObject({ size: 1, dropped: 0 });
  });

  test('a flood at one site costs another nothing that holds less than its share', () => {
    const capacities = capacitiesFor(1000);
    const [quiet, loud] = [1, 2].map(() => new MemoryCounts({ capacities, clock: () => now }));
    for (let i = 0; i < 400; i++) quiet?.take(of(`reader ${i}`));
    if (loud) flood(loud, 20_000);
    expect(quiet && taken(quiet, 'reader 0')).toBe(2);
    expect(capacities.users.size).toBe(1000);
  });

  test('what is remembered of texts is bounded by postings, however they are spread', () => {
    const capacities = capacitiesFor();
    counts = new MemoryCounts({ capacities, clock: () => now });
    const many = { ...BURST, points: 1_000_000 };
    for (let i = 0; i < 60_000; i++) {
      counts.take(of(`poster ${i % 3001}`, { text: `text ${i % 701}`, windows: [many] }));
    }
    expect(capacities.texts).toMatchObject({ most: 25_000 });
    expect(capacities.texts.size).toBeLessThanOrEqual(25_000);
    expect(capacities.posters.size).toBeLessThanOrEqual(25_000);
    expect(capacities.posters.dropped).toBeGreaterThan(0);
  });
});

test('a window that is given up and comes again starts from nothing', () => {
  const policy = { windows: [BURST] };
  counts.take(of('a'));
  counts.keepTo(policy);
  expect(counts.take(of('a')).windows[0]?.taken).toBe(2);
  counts.keepTo({ windows: [{ ...BURST, seconds: 10 }] });
  counts.keepTo(policy);
  expect(counts.take(of('a')).windows[0]?.taken).toBe(1);
});
