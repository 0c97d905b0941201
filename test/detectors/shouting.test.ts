import { shouting } from '../../src/detectors/shouting.js';
import { steepTexts } from '../helpers/growth.js';
import { FIRES, holdsForAnyText, namedBy, prepared } from './prepared.js';

const detect = prepared(shouting, {});

test.each<[text: string, fires: boolean, why: string]>([
  ['THIS GOVERNMENT HAS DONE NOTHING FOR THE FARMERS OF THIS STATE', true, 'all in capitals'],
  ['STOP THIS NOW', true, 'short words count along with longer ones'],
  ['THIS IS NOT TRUE, AND YOU KNOW IT, Mr Modi', true, 'nearly all'],
  ['ＴＨＩＳ ＩＳ ＳＨＯＵＴＩＮＧ', true, 'full-width letters'],
  ['ТHIS IS SHОUTING', true, 'letters that only look Latin'],
  ['ARRÊTEZ CETTE FOLIE', true, 'accents'],
  ['WHO KILLED 100 PEOPLE IN 2002???', true, 'numbers and signs do not part it'],
  ['This government has done nothing.', false, 'none'],
  ['The BJP and the AIADMK have not said what the CBI told NDTV.', false, 'abbreviations'],
  ['BJP AIADMK DMK', false, 'abbreviations only'],
  ['WATCH THIS FILM https://www.example.com/a-long-address?v=5n7oA', true, 'a link beside it'],
  ['Well said! #MODIMUSTEXPLAIN @NARENDRAMODI', false, '#tags and @names'],
  ['See HTTP://EXAMPLE.COM/STORIES', false, 'a link'],
  ['I AGREE', false, 'too short'],
  ['WOW', false, 'too short'],
  ['This is WRONG, and you know it.', false, 'a word'],
  ['YOU ARE ALL WRONG, said the man at the gate, and then he left without another word.', false, 'a part'],
  ['यह सरकार बिल्कुल बेकार है', false, 'a script without capitals'],
  ['12345 67890', false, 'no letters'],
  ['', false, 'nothing'],
])('%j: %s', (text, fires) => {
  expect(detect(text).score >= FIRES).toBe(fires);
});

test.each<[options: object, text: string, fires: boolean, why: string]>([
  [{ share: 0.2 }, 'YOU ARE ALL WRONG, said the man at the gate.', true, 'a small share will do'],
  [{ share: 1 }, 'EVERYTHING IS WRONG, you know.', false, 'all of it is needed'],
  [{ share: 1 }, 'EVERYTHING IS WRONG', true, 'and there'],
  [{ minLetters: 3 }, 'I AGREE', true, 'short comments count'],
  [
    { stretch: 4 },
    'YOU ARE ALL WRONG, said the man at the gate, and then he left.',
    true,
    'four words in a row',
  ],
  [
    { stretch: 5 },
    'YOU ARE ALL WRONG, said the man at the gate, and then he left.',
    false,
    'five are not there',
  ],
])('%j on %j: %s', (options, text, fires) => {
  expect(prepared(shouting, options)(text).score >= FIRES).toBe(fires);
});

test('names the stretches in capitals', () => {
  const text = 'STOP IT NOW, Mr Modi, AND LISTEN TO US';
  expect(namedBy(detect(text), text)).toEqual(['STOP IT NOW', 'AND LISTEN TO US']);
  expect(detect(text).note).toMatch(/^\d+% of the letters in capitals$/);
});

test('the more is in capitals, the surer it is', () => {
  const scores = [
    'This is not as you SAY IT LOUDLY',
    'This is not AS YOU SAY IT LOUDLY',
    'THIS IS NOT AS YOU SAY IT LOUDLY',
  ].map((text) => detect(text).score);
  expect(scores).toEqual([...scores].sort((a, b) => a - b));
  expect(new Set(scores).size).toBe(3);
});

test('holds for any text', () => holdsForAnyText(detect));
test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(detect)).toEqual([]);
});
