import fc from 'fast-check';
import { fold, sourceSpan } from '../../src/text/fold.js';

test.each<[source: string, folded: string, why: string]>([
  ['Hello, World!', 'Hello, World!', 'plain text stays'],
  ['ｈｅｌｌｏ', 'hello', 'full width'],
  ['𝐡𝐞𝐥𝐥𝐨', 'hello', 'mathematical letters'],
  ['hеllо', 'hello', 'Cyrillic look-alikes'],
  ['Ηello', 'Hello', 'a Greek look-alike'],
  ['hé̂llø', 'hello', 'marks, also crossing ones'],
  ['he\u200bl\u00adlo', 'hello', 'invisible characters'],
  ['“well”… said — sir’s', '"well"... said - sir\'s', 'typographic signs'],
  ['a\u00a0b\tc', 'a b c', 'spaces of every kind'],
  ['a\u0000b', 'ab', 'control characters'],
  ['a\nb', 'a\nb', 'line ends stay'],
  ['İstanbul', 'Istanbul', 'a capital whose small letter is longer'],
  ['नमस्ते', 'नमस्ते', 'other scripts stay, vowel signs too'],
  ['Привет', 'Npnвet', 'of other scripts only look-alikes change'],
  ['a\ud800b', 'a\ufffdb', 'a lone surrogate'],
])('%j is %j', (source, folded) => {
  expect(fold(source).text).toBe(folded);
});

test('a range of the folded text leads back to the source', () => {
  const source = 'x ｉ\u200bd𝐢ot y';
  const folded = fold(source);
  const start = folded.text.indexOf('idiot');
  const span = sourceSpan(folded, start, start + 5);
  expect(source.slice(span.start, span.end)).toBe('ｉ\u200bd𝐢ot');
});

test('any text folds to two texts of one length, with rising offsets within the source', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (source) => {
      const { text, lower, origin } = fold(source);
      expect(lower).toHaveLength(text.length);
      expect(text.isWellFormed()).toBe(true);
      if (origin === null) return;
      expect(origin.starts).toHaveLength(text.length);
      for (let i = 0; i < text.length; i++) {
        expect(origin.starts[i]).toBeLessThan(origin.ends[i] ?? 0);
        expect(origin.starts[i]).toBeGreaterThanOrEqual(origin.starts[i - 1] ?? 0);
        expect(origin.ends[i]).toBeLessThanOrEqual(source.length);
      }
    }),
  );
});

test('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (source) => {
      const once = fold(source).text;
      expect(fold(once).text).toBe(once);
    }),
  );
});

test('no character folds to one that would be folded further', () => {
  const unfinished: string[] = [];
  // The planes that have characters, but for private ones.
  for (const [first, last] of [
    [0, 0x323af],
    [0xe0000, 0xe01ef],
  ] as const) {
    for (let code = first; code <= last; code++) {
      const char = String.fromCodePoint(code);
      const once = fold(char).text;
      if (fold(once).text !== once) unfinished.push(`U+${code.toString(16)} ${once}`);
    }
  }
  expect(unfinished).toEqual([]);
});

describe('what a text may grow to', () => {
  test.each<[what: string, source: string, most: number]>([
    ['a ligature of eighteen letters, by itself', 'ﷺ', 18],
    ['the same over and over', 'ﷺ'.repeat(10_000), 3 * 10_000 + 1000],
    ['the same between words', 'peace ﷺ '.repeat(2000), 3 * 16_000 + 1000],
    ['letters in brackets', '⒜'.repeat(10_000), 3 * 10_000 + 1000],
  ])('%s', (_, source, most) => {
    const { text, origin } = fold(source);
    expect(text.length).toBeLessThanOrEqual(most);
    expect(origin?.ends.at(-1)).toBe(source.length);
  });

  test('Hangul is taken apart however long the text is, and so is a short text of anything', () => {
    const taken = fold('각').text;
    expect(taken).toHaveLength(3);
    expect(fold('각'.repeat(10_000)).text).toBe(taken.repeat(10_000));
    expect(fold('ﷺ'.repeat(50)).text).toBe(fold('ﷺ').text.repeat(50));
  });

  test('what stays as it is has its own place', () => {
    const source = `${'ﷺ'.repeat(5000)}ｉdiot`;
    const folded = fold(source);
    const start = folded.text.indexOf('idiot');
    expect(sourceSpan(folded, start, start + 5)).toEqual({ start: 5000, end: 5005 });
  });
});
