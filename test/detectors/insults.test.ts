import { insults } from '../../src/detectors/insults.js';
import { steepTexts } from '../helpers/growth.js';
import { HOSTILE_TEXTS, textsOf } from '../helpers/hostile-texts.js';
import { holdsForAnyText, namedBy, prepared } from './prepared.js';

const LISTS = new Map([['insult', ['idiot*', 'moron', 'paid troll', 'liar']]]);
const toAnybody = prepared(insults, { words: ['{insult}'] }, LISTS);
const toReader = prepared(insults, { words: ['{insult}'], at: ['reader'] }, LISTS);

test.each<[text: string, score: number, words: string[], note: string]>([
  ['You are an idiot.', 0.97, ['idiot'], 'aimed at the reader'],
  ['You are idiots and a moron.', 0.97, ['idiots', 'moron'], 'aimed at the reader'],
  ['You are a paid troll.', 0.97, ['paid troll'], 'aimed at the reader'],
  ['You are an 1d10t.', 0.97 * 0.97, ['1d10t'], 'aimed at the reader'],
  ['The author is a moron.', 0.95, ['moron'], 'aimed at the author'],
  ['Your mother is a moron.', 0.95, ['moron'], 'aimed at a family'],
  ['He is a liar.', 0.85, ['liar'], 'aimed at a person'],
  ['Moron!', 0.8, ['Moron'], 'aimed at nobody named'],
  ['Sharma is a liar.', 0.7, ['liar'], 'aimed at somebody named'],
  ['Sharma is a liar, and you are an idiot.', 0.97, ['liar', 'idiot'], 'aimed at the reader'],
])('%s: %d', (text, score, words, note) => {
  const finding = toAnybody(text);
  expect(finding.score).toBeCloseTo(score, 6);
  expect(namedBy(finding, text)).toEqual(words);
  expect(finding.note).toBe(note);
});

test.each<[text: string, why: string]>([
  ['The argument is idiotic.', 'an argument'],
  ['I was such an idiot.', 'the commenter'],
  ['The weather is fine.', 'nothing'],
])('%s is no attack (%s)', (text) => {
  expect(toAnybody(text).score).toBe(0);
});

test.each<[text: string, why: string]>([
  ['He is a liar.', 'a third person'],
  ['The author is a moron.', 'the author'],
  ['Sharma is a liar.', 'somebody named'],
])('with "at: [reader]", %s does not count (%s)', (text) => {
  expect(toReader(text)).toEqual({ score: 0, spans: [] });
  expect(toAnybody(text).score).toBeGreaterThan(0.5);
});

test.each<[text: string, why: string]>([
  ['You are not an idiot.', 'denied'],
  ['He called me a moron.', 'told of another'],
])('what is not meant hardly counts: %s (%s)', (text) => {
  expect(toAnybody(text).score).toBeLessThan(0.3);
});

test('any text', () => holdsForAnyText(toAnybody));

test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(toAnybody, [...HOSTILE_TEXTS, ...textsOf([['insults only', 'idiot ']])])).toEqual([]);
});
