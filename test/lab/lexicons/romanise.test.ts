import { romanise, type Spelling } from '../../../src/lab/lexicons/romanise.js';

const SHORT: Spelling = { longVowels: 'single', v: 'v' };
const LONG: Spelling = { longVowels: 'doubled', v: 'w' };

const CASES: readonly (readonly [
  text: string,
  dropsSchwa: boolean,
  spelling: Spelling,
  expected: string,
  why: string,
])[] = [
  ['नमक', true, SHORT, 'namak', 'the last vowel is silent'],
  ['सरकार', true, SHORT, 'sarkar', 'a silent vowel within'],
  ['सरकार', true, LONG, 'sarkaar', 'a long vowel'],
  ['लड़का', true, SHORT, 'larka', 'a dotted consonant as two characters'],
  ['लड़का', true, SHORT, 'larka', 'a dotted consonant as one character'],
  ['नहीं', true, LONG, 'naheen', 'a nasal vowel'],
  ['वह', true, LONG, 'wah', 'v as w'],
  ['क्या', true, SHORT, 'kya', 'consonants joined'],
  ['न', true, SHORT, 'na', 'a word of one consonant keeps its vowel'],
  ['સરકાર', true, SHORT, 'sarkar', 'Gujarati'],
  ['ਸਰਕਾਰ', true, SHORT, 'sarkar', 'Gurmukhi'],
  ['சரி', false, SHORT, 'chari', 'Tamil'],
  ['మన', false, SHORT, 'mana', 'Telugu keeps its last vowel'],
  ['India में 2 बार', true, SHORT, 'India men 2 bar', 'the rest stays'],
];

test.each(CASES)('%s', (text, dropsSchwa, spelling, expected) => {
  expect(romanise(text, dropsSchwa, spelling)).toBe(expected);
});
