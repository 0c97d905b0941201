import { LANGUAGES, languageName, languageOf } from '../../src/text/languages.js';

describe('a language has a name in English', () => {
  test.each<[code: string, name: string]>([
    ['fr', 'French'],
    ['lg', 'Ganda'],
    ['nb', 'Norwegian Bokmål'],
    ['nn', 'Norwegian Nynorsk'],
    ['sl', 'Slovenian'],
    ['tl', 'Tagalog'],
    ['hi-Latn', 'Hindi in Latin letters'],
    ['bn-Latn', 'Bengali in Latin letters'],
  ])('%s: %s', (code, name) => {
    expect(LANGUAGES.has(code)).toBe(true);
    expect(languageName(code)).toBe(name);
  });
});

test('no two languages have the same name, and none is named by its code', () => {
  const names = [...LANGUAGES.keys()].map(languageName);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^\p{Lu}\p{L}{2,}/u);
});

describe('the language of a text', () => {
  const NORWEGIAN = 'Jeg vet ikkje kva eg skal seie om dette, men eg trur at dei tek feil.';
  test.each<[votes: [code: string, weight: number][], text: string, code: string | undefined, why: string]>([
    [[], 'Well said', undefined, 'no words'],
    [[['fr', 7]], 'oui', undefined, 'too little to tell'],
    [
      [
        ['cy', 20],
        ['fr', 5],
      ],
      'dyna ni',
      'cy',
      'one has by far the most words',
    ],
    [
      [
        ['cy', 20],
        ['fr', 15],
      ],
      'dyna ni',
      'cy',
      'franc does not know the first',
    ],
    [
      [
        ['nb', 20],
        ['nn', 15],
      ],
      NORWEGIAN,
      'nn',
      'close languages are told apart by franc',
    ],
  ])('%j: %s is %s', (votes, text, code) => {
    expect(languageOf(text, new Map(votes))).toBe(code);
  });
});
