import { INNOCENT } from '../../src/lab/corpus/innocent-words.js';
import { BAD, DISGUISES } from '../../src/lab/evaluation/disguised-words.js';
import { halves } from '../../src/lab/evaluation/halves.js';
import { HARMLESS_SENTENCES, SECOND_BAD, SECOND_INNOCENT } from '../../src/lab/evaluation/second-words.js';
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

const itself = (text: string) => text;

// Of the second tables only the half that is looked at: the other is counted by `lab evaluate` alone.
test.each(halves(Object.keys(SECOND_BAD), itself).lookedAt)('%s is obscene', (word) => {
  expect(wordsAtFault('abuse', `The ${word} said so.`)).toEqual([word]);
});

/** Caught in capitals, where nothing tells a name from the word, or taken for a form of the word. */
const WRONGLY_CAUGHT = ['Philip K. Dick', 'Kuntz', 'Cuntz'];

test.each(halves(SECOND_INNOCENT, itself).lookedAt.filter((text) => !WRONGLY_CAUGHT.includes(text)))(
  '%s is innocent too',
  (text) => {
    expect(wordsAtFault('abuse', `We spoke about ${text} at length.`)).toEqual([]);
    expect(wordsAtFault('abuse', `${text.toUpperCase()} came up too.`)).toEqual([]);
  },
);

/** Written as a reader would write the word in disguise; only their sense is another. */
const WRONGLY_CAUGHT_SENTENCES = [
  'See Section 5.H.1.T of the schedule.',
  'CNTs are stronger than steel, and a CNT is light.',
];

test.each(
  halves(HARMLESS_SENTENCES, itself).lookedAt.filter((text) => !WRONGLY_CAUGHT_SENTENCES.includes(text)),
)('harmless: %s', (text) => {
  expect(wordsAtFault('abuse', text)).toEqual([]);
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
  ['Alan Cumming played the part.', 'none', 'a name'],
  ['They served spotted dick and custard.', 'none', 'a dish'],
  ['What a spotted old dick.', 'reject', 'no dish'],
  ['Joe Bastardi bastardised the forecast.', 'none', 'a name, and a word for spoiling'],
  ['Those bastards.', 'reject', 'the plural'],
  ['The Mutha river is polluted.', 'none', 'a river'],
  ['Wang Fuk Court has been rebuilt.', 'none', 'a place'],
  ['They are fuk all use.', 'reject', 'no place'],
  ['Oh God, what the hell is this damn thing?', 'none', 'mild oaths are allowed'],
  ['He was charged with rape and sexual assault.', 'none', 'news'],
  ['Breast cancer screening saves lives.', 'none', 'medicine'],
])('%s → %s (%s)', (text, action) => {
  expect(actionOf('abuse', text)).toBe(action);
});
