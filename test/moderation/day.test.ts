import { dayOf, toDay } from '../../src/moderation/day.js';

describe('dayOf tells the day of a clock, whichever way it goes', () => {
  const TIMES = [
    '2026-11-27T00:00:00.000Z',
    '2026-11-27T23:59:59.999Z',
    '2026-11-28T00:00:00.000Z',
    // Set back, over midnight and over years.
    '2026-11-27T12:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00.000Z',
    '2028-02-29T10:00:00.000Z',
    '2028-03-01T00:00:00.000Z',
  ];
  let now = new Date(0);
  const day = dayOf(() => now);
  test.each(TIMES)('%s', (time) => {
    now = new Date(time);
    expect(day()).toBe(time.slice(0, 10));
    expect(day()).toBe(toDay(now));
  });

  test('throws for a clock that tells no time, and tells the day once it does', () => {
    const clock = { time: new Date(Number.NaN) };
    const dayThen = dayOf(() => clock.time);
    expect(dayThen).toThrow(RangeError);
    clock.time = new Date('2026-11-28T08:00:00Z');
    expect(dayThen()).toBe('2026-11-28');
  });
});
