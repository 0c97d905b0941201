import { Capacity } from '../../src/expiring/capacity.js';
import { Expiring } from '../../src/expiring/expiring.js';

/** Sets so many keys, one a millisecond, each for a minute. Returns the most that were kept at a time. */
function fill(expiring: Expiring<number>, many: number, prefix = 'reader'): number {
  let most = 0;
  for (let now = 0; now < many; now++) {
    expiring.set(`${prefix}-${now}`, now, now + 60_000, now);
    most = Math.max(most, expiring.size);
  }
  return most;
}

const PLENTY = 1_000_000;

test('a value ends to the millisecond, and another may take its place', () => {
  const expiring = new Expiring<string>(new Capacity(PLENTY));
  expiring.set('a', 'first', 100, 0);
  expect(expiring.get('a', 99)).toEqual({ value: 'first', endsAt: 100 });
  expect(expiring.get('a', 100)).toBeUndefined();
  expiring.set('a', 'second', 300, 200);
  expect(expiring.get('a', 299)?.value).toBe('second');
  expiring.delete('a');
  expect(expiring.get('a', 299)).toBeUndefined();
  expect(expiring.size).toBe(0);
});

test('none is lost before its end, and those that have ended make room', () => {
  const capacity = new Capacity(PLENTY);
  const expiring = new Expiring<number>(capacity);
  expect(fill(expiring, 200_000)).toBeLessThanOrEqual(60_001);
  const now = 199_999;
  const there = Array.from({ length: 200_000 }, (_, i) => i).filter((i) => expiring.get(`reader-${i}`, now));
  expect(there).toHaveLength(60_000);
  expect(there[0]).toBe(140_000);
  expect(capacity.dropped).toBe(0);
});

test('one that is used stays, others of its time go', () => {
  const capacity = new Capacity(30);
  const expiring = new Expiring<number>(capacity);
  for (let now = 0; now < 1000; now++) {
    if (now === 0) expiring.set('set', now, PLENTY, now);
    if (now === 0) expiring.set('left alone', now, PLENTY, now);
    expiring.get('set', now);
    expiring.set(`once-${now}`, now, PLENTY, now);
  }
  expect(expiring.get('set', 1000)?.value).toBe(0);
  expect(expiring.get('left alone', 1000)).toBeUndefined();
  expect(expiring.size).toBe(30);
  expect(capacity.dropped).toBe(1002 - 30);
});

test('beyond the most that are kept, those used least recently go first, one for each that comes', () => {
  const capacity = new Capacity(1000);
  const expiring = new Expiring<number>(capacity);
  expect(fill(expiring, 5000)).toBe(1000);
  expect(expiring.get('reader-4999', 5000)?.value).toBe(4999);
  expect(expiring.get('reader-4000', 5000)?.value).toBe(4000);
  expect(expiring.get('reader-3999', 5000)).toBeUndefined();
  expect(capacity.dropped).toBe(4000);
});

test('an entry takes the room that it says, and another once it is set anew', () => {
  const capacity = new Capacity(100);
  const expiring = new Expiring<string>(capacity);
  for (const key of ['a', 'b', 'c']) expiring.set(key, key, 10, 0, 30);
  expiring.set('c', 'c', 10, 0, 60);
  expect([...'abc'].map((key) => expiring.get(key, 0)?.value)).toEqual([undefined, 'b', 'c']);
  expect(expiring.size).toBe(90);
});

test('a flood in one table takes nothing from one that holds less than its share', () => {
  const capacity = new Capacity(1000);
  const [quiet, loud] = [new Expiring<number>(capacity), new Expiring<number>(capacity)];
  fill(quiet, 400, 'quiet');
  fill(loud, 20_000);
  expect([quiet.size, loud.size, capacity.size]).toEqual([400, 600, 1000]);
  fill(quiet, 20_000, 'more');
  expect([quiet.size, loud.size]).toEqual([500, 500]);
});
