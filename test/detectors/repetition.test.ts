import { repetition } from '../../src/detectors/repetition.js';
import { steepTexts } from '../helpers/growth.js';
import { FIRES, holdsForAnyText, namedBy, prepared } from './prepared.js';

const detect = prepared(repetition, {});

test.each<[text: string, fires: boolean, why: string]>([
  ['This is soooooooo bad', true, 'a letter'],
  ['loOoOoOoOl', true, 'a letter in turning case'],
  ['Shame!!!!!!!!', true, 'a sign'],
  ['😀😀😀😀😀😀😀', true, 'a picture'],
  ['no no no no no no', true, 'a word'],
  ['No! No! No! No! No!', true, 'a word with signs between'],
  ['Modi chor Modi chor Modi chor Modi chor Modi chor', true, 'two words'],
  ['Buy it now. Buy it now. I mean it. Buy it now.', true, 'a sentence'],
  ['buy it now\nbuy it now\nbuy it now', true, 'a line'],
  ['This is so bad', false, 'nothing'],
  ['Hmmm, soooo good!!!', false, 'a little of it'],
  ['I know that that is true, very very true.', false, 'twice'],
  ['I agree. He said so. I agree.', false, 'short sentences'],
  ['So be it then. I say no. So be it then.', false, 'a sentence twice'],
  ['It cost 10000000 rupees', false, 'digits'],
  ['See https://example.com/AAAAAAAAA/b', false, 'letters of a link'],
  ['1 1 1 1 1 1 1', false, 'numbers'],
  ['Well............ --------- ====== ____', false, 'dots and lines'],
  ['', false, 'nothing'],
])('%j: %s', (text, fires) => {
  expect(detect(text).score >= FIRES).toBe(fires);
});

test.each<[options: object, text: string, fires: boolean, why: string]>([
  [{ characters: 4 }, 'soooo', true, 'four letters'],
  [{ characters: 20 }, 'soooooooooo', false, 'fewer than twenty'],
  [{ words: 2 }, 'very very good', true, 'twice'],
  [{ sentences: 2 }, 'So be it then. I say no. So be it then.', true, 'twice'],
  [{ sentences: 10 }, 'buy it now\nbuy it now\nbuy it now', false, 'fewer than ten'],
])('%j on %j: %s', (options, text, fires) => {
  expect(prepared(repetition, options)(text).score >= FIRES).toBe(fires);
});

test.each<[text: string, named: string[], note: string]>([
  ['Shame!!!!!!!!!!!!', ['!!!!!!!!!!!!'], '! 12 times'],
  ['he is a liar liar liar liar liar liar.', ['liar liar liar liar liar liar'], 'liar 6 times'],
  ['Buy it now. Yes. Buy it now. Buy it now.', ['Buy it now'], 'the same sentence 3 times'],
])('%j names %j', (text, named, note) => {
  const finding = detect(text);
  expect(namedBy(finding, text)).toEqual(expect.arrayContaining(named));
  expect(finding.note).toBe(note);
});

test('the more, the surer', () => {
  const scores = [3, 5, 6, 12, 60].map((n) => detect(`Shame${'!'.repeat(n)}`).score);
  expect(scores).toEqual([0, 5 / 6 - 0.5, 0.5, 0.75, 0.95]);
});

test('holds for any text', () => holdsForAnyText(detect));
test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(detect)).toEqual([]);
});
