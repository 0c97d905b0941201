import { quotations } from '../../src/text/quotations.js';
import { steepTexts } from '../helpers/growth.js';
import { textsOf } from '../helpers/hostile-texts.js';

test.each<[text: string, quoted: string[], why: string]>([
  ['"No," he said.', ['"No,"'], 'double marks'],
  ["'No,' he said.", ["'No,'"], 'single marks'],
  ['He said "no" and "yes".', ['"no"', '"yes"'], 'two'],
  ["It's the paper's view.", [], 'apostrophes'],
  ["'It's no use,' he said.", ["'It's no use,'"], 'an apostrophe within single marks'],
  ["rock 'n' roll", ["'n'"], 'a letter'],
  ["the '90s and the writers' view", ["'90s and the writers'"], 'two apostrophes that look like marks'],
  ["She said 'no'", ["'no'"], 'to the end'],
  ["' no'", [], 'a single mark before a space'],
  ['""', [], 'nothing'],
  ["''no''", ["''no'"], 'single marks twice'],
  ['"one\ntwo"', [], 'across lines'],
  ['> quoted\nmine', ['> quoted'], 'a line'],
  [`"${'a'.repeat(600)}"`, [`"${'a'.repeat(600)}"`], 'as long as may be'],
  [`"${'a'.repeat(601)}"`, [], 'longer'],
  [`'${'a'.repeat(601)}' "b"`, ['"b"'], 'one after a longer one'],
  [`"a 'b' c"`, [`"a 'b' c"`], 'one within another'],
])('%j has %j: %s', (text, quoted) => {
  expect(quotations(text).map(({ start, end }) => text.slice(start, end))).toEqual(quoted);
});

test('time grows in proportion to the text, whatever it holds', () => {
  const texts = textsOf([
    ['open single marks', " 'a"],
    ['open double marks on lines', '"a\n'],
    ['marks in marks', `"a 'b `],
    ['single marks side by side', "'"],
  ]);
  expect(steepTexts(quotations, texts, 80_000)).toEqual([]);
});
