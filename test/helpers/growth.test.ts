import { steepTexts } from './growth.js';
import { textsOf } from './hostile-texts.js';

const TEXTS = textsOf([
  ['a', 'a'],
  ['b', 'b'],
]);

/** Work of as many steps as a text is long, or as many as the square of that where the text is of "b". */
function work(text: string): number {
  let sum = 0;
  const rounds = text.startsWith('b') ? text.length : 100;
  for (let i = 0; i < rounds; i++) {
    for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at) * i) % 1_000_003;
  }
  return sum;
}

test('what grows with the square of the length is named, and what grows with the length is not', () => {
  expect(steepTexts(work, TEXTS, 8000)).toEqual([
    expect.stringMatching(/^b: \d+ times as long for 8 times the text$/),
  ]);
});
