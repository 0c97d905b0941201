import { Expiring } from '../../../src/limits/memory/expiring.js';

/** Sets so many keys, one a millisecond, each for a minute. Returns the most that were kept at a time. */
function fill(expiring: Expiring<number>, many: number): number {
  let most = 0;
  for (let now = 0; now < many; now++) {
    expiring.set(`reader-${now}`, now, now + 60_000, now);
    most = Math.max(most, expiring.size);
  }
  return most;
}

test('a value ends to the millisecond, and another may take its place', () => {
  const expiring = new Expiring<string>();
  expiring.set('a', 'first', 100, 0);
  expect(expiring.get('a', 99)).toEqual({ value: 'first', endsAt: 100 });
  expect(expiring.get('a', 100)).toBeUndefined();
  expiring.set('a', 'second', 300, 200);
  expect(expiring.get('a', 299)?.value).toBe('second');
  expiring.delete('a');
  expect(expiring.get('a', 299)).toBeUndefined();
});

test('none is lost before its end, and none is kept for longer than two such times', () => {
  const expiring = new Expiring<number>();
  expect(fill(expiring, 300_000)).toBeLessThanOrEqual(120_001);
  const now = 299_999;
  const there = Array.from({ length: 300_000 }, (_, i) => i).filter((i) => expiring.get(`reader-${i}`, now));
  expect(there).toHaveLength(60_000);
  expect(there[0]).toBe(240_000);
});

test('one that is set anew stays, others of its time go', () => {
  const expiring = new Expiring<number>();
  for (let now = 0; now < 1000; now++) {
    expiring.set('often', now, now + 10, now);
    expiring.set(`once-${now}`, now, now + 10, now);
  }
  expect(expiring.get('often', 1000)?.value).toBe(999);
  expect(expiring.size).toBeLessThan(30);
});

test('beyond the most that are kept, those that were set longest ago go first', () => {
  const expiring = new Expiring<number>(1000);
  expect(fill(expiring, 5000)).toBe(1000);
  expect(expiring.get('reader-4999', 5000)?.value).toBe(4999);
  expect(expiring.get('reader-4500', 5000)?.value).toBe(4500);
  expect(expiring.get('reader-3000', 5000)).toBeUndefined();
});
