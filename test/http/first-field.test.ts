import { firstField, hasMoreFields } from '../../src/http/first-field.js';

test.each<[form: string, value: string | undefined]>([
  ['key=abc', 'abc'],
  ['key=abc&blog=b', 'abc'],
  ['blog=b&key=abc', 'abc'],
  ['blog=b&key=abc&key=def', 'abc'],
  ['key=a%2Bb%20c+d', 'a+b c d'],
  ['key=+abc%20', 'abc'],
  ['key=50%25%', '50%%'],
  ['key=a=b', 'a=b'],
  ['key=F%C3%BC%C3%9Fe', 'Füße'],
  [`key=${'a'.repeat(5000)}&b`, 'a'.repeat(4096)],
  ['api_key=abc', undefined],
  ['blog=key=abc', undefined],
  ['key', undefined],
  ['key&key=abc', 'abc'],
  ['key=', undefined],
  ['key=&key=abc', undefined],
  ['key=%20', undefined],
  ['KEY=abc', undefined],
  ['', undefined],
])('the first key in %j is %j', (form, value) => {
  expect(firstField(Buffer.from(form), 'key')).toBe(value);
});

test.each<[form: string, most: number, hasMore: boolean]>([
  ['', 1, false],
  ['a=1', 1, false],
  ['a=1&b=2', 1, true],
  ['a=1&b=2', 2, false],
  ['a&a&a', 2, true],
  ['&&', 2, true],
])('%j has more than %d fields: %j', (form, most, hasMore) => {
  expect(hasMoreFields(Buffer.from(form), most)).toBe(hasMore);
});
