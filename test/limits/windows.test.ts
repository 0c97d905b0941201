import { setTimeout as sleep } from 'node:timers/promises';
import { memoryWindows } from '../../src/limits/memory.js';

const BURST = { name: 'burst', points: 5, seconds: 60 };

describe('taking over where a user stands elsewhere', () => {
  const at = (remaining: number, reset: number) => [
    { policy: 'burst', quota: 5, window: 60, remaining, reset },
  ];

  test.each([
    { why: 'the count goes on from there', standings: at(2, 30), left: [1, 0, 0], ends: 30 },
    { why: 'a used-up window stays so', standings: at(0, 30), left: [0, 0, 0], ends: 30 },
    { why: 'a window that is over does not count', standings: at(0, 0), left: [4, 3, 2], ends: 60 },
  ])('$why', async ({ standings, left, ends }) => {
    const windows = memoryWindows({ windows: [BURST] });
    await windows.follow('a', standings);
    const counts = [await windows.take('a'), await windows.take('a'), await windows.take('a')];
    expect(counts.map((count) => count.standings[0]?.remaining)).toEqual(left);
    expect(counts[0]?.standings[0]?.reset).toBe(ends);
  });
});

test('nothing is given back to a window with less than a second to go: it could land in the next one', async () => {
  const windows = memoryWindows({
    windows: [
      { name: 'burst', points: 5, seconds: 1 },
      { name: 'daily', points: 1, seconds: 86400 },
    ],
  });
  await windows.take('a');
  await sleep(50);
  const refused = [await windows.take('a'), await windows.take('a'), await windows.take('a')];
  expect(refused.map((count) => count.violated)).toEqual([['daily'], ['daily'], ['daily']]);
  expect(refused.map((count) => count.standings[0]?.remaining)).toEqual([4, 3, 2]);
});
