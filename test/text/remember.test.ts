import { remember } from '../../src/text/remember.js';

/** How often the function is asked in earnest for words that come one after another. */
function timesAsked(words: readonly string[]): number {
  let asked = 0;
  const lengthOf = remember((word) => {
    asked += 1;
    return word.length;
  });
  for (const word of words) expect(lengthOf(word)).toBe(word.length);
  return asked;
}

const MANY = Array.from({ length: 10_000 }, (_, i) => `word${i}`);

test.each<[what: string, words: readonly string[], asked: number]>([
  ['a word that comes again', ['dog', 'dog', 'cat', 'dog'], 2],
  ['a long word, which would keep its text in memory', ['abcdefghijklm', 'abcdefghijklm'], 2],
  ['the empty word', ['', ''], 1],
  ['as many words as are kept', [...MANY, 'word0'], 10_000],
  ['one more: all are forgotten', [...MANY, 'one', 'word0'], 10_002],
])('%s', (_, words, asked) => {
  expect(timesAsked(words)).toBe(asked);
});
