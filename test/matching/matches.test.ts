import fc from 'fast-check';
import { RE2JS } from 're2js';
import { matchesOf } from '../../src/matching/matches.js';

function found(pattern: string, text: string): string[] {
  return [...matchesOf(RE2JS.compile(pattern), text)].map(({ start, end }) => text.slice(start, end));
}

const FILLING = 'no such word here '.repeat(100);

test.each<[pattern: string, text: string, matches: string[], why: string]>([
  ['a+', 'a baa', ['a', 'aa'], 'each time'],
  ['a*', 'bab', ['a'], 'no empty ones'],
  ['hen', `${FILLING}hen ${FILLING}hen`, ['hen', 'hen'], 'far apart'],
  ['\\bhen\\b', `${FILLING}henna hen`, ['hen'], 'as whole words'],
  ['^no', FILLING, ['no'], 'at the start only'],
  ['here $', FILLING, ['here '], 'at the end only'],
  ['hen', FILLING, [], 'nowhere'],
  ['x.*y', `x${FILLING}y`, [`x${FILLING}y`], 'longer than a window'],
  ['😀', `${FILLING}😀😀`, ['😀', '😀'], 'of more than a unit'],
])('%s', (pattern, text, matches) => {
  expect(found(pattern, text)).toEqual(matches);
});

test('windows find what a search of the whole finds, wherever it stands', () => {
  const words = fc.array(fc.constantFrom('a', 'ab', 'abc', 'x', 'y', ' ', 'word ', '\n', '😀'), {
    minLength: 400,
    maxLength: 1500,
  });
  const pattern = fc.constantFrom('a+', '\\bab?\\b', 'x(?:\\w+ ){0,3}y', '^a', 'b$', '(?:b|)a', 'hen');
  fc.assert(
    fc.property(words, pattern, (parts, expression) => {
      const text = parts.join('');
      const whole = RE2JS.compile(expression).matcher(text);
      const expected: string[] = [];
      while (whole.find()) if (whole.end() > whole.start()) expected.push(whole.group() ?? '');
      expect(found(expression, text)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});
