import { toPointer } from '../../src/wire/pointer.js';

/** RFC 6901, section 5. */
test.each<[path: PropertyKey[], pointer: string]>([
  [[], ''],
  [['foo', 0], '/foo/0'],
  [[''], '/'],
  [['a/b'], '/a~1b'],
  [['m~n'], '/m~0n'],
  [['~1'], '/~01'],
  [[' '], '/ '],
])('%j is %j', (path, pointer) => {
  expect(toPointer(path)).toBe(pointer);
});
