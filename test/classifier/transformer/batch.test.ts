import { MOST_PIECES, nextBatch } from '../../../src/classifier/transformer/batch.js';

test.each<[waiting: number[], batch: number[]]>([
  [[], []],
  [[128], [0]],
  [
    [20, 120, 22],
    [0, 2],
  ],
  [
    [30, 128, 31, 29, 128, 30],
    [0, 2, 3, 5],
  ],
  [
    [128, 128, 128],
    [0, 1],
  ],
  // One that is nearer goes before one that came earlier.
  [
    [100, 80, 100, 99],
    [0, 2],
  ],
  [
    [8, 16, 17],
    [0, 1],
  ],
])('of windows of %j pieces, those at %j are the next batch', (waiting, batch) => {
  expect(nextBatch(waiting)).toEqual(batch);
});

test.each([4, 40, 128])('a batch of windows of %i pieces is no larger than it may be', (length) => {
  const batch = nextBatch(Array.from({ length: 300 }, () => length));
  expect(batch).toEqual(Array.from({ length: Math.floor(MOST_PIECES / length) }, (_, i) => i));
});
