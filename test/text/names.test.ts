import { fold } from '../../src/text/fold.js';
import { hasNameCapital, isAcronym, isWrittenAsName } from '../../src/text/names.js';
import { tokenise } from '../../src/text/tokens.js';

describe('written as a name', () => {
  test.each<[written: string, expected: boolean]>([
    ['Modi', true],
    ["Modi's", true],
    ["O'Brien", true],
    ['McDonald', true],
    ['DeSantis', true],
    ['R', true],
    ['R.', true],
    ['Élodie', true],
    ['BJP', false],
    ['iPhone', false],
    ['modi', false],
    ['2nd', false],
    ['मोदी', false],
    ['', false],
  ])('%s: %s', (written, expected) => {
    expect(isWrittenAsName(written)).toBe(expected);
  });
});

describe('words with the capital of a name', () => {
  test.each<[text: string, names: string[], why: string]>([
    ['They say Modi won.', ['Modi'], 'within a sentence'],
    ['They say the BJP won.', ['BJP'], 'an acronym'],
    ['Elections are near.', [], 'the capital of a sentence'],
    ['I saw it. Elections are near.', [], 'the capital of a second sentence'],
    ['Los Angeles is far.', ['Los', 'Angeles'], 'before another capital'],
    ['Plz! Stop it.', [], 'a sentence of its own, and the next'],
    ['Modi', ['Modi'], 'alone'],
    ['they say modi won', [], 'no capital'],
    ['', [], 'nothing'],
  ])('%s (%s)', (text, names) => {
    const folded = fold(text);
    const tokens = tokenise(folded.lower);
    const found = tokens.filter((_, i) => hasNameCapital({ folded, tokens }, i));
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(names);
  });
});

test.each<[word: string, expected: boolean]>([
  ['aiadmk', true],
  ['covid19', true],
  ['stop', false],
  ['abcdefg', false],
])('%s in capitals is an acronym: %s', (word, expected) => {
  expect(isAcronym(word)).toBe(expected);
});
