import { lowerCase } from '../../src/detectors/lower-case.js';
import { steepTexts } from '../helpers/growth.js';
import { FIRES, holdsForAnyText, namedBy, prepared } from './prepared.js';

const detect = prepared(lowerCase, {});

test.each<[text: string, fires: boolean, why: string]>([
  ['i think the government has done a good job and the opposition knows it.', true, 'no capital'],
  ['so the whole thing is wrong. nobody knows.', true, 'two sentences'],
  [
    'look at this before you judge: https://www.example.com/Story and tell me',
    true,
    'capitals of an address do not count',
  ],
  ['see example.com/Story before you judge any of this', true, 'nor do those of one without http'],
  ['tell @Ravi_K and @Meena@Ram that this is all wrong', true, 'nor do those of @names'],
  ['it is all wrong, says everybody here in #Kerala', false, 'a #tag is a word'],
  ['le ministre a donné raison à tout le monde', true, 'accents'],
  ['ｔｈｉｓ ｉｓ ａｌｌ ｉｎ ｓｍａｌｌ ｌｅｔｔｅｒｓ，ｙｅｓ', true, 'full-width letters'],
  ['I think the government is fine as it is.', false, 'capitals as they should be'],
  ['i think the government of Kerala is fine', false, 'a name has one'],
  ['i agree', false, 'too short'],
  ['great article', false, 'too short'],
  ['https://www.example.com/a-long-address-in-small-letters', false, 'an address only'],
  ['यह सरकार बिल्कुल बेकार है और कुछ नहीं करती', false, 'a script without capitals'],
  ['THIS IS ALL IN CAPITALS AND LONG', false, 'the contrary'],
  ['1234567890 1234567890 1234567890', false, 'no letters'],
  ['', false, 'nothing'],
])('%j: %s', (text, fires) => {
  expect(detect(text).score >= FIRES).toBe(fires);
});

test.each<[options: object, text: string, fires: boolean, why: string]>([
  [{ minLetters: 5 }, 'i agree', true, 'short comments count'],
  [{ despiteNames: true }, 'i think the government of Kerala is fine. it works.', true, 'names do not help'],
  [
    { despiteNames: true },
    'i think the government of Kerala is fine. It works.',
    false,
    'a sentence starts large',
  ],
  [{ despiteNames: true }, 'what should I say about the government', false, '"I" is large'],
])('%j on %j: %s', (options, text, fires) => {
  expect(prepared(lowerCase, options)(text).score >= FIRES).toBe(fires);
});

test('names the whole comment, without the white space around it', () => {
  const text = ' \n so the whole thing is wrong, you know \n';
  expect(namedBy(detect(text), text)).toEqual([text.trim()]);
  expect(detect(text).note).toBe('no capital letter');
});

test('holds for any text', () => {
  holdsForAnyText(detect);
  holdsForAnyText(prepared(lowerCase, { minLetters: 1, despiteNames: true }));
});

test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(detect)).toEqual([]);
});
