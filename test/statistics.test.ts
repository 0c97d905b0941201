import { meanOf, meanOfShares, medianOf, rocAuc, shareOf } from '../src/statistics.js';

// Newcombe 1998, table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [20, 20, 0.8389, 1],
])('%d of %d is from %d to %d', (hits, count, low, high) => {
  const share = shareOf(hits, count);
  expect(share.value).toBe(hits / count);
  expect(share.low).toBeCloseTo(low, 4);
  expect(share.high).toBeCloseTo(high, 4);
});

test('no rows make no share', () => {
  expect(() => shareOf(0, 0)).toThrow(RangeError);
  expect(() => meanOfShares([])).toThrow(RangeError);
  expect(() => medianOf([])).toThrow(RangeError);
  expect(() => meanOf([1])).toThrow(RangeError);
});

test('the mean over groups weighs each group the same, and is surer than any one', () => {
  const [small, large] = [shareOf(10, 10), shareOf(500, 1000)];
  const both = meanOfShares([small, large]);
  expect(both.value).toBe(0.75);
  expect(both.low).toBeCloseTo(0.75 - Math.hypot(1 - small.low, 0.5 - large.low) / 2, 9);
  expect(both.high).toBeCloseTo(0.75 + (large.high - 0.5) / 2, 9);
});

const rows = (positives: readonly number[], negatives: readonly number[]) => [
  ...positives.map((score) => ({ positive: true, score })),
  ...negatives.map((score) => ({ positive: false, score })),
];

test.each<[positives: number[], negatives: number[], auc: number, why: string]>([
  [[3, 4], [1, 2], 1, 'all above'],
  [[1, 2], [3, 4], 0, 'all below'],
  [[1, 1], [1, 1], 0.5, 'all tied'],
  [[0.8, 0.6, 0.4], [0.4, 0.2], 5.5 / 6, 'five pairs of six, and one tie'],
])('%j against %j has an area of %d (%s)', (positives, negatives, auc) => {
  expect(rocAuc(rows(positives, negatives)).value).toBeCloseTo(auc, 12);
});

test("DeLong's interval, worked out by hand", () => {
  // Variances 1/48 over three positives and 1/72 over two negatives: a standard error of sqrt(1/72).
  const { low, high } = rocAuc(rows([0.8, 0.6, 0.4], [0.4, 0.2]));
  expect(low).toBeCloseTo(5.5 / 6 - 1.959964 * Math.sqrt(1 / 72), 6);
  expect(high).toBe(1);
});

test('a median lies between order statistics', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(medianOf(values)).toEqual({ value: 50.5, low: 40, high: 61 });
  expect(medianOf([7])).toEqual({ value: 7, low: 7, high: 7 });
});
