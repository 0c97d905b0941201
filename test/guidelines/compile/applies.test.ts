import fc from 'fast-check';
import { coverage } from '../../../src/guidelines/compile/applies.js';
import { steepTexts } from '../../helpers/growth.js';

const CASES: readonly (readonly [glob: string, url: string | undefined, covered: boolean, why: string])[] = [
  ['/sport/*', 'https://news.example/sport/cricket', true, 'the path is compared'],
  ['/sport/*', 'https://news.example/sport/', true, 'a star stands for nothing too'],
  ['/sport/*', 'https://news.example/sport', false, 'but not for the / before it'],
  ['/sport/*', 'https://news.example/news/sport/1', false, 'from the start'],
  ['/sport', 'https://news.example/sport/1', false, 'to the end'],
  ['/sport', 'https://news.example/sport?page=2#c1', true, 'query and fragment do not count'],
  ['/sport', '/sport?page=2', true, 'a site may send paths only'],
  ['*/opinion/*', 'https://news.example/en/opinion/1', true, 'a star in front'],
  ['/*/live-*.ece', 'https://news.example/sport/live-5.ece', true, 'several stars'],
  ['/a*a', 'https://news.example/a', false, 'pieces do not overlap'],
  ['https://blog.example/*', 'https://blog.example/2026/?p=1', true, 'a whole address'],
  ['https://blog.example/*', 'https://news.example/2026', false, 'of another site'],
  ['/sport/*', undefined, false, 'no address is not covered'],
];

test.each(CASES)('%s for %s is %s: %s', (glob, url, covered) => {
  expect(coverage([glob])(url)).toBe(covered);
});

test('any of several globs will do', () => {
  expect(coverage(['/a', '/b'])('/b')).toBe(true);
  expect(coverage(['/a', '/b'])('/c')).toBe(false);
});

test('a star is any run of characters', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const path = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(letters, path, (glob, text) => {
      const expected = new RegExp(`^/${glob.replaceAll('*', '.*')}$`).test(`/${text}`);
      expect(coverage([`/${glob}`])(`/${text}`)).toBe(expected);
    }),
  );
});

test('many stars take a time in proportion to the address', () => {
  const covers = coverage([`/${'*a'.repeat(500)}*b`]);
  expect(covers(`/${'a'.repeat(10_000)}`)).toBe(false);
  expect(steepTexts(covers, [['one letter', (length) => `/${'a'.repeat(length)}`]], 80_000)).toEqual([]);
});
