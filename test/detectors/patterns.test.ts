import { OptionError } from '../../src/detectors/detector.js';
import { patterns } from '../../src/detectors/patterns.js';
import { namedBy, prepared } from './prepared.js';

describe('a pattern', () => {
  test.each<[pattern: string, text: string, named: string[], why: string]>([
    ['\\bvermin\\b', 'Rats are VERMIN.', ['VERMIN'], 'without regard to case'],
    ['\\bvermin\\b', 'Verminous', [], 'not within a word'],
    ['a+', 'a baa', ['a', 'aa'], 'each time'],
    ['cat|dog', 'dog and cat', ['dog', 'cat'], 'alternatives'],
    ['x*y', 'xxy y', ['xxy', 'y'], 'repeats'],
    ['^no', 'no, no', ['no'], 'at the start'],
    ['no$', 'no, no', ['no'], 'at the end'],
    ['ｖｅｒｍｉｎ|vermin', 'ｖｅｒｍｉｎ', ['ｖｅｒｍｉｎ'], 'in the folded text'],
    ['{pest}s', 'Rats, mice and rat kings', ['Rats'], 'with a list'],
  ])('%s in %j finds %j: %s', (pattern, text, named) => {
    const detect = prepared(patterns, { pattern }, new Map([['pest', ['rat', 'mouse']]]));
    const finding = detect(text);
    expect(namedBy(finding, text)).toEqual(named);
    expect(finding.score).toBe(named.length > 0 ? 1 : 0);
  });
});

test.each([['a*'], ['('], ['(?=a)'], ['(a)\\1'], ['{none}']])('%s is refused', (pattern) => {
  expect(() => prepared(patterns, { pattern })).toThrow(OptionError);
});

test.each<[count: number, isRefused: boolean]>([
  [4545, false],
  [4546, true],
])('a pattern with a list of %i words of ten letters is refused: %s', (count, isRefused) => {
  const pests = Array.from({ length: count }, (_, i) => `rat${String(i).padStart(7, '0')}`);
  const prepare = () => patterns.prepare({ pattern: '{pest}' }, new Map([['pest', pests]]));
  if (isRefused) {
    expect(prepare).toThrow(
      'pattern {pest} has 50009 characters with its lists written out, and may have 50000; use shorter lists',
    );
    expect(prepare).toThrow(OptionError);
  } else expect(prepare().expression).toHaveLength(49_998);
});
