import { nearMiss, shown } from '../../../src/guidelines/mistakes/suggest.js';

const NEAR: readonly (readonly [word: string, candidates: readonly string[], nearest: string | undefined])[] =
  [
    ['phrase', ['phrases', 'pattern'], 'phrases'],
    ['Reject', ['reject', 'review'], 'reject'],
    ['exmaples', ['examples'], 'examples'],
    ['wrods', ['words'], 'words'],
    ['wosrd', ['words'], undefined],
    ['case', ['lower-case', 'language'], 'lower-case'],
    ['a', ['a-b', 'a-c'], undefined],
    ['ca', ['lower-case'], undefined],
    ['\u00a0mode', ['mode'], 'mode'],
    ['colour', ['mode', 'owner'], undefined],
    ['', ['a'], undefined],
    ['x'.repeat(41), ['x'.repeat(40)], undefined],
  ];
test.each(NEAR)('%j among %j is %j', (word, candidates, nearest) => {
  expect(nearMiss(word, candidates)).toBe(nearest);
});

const SHOWN: readonly (readonly [text: string, shown: string])[] = [
  ['plain text', 'plain text'],
  ['two\nlines\tand a tab', String.raw`two\nlines\tand a tab`],
  ['no\u00a0break, zero\u200bwidth', String.raw`no‹a no-break space›break, zero\u{200b}width`],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
];
test.each(SHOWN)('%j is shown as %s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});
