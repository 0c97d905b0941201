import { BAD, DISGUISES, INNOCENT } from '../../src/evaluation/disguised-words.js';
import { actionOf, wordsAtFault } from './default-rules.js';

test('the table of innocent words is long enough to mean something', () => {
  expect(new Set(INNOCENT).size).toBeGreaterThan(250);
});

test.each(INNOCENT)('%s is innocent', (word) => {
  expect(wordsAtFault('abuse', `We spoke about ${word} at length.`)).toEqual([]);
  expect(wordsAtFault('abuse', `${word.toUpperCase()} came up too.`)).toEqual([]);
});

describe.each(Object.keys(DISGUISES))('bad words behind %s', (name) => {
  test.each(BAD)('%s', (word) => {
    const written = DISGUISES[name]?.(word) ?? '';
    expect(wordsAtFault('abuse', `The ${written} said so.`)).toEqual([written]);
  });
});

test.each<[text: string, action: string, why: string]>([
  ['Kill all the muslims.', 'reject', 'incitement against a group'],
  ['All immigrants are criminals.', 'reject', 'a group as a whole'],
  ['Muslims should be shot.', 'reject', 'incitement against a group'],
  ['Some immigrants are criminals, as some of us are.', 'none', 'not the group as a whole'],
  ['The police killed all the muslims in the village, says the report.', 'none', 'a report of it'],
  ['I hope you die in pain.', 'reject', 'a wish of harm'],
  ['I will find you, and you will be sorry.', 'reject', 'a threat'],
  ['We will find a way to kill the bill.', 'none', 'of a thing'],
  ['They should be lynched.', 'review', 'violence, at nobody in particular'],
  ['Dick Cheney was there.', 'none', 'a name'],
  ['You dick.', 'reject', 'the word, not the name'],
  ['What a Dick.', 'reject', 'the word with a capital'],
  ['Moby Dick is a novel.', 'none', 'a name'],
  ['Oh God, what the hell is this damn thing?', 'none', 'mild oaths are allowed'],
  ['He was charged with rape and sexual assault.', 'none', 'news'],
  ['Breast cancer screening saves lives.', 'none', 'medicine'],
])('%s → %s (%s)', (text, action) => {
  expect(actionOf('abuse', text)).toBe(action);
});
