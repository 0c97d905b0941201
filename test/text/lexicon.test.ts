import { readdirSync, readFileSync } from 'node:fs';
import { Filter } from 'bad-words';
import { Vocabulary } from '../../src/matching/vocabulary.js';
import { LANGUAGES } from '../../src/text/languages.js';
import { foreignLanguageOf, isEnglishWord, weightOf } from '../../src/text/lexicon.js';

const FOLDER = new URL('../../src/text/words/', import.meta.url);

function readLines(file: string): string[][] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '));
}

describe('isEnglishWord', () => {
  test.each([
    ['the', true, 'the commonest'],
    ['a', true, 'one letter'],
    ['cook', true, 'not a stretched cok'],
    ['guarantees', true, 'plural'],
    ['argued', true, 'past'],
    ["don't", true, 'contraction'],
    ["newspaper's", true, 'possessive'],
    ["modi's", true, 'possessive of a name'],
    ['scunthorpe', false, 'a rare place; it is no disguise either'],
    ['michael', true, 'first name'],
    ['kejriwal', true, 'Indian surname'],
    ['pakistan', true, 'country'],
    ['lakh', true, 'Indian English'],
    ['plz', true, 'chat spelling'],
    ['die', true, 'though German has it more often'],
    ['shiite', true, 'resembles a word of abuse'],
    ['assess', true, 'resembles a word of abuse'],
    ['fuuck', false, 'disguised'],
    ['biatch', false, 'disguised'],
    ['phuck', false, 'disguised'],
    ['ck', false, 'a piece of a broken word'],
    ['uck', false, 'a piece of a broken word'],
    ['sh', false, 'a piece of a broken word'],
    ['und', false, 'German'],
    ['hai', false, 'Hindi'],
    ['', false, 'nothing'],
    ['constructor', false, 'a property of every object'],
  ])('%s: %s (%s)', (word, expected) => {
    expect(isEnglishWord(word)).toBe(expected);
  });
});

describe('weightOf', () => {
  test.each([
    ['the', 'for'],
    ['government', 'for'],
    ['plz', 'for'],
    ['soooo', 'for'],
    ["they're", 'for'],
    ['superficiality', 'for'],
    ['und', 'against'],
    ['nahi', 'against'],
    ['sarkaron', 'against'],
    ['przykład', 'against'],
    ['u', 'nothing'],
    ['lakh', 'nothing'],
    ['modi', 'nothing'],
    ['xmpl', 'nothing'],
  ])('%s: %s', (word, expected) => {
    const weight = weightOf(word) ?? 0;
    expect(weight > 0 ? 'for' : weight < 0 ? 'against' : 'nothing').toBe(expected);
    expect(Math.abs(weight)).toBeLessThanOrEqual(8);
  });
});

test.each([
  ['und', 'de'],
  ['nahi', 'hi-Latn'],
  ['ang', 'tl'],
  ['government', undefined],
])('%s is of the language %s', (word, code) => {
  expect(foreignLanguageOf(word)).toBe(code);
});

describe('the files', () => {
  test('have no word in disguise among those taken for English', () => {
    const obscene = new Set(new Filter().list.map((word) => word.toLowerCase()));
    const vocabulary = new Vocabulary();
    for (const word of obscene) if (/^[a-z]{2,}$/.test(word)) vocabulary.addWord(word);
    const learned = readLines('english.txt').flatMap(([, ...words]) => words);
    const written = ['indian-english.txt', 'names.txt', 'groups.txt', 'text-speak.txt'].flatMap((file) =>
      readLines(file).flat(),
    );
    const disguises = [...learned, ...written].filter(
      (word) => !obscene.has(word) && vocabulary.disguised(word).length > 0,
    );
    expect(disguises.sort()).toEqual(['assess', 'mule', 'shiite', 'splc']);
  });

  test('have each learned word once, with a weight and a known language', () => {
    const english = readLines('english.txt');
    const foreign = readLines('foreign.txt');
    const words = [...english.flatMap(([, ...rest]) => rest), ...foreign.flatMap(([, , ...rest]) => rest)];
    expect(new Set(words).size).toBe(words.length);
    for (const [weight] of [...english, ...foreign]) expect(weight).toMatch(/^-?[0-8]$/);
    for (const [, code = ''] of foreign) expect(LANGUAGES.has(code)).toBe(true);
  });

  test('stay small', () => {
    const bytes = readdirSync(FOLDER)
      .filter((file) => file.endsWith('.txt'))
      .reduce((sum, file) => sum + readFileSync(new URL(file, FOLDER)).length, 0);
    expect(bytes).toBeLessThan(600_000);
  });
});
