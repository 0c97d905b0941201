import { stripVTControlCharacters } from 'node:util';
import type { Figure } from '../../../src/lab/evaluation/figure.js';
import { toTable as toColouredTable } from '../../../src/lab/evaluation/table.js';

const FIGURE: Figure = {
  id: 'words',
  what: 'words caught',
  unit: 'share',
  value: 0.98,
  low: 0.9,
  high: 1,
  count: 200,
  reach: 0.97,
  aim: 0.99,
  better: 'higher',
};

/** The table without its colours, which are there or not by the terminal. */
function toTable(figures: readonly Figure[]): string {
  return stripVTControlCharacters(toColouredTable(figures));
}

/** The cells of a table's lines, header first; notes are lines of one cell. */
function cellsOf(figures: readonly Figure[]): string[][] {
  return toTable(figures)
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));
}

test('a figure is a line under the header', () => {
  expect(cellsOf([FIGURE])).toEqual([
    ['figure', 'value', '95% interval', 'count', 'reach', 'aim', 'reached', 'plain libraries'],
    ['words caught', '98.00%', '90.00% to 100.00%', '200', '97.00%', '99.00%', 'yes'],
  ]);
});

test.each<[what: string, change: Partial<Figure>, reached: string]>([
  ['at the aim', { value: 0.99 }, 'aim'],
  ['above the aim', { value: 1 }, 'aim'],
  ['below the aim', { value: 0.9899 }, 'yes'],
  ['at what it shall reach', { value: 0.97 }, 'yes'],
  ['below what it shall reach', { value: 0.9699 }, 'NO'],
  ['lower is better, at the aim', { better: 'lower', reach: 0.03, aim: 0.01, value: 0.01 }, 'aim'],
  ['lower is better, between', { better: 'lower', reach: 0.03, aim: 0.01, value: 0.02 }, 'yes'],
  ['lower is better, above', { better: 'lower', reach: 0.03, aim: 0.01, value: 0.04 }, 'NO'],
  ['none may be, and none is', { better: 'lower', reach: 0, aim: 0, value: 0 }, 'aim'],
  ['none may be, and one is', { better: 'lower', reach: 0, aim: 0, value: 0.001 }, 'NO'],
  ['no aim, and reached', { aim: undefined, value: 1 }, 'yes'],
])('reached: %s', (_, change, reached) => {
  expect(cellsOf([{ ...FIGURE, ...change }])[1]?.at(-1)).toBe(reached);
});

test('nothing is asked of a figure without goals', () => {
  const [, line] = cellsOf([{ ...FIGURE, reach: undefined, aim: undefined }]);
  expect(line).toEqual(['words caught', '98.00%', '90.00% to 100.00%', '200']);
});

test.each<[unit: Figure['unit'], value: number, shown: string]>([
  ['share', 0.00214, '0.21%'],
  ['share', 1, '100.00%'],
  ['auc', 0.97149, '0.971'],
  ['f1', 0.6, '0.600'],
  ['µs', 546.4, '546 µs'],
  ['MB', 169.6, '170 MB'],
])('in %s, %d is %s', (unit, value, shown) => {
  const [, line] = cellsOf([
    {
      ...FIGURE,
      unit,
      value,
      low: value,
      high: value,
      reach: value,
      aim: value,
      beside: [{ name: 'x', value }],
    },
  ]);
  expect(line).toEqual([
    'words caught',
    shown,
    `${shown} to ${shown}`,
    '200',
    shown,
    shown,
    'aim',
    `x ${shown}`,
  ]);
});

test('libraries stand in the last column, in their order', () => {
  const beside = [
    { name: 'bad-words', value: 0.105 },
    { name: 'obscenity', value: 0.445 },
  ];
  expect(cellsOf([{ ...FIGURE, beside }])[1]?.at(-1)).toBe('bad-words 10.50%, obscenity 44.50%');
});

test('a part is set in below its whole, a note below its figure', () => {
  const part: Figure = {
    ...FIGURE,
    id: 'words/in-capitals',
    what: 'of these, in capitals',
    reach: undefined,
  };
  const lines = toTable([{ ...FIGURE, note: 'worst: shit' }, part]).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^words caught /);
  expect(lines[2]).toBe('    worst: shit');
  expect(lines[3]).toMatch(/^ {2}of these, in capitals /);
});

test('columns are as wide as their widest cell, numbers set to the right, and no line ends in spaces', () => {
  const wide: Figure = { ...FIGURE, what: 'words caught in all kinds of disguise', count: 12_345 };
  const lines = toTable([FIGURE, wide]).split('\n');
  const ends = (text: string) => lines.map((line) => line.indexOf(text) + text.length);
  expect(ends('200')[1]).toBe(ends('12345')[2]);
  expect(ends('count')[0]).toBe(ends('12345')[2]);
  for (const line of lines) expect(line).toBe(line.trimEnd());
});

test('no figures leave the header', () => {
  expect(cellsOf([])).toHaveLength(1);
});
