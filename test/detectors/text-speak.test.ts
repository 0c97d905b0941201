import { textSpeak } from '../../src/detectors/text-speak.js';
import { steepTexts } from '../helpers/growth.js';
import { FIRES, holdsForAnyText, namedBy, prepared } from './prepared.js';

const WORDS = 'u r d n y ur dis dat plz pls thx wat b4 gr8 shud abt smthing bcoz ppl lol omg 2 4 2day'.split(
  ' ',
);
const detect = prepared(textSpeak, { words: ['{text-speak}'] }, new Map([['text-speak', WORDS]]));
/** One is enough, so that each word can be tried alone. */
const detectOne = prepared(textSpeak, { words: WORDS, atLeast: 1, share: 0.01 });

describe('a comment', () => {
  test.each<[text: string, fires: boolean, why: string]>([
    ['u r right bro, d govt shud do smthing abt dis n dat', true, 'nearly every word'],
    ['How r u?', true, 'two words of three'],
    ['plz tell me wat u think', true, 'three words of six'],
    ['going 2 d market 4 u', true, 'numbers for words'],
    ['gr8 job, thx', true, 'digits within words'],
    ['U r wrong', true, 'a capital starts a sentence'],
    ['Plz! Thx! Help us.', true, 'sentences of one word'],
    ['I love u', false, 'one alone'],
    ['You are right, the government should do something about this and that.', false, 'none'],
    ['D. Raja and R. K. Sharma and N. Ram wrote it.', false, 'initials'],
    [
      `He wrote to u. ${'And then he went on about the state of the nation. '.repeat(12)}`,
      false,
      'one of many words',
    ],
    ['', false, 'nothing'],
  ])('%j: %s', (text, fires) => {
    expect(detect(text).score >= FIRES).toBe(fires);
  });
});

describe('an abbreviation stands for a word', () => {
  test.each<[text: string, named: string[], why: string]>([
    ['I told u.', ['u'], 'at the end'],
    ['u, of all people', ['u'], 'before a comma'],
    ['(u know)', ['u'], 'in brackets'],
    ['is it u?', ['u'], 'before a question mark'],
    ['you n me', ['n'], 'and'],
    ['how r u', ['r', 'u'], 'side by side'],
    ['so am i n so r u', ['n', 'r', 'u'], 'beside a letter that is a word'],
    ['d man said', ['d'], 'the'],
    ['2 be or not 2 be', ['2', '2'], 'to'],
    ['this is 4 you', ['4'], 'for'],
    ['b4 the vote', ['b4'], 'with a digit'],
    ['PLZ STOP', ['PLZ'], 'in capitals'],
    ['Thx for this', ['Thx'], 'at the start'],
    ['no (thx)', ['thx'], 'in brackets'],
  ])('in %j', (text, named) => {
    expect(namedBy(detectOne(text), text)).toEqual(named);
  });

  test.each<[text: string, why: string]>([
    ['D. Raja spoke.', 'an initial'],
    ['R. K. Laxman drew it.', 'initials'],
    ['U Thant led the UN.', 'a title'],
    ['The U.S. and the U.N. met.', 'abbreviations'],
    ['Take vitamin D and vitamin d.', 'a vitamin'],
    ["Rock 'n' roll, rock n' roll, rock 'n roll.", 'an old shortening'],
    ['The points are a) peace b) order d) law.', 'marks of list items'],
    ['d) law and order', 'the mark of a list item'],
    ['N Korea and S Korea', 'a name'],
    ['There are 2 people and 4 dogs.', 'numbers'],
    ['It took 2 days, and 4 of them left at 2.', 'numbers'],
    ['It is open 24/7 and costs 2.4 lakh.', 'numbers with signs'],
    ['Group D beat Class D and block d.', 'named by a letter'],
    ['There are n number of reasons.', 'an idiom'],
    ['The R&D and Q&A were good.', 'letters joined by a sign'],
    ['xenophobia, n. "A deep fear"', 'a part of speech'],
    ['We saw Angkor Wat.', 'a name'],
    ['It is dis-credited.', 'a part of a word'],
    ['Ask @plz or #thx.', 'names of people and topics'],
    ['Go f u c k off, you m o r o n', 'letters of a word spelled out'],
    ['I didn’t say I’d go.', 'contractions'],
    ['The sun is hot.', 'letters within words'],
    ['Ü d’accord', 'letters with marks'],
  ])('but not in %j', (text) => {
    expect(namedBy(detectOne(text), text)).toEqual([]);
  });
});

test.each<[options: object, text: string, fires: boolean, why: string]>([
  [{ atLeast: 1 }, 'I love u', true, 'one is enough'],
  [{ atLeast: 4 }, 'How r u n ur dog?', true, 'four are there'],
  [{ atLeast: 5 }, 'How r u n ur dog?', false, 'five are not'],
  [{ share: 0.9 }, 'He went with u and ur dog to the old market in the town.', false, 'too few of its words'],
])('%j on %j: %s', (options, text, fires) => {
  expect(prepared(textSpeak, { words: WORDS, ...options })(text).score >= FIRES).toBe(fires);
});

test('a phrase of several words is one abbreviation', () => {
  const phrase = prepared(textSpeak, { words: ['c ya', 'c'], atLeast: 1 });
  expect(namedBy(phrase('well c ya'), 'well c ya')).toEqual(['c ya']);
});

test('a word in two lists counts once', () => {
  const twice = prepared(textSpeak, { words: ['plz', 'PLZ', 'pl*'], atLeast: 1 });
  expect(twice('plz stop').spans).toHaveLength(1);
});

test('score grows with number and share', () => {
  const sentence = 'This is what I have to say to all of them today';
  const scores = [1, 2, 4, 8].map((n) => detect(`${sentence} ${'plz '.repeat(n)}`).score);
  expect(scores).toEqual([...scores].sort((a, b) => a - b));
  expect(detect('how r u').score).toBeGreaterThan(detect(`how r u ${sentence}`).score);
});

test('says how much of it is abbreviated', () => {
  expect(detect('how r u').note).toBe('2 of 3 words abbreviated');
});

test('holds for any text', () => {
  holdsForAnyText(detect);
  holdsForAnyText(detectOne);
});
test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(detect)).toEqual([]);
});
