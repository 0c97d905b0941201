import type { TakeRequest, TakeResult } from '../../../src/limits/counts.js';
import { MemoryCounts } from '../../../src/limits/memory/counts.js';
import type { LimitWindow } from '../../../src/limits/policy.js';

const BURST: LimitWindow = { name: 'burst', points: 5, seconds: 60 };

let now = 0;
let counts: MemoryCounts;
beforeEach(() => {
  now = 1_000_000;
  counts = new MemoryCounts(() => now);
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
