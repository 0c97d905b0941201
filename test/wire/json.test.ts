import fc from 'fast-check';
import { findFault, parseJson } from '../../src/wire/json.js';
import { steepTexts } from '../helpers/growth.js';

test.each<[text: string, message: string]>([
  ['', 'line 1, column 1: expected a value; got the end'],
  ['{"a": 1,}', 'line 1, column 9: expected a name in double quotes; got }'],
  ['[1,]', 'line 1, column 4: expected a value; got ]'],
  ['[1 2]', 'line 1, column 4: expected a comma or ]; got 2'],
  ['{"a": 1 "b": 2}', 'line 1, column 9: expected a comma or }; got "'],
  ['{a: 1}', 'line 1, column 2: expected a name in double quotes or }; got a'],
  ['[1}', 'line 1, column 3: expected a comma or ]; got }'],
  ['01', 'line 1, column 1: expected a value; got 0'],
  ['-', 'line 1, column 1: expected a value; got -'],
  ['1.', 'line 1, column 1: expected a value; got 1'],
  ['truely', 'line 1, column 1: expected a value; got t'],
  ['"\\u12"', 'line 1, column 2: expected an escape such as \\n, \\" or \\u00e9; got \\'],
  ['[1,\r\n 2,\r\n x]', 'line 3, column 2: expected a value; got x'],
  ['"a" 😀', 'line 1, column 5: expected nothing more; got 😀'],
  ['\u00a0{}', 'line 1, column 1: expected a value; got a no-break space'],
])('%j: %s', (text, message) => {
  expect(() => parseJson(text)).toThrow(message);
});

test('a text has a fault just where the engine cannot parse it', () => {
  const almostJson = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '"', '}', ']', ',', '0', '\\', '\u0007', ' ', 'e', '-', '.', '\u007f'),
    )
    .map(
      ([json, at, with_]) =>
        json.slice(0, at % (json.length + 1)) + with_ + json.slice((at % (json.length + 1)) + 1),
    );
  fc.assert(
    fc.property(fc.oneof(fc.json(), almostJson, fc.string()), (text) => {
      expect(findFault(text) === undefined).toBe(parses(text));
    }),
    { numRuns: 2000 },
  );
});

test.each<[what: string, make: (length: number) => string, at: (length: number) => number]>([
  ['open brackets', (length) => '['.repeat(length), (length) => length],
  ['open objects', (length) => '{"a":'.repeat(length), (length) => 5 * length],
  ['spaces', (length) => ' '.repeat(length), (length) => length],
  ['a string', (length) => `"${'a\\n'.repeat(length)}`, (length) => 3 * length + 1],
  ['a number', (length) => `${'1'.repeat(length)}x`, () => 0],
])('%s without end: the fault is found, in a time in proportion to the length', (what, make, at) => {
  expect(findFault(make(200_000))?.at).toBe(at(200_000));
  expect(steepTexts(findFault, [[what, make]], 200_000)).toEqual([]);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
