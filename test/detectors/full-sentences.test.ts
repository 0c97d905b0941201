import { fullSentences } from '../../src/detectors/full-sentences.js';
import { steepTexts } from '../helpers/growth.js';
import { FIRES, holdsForAnyText, namedBy, prepared } from './prepared.js';

const detect = prepared(fullSentences, {});

/** From this score on a moderator is to look, by the default rules. */
const SURE = 0.78;
/** Nothing scores more of which nothing need be full. */
const EXCUSED = 0.55;

describe('a comment', () => {
  test.each<[text: string, isFragment: boolean, why: string]>([
    ['Great article.', true, 'no verb'],
    ['lol so true', true, 'no verb'],
    ['Nonsense!', true, 'a word'],
    ['Pathetic reporting as usual.', true, 'no finite verb'],
    ['Same old story again and again.', true, 'no verb'],
    ['Not a single word of truth in this article.', true, 'long, and no verb'],
    ['Good news for farmers, bad news for the middle class.', true, 'two fragments'],
    ['What a joke!', true, 'an exclamation'],
    ['GREAT ARTICLE', true, 'capitals help nothing'],
    ['Great article. Pathetic comments. Same old story.', true, 'fragments only'],
    ['Great article.\nRavi Kumar, Chennai', true, 'a signature makes no sentence'],
    ["Great article.\nR. O'Brien, Chennai", true, 'a signature with a capital after a sign'],
    [
      'A corrupt government, a weak opposition and a sleeping press - what a mess.',
      true,
      'clauses without verbs',
    ],
    ['I agree.', false, 'subject and verb'],
    ['Modi is the best.', false, 'a name no lexicon has'],
    ['Sir, this is wrong.', false, 'a word of address'],
    ['Nobody cares.', false, 'two words'],
    ['Prices rise.', false, 'a verb that looks like a noun'],
    ["Don't worry about it", false, 'a command denied'],
    ['Ban it.', false, 'a command that looks like a noun'],
    ['Let us see what happens.', false, 'a command to oneself'],
    ['Why does the government not publish the figures?', false, 'a question'],
    ['Have you forgotten 1975?', false, 'an inverted question'],
    ["Here's the list.", false, 'an inverted sentence'],
    ['Mr. Putin is right that guarantees have to be international.', false, 'an abbreviation'],
    ['i think the government has done a good job and the opposition knows it', false, 'hasty writing'],
    ['THIS GOVERNMENT HAS DONE NOTHING FOR THE FARMERS OF THIS STATE', false, 'capitals'],
    ['u r right bro', false, 'text speak is for another rule'],
    ['Great article. I agree with every word of it.', false, 'a fragment beside a sentence'],
    ['Yes. I agree.', false, 'an interjection beside a sentence'],
    ['Wow! I agree.', false, 'an interjection beside a sentence'],
    ['Dear Editor, good morning. I agree. Regards, Ravi', false, 'greetings around a sentence'],
    ['यह सरकार बिल्कुल बेकार है।', false, 'another language is for another rule'],
    ['We need:\n- better roads\n- more schools\n- less talk\nThat is all I ask for.', false, 'a list'],
  ])('%j: %s', (text, isFragment) => {
    const { score } = detect(text);
    if (isFragment) expect(score).toBeGreaterThan(SURE);
    else expect(score).toBeLessThan(FIRES);
  });

  test.each<[text: string, why: string]>([
    ['Bad news: the price has gone up again.', 'a sentence after a colon'],
    ['Great article - I agree with every word.', 'a sentence after a dash'],
    ['Seth - do not confuse them with facts!', 'a command after a name'],
    ['Well said, sir.', 'applause'],
    ['Thank you for this article.', 'thanks'],
    ['Thanks!', 'thanks'],
    ['Jai Hind!', 'a greeting'],
    ['Dear Editor, good morning.\nRegards, Ravi', 'a greeting, a courtesy'],
    ['"To be or not to be"', 'a quotation'],
    ['> Great article.', 'a quoted line'],
    ['https://www.example.com/story', 'an address'],
    ['Suryanarayanan Venkataraghavan', 'a name'],
    ['Yeh sarkar bilkul bekar hai', 'another language in Latin letters'],
    ['- better roads\n- more schools', 'a list'],
    ['100%', 'no words'],
    ['...', 'no words'],
    ['😀', 'no words'],
    ['', 'nothing'],
  ])('%j is no full sentence, but not stopped for that: %s', (text) => {
    expect(detect(text).score).toBeGreaterThanOrEqual(FIRES);
    expect(detect(text).score).toBeLessThanOrEqual(EXCUSED);
  });

  test.each<[text: string, why: string]>([
    ['"I agree with every word of it."', 'a quotation'],
    ['Prakash Karunakaran Nambiar is the winner.', 'names'],
    ['Thank you, I agree with every word.', 'thanks'],
  ])('%j is a full sentence, whatever else it is: %s', (text) => {
    expect(detect(text).score).toBeLessThan(FIRES);
  });

  test('is told with certainty where it is plain', () => {
    expect(detect('Great article.').score).toBeGreaterThan(0.9);
    expect(detect('I agree with you, and I say so.').score).toBeLessThan(0.1);
  });

  test.each<[text: string, spans: string[], note: string | undefined]>([
    ['Great article. I agree.', ['Great article.'], '1 of 2 sentences is a fragment'],
    [
      'Great article. I agree. What a day!',
      ['Great article.', 'What a day!'],
      '2 of 3 sentences are fragments',
    ],
    ['Ｇｒｅａｔ article…', ['Ｇｒｅａｔ article…'], 'no full sentence'],
    ['I agree.', [], undefined],
  ])('%j names %j', (text, spans, note) => {
    const finding = detect(text);
    expect(namedBy(finding, text)).toEqual(spans);
    expect(finding.note).toBe(note);
  });
});

describe('options', () => {
  const mixed = 'A great article by a great paper. I agree.';
  test.each<
    [
      options: Parameters<typeof fullSentences.options.parse>[0] & object,
      text: string,
      fires: boolean,
      why: string,
    ]
  >([
    [{ share: 0 }, 'Great article.', false, 'nothing has to be full'],
    [{ share: 0.2 }, mixed, false, 'a fifth has to be'],
    [{ share: 0.95 }, mixed, true, 'practically all has to be'],
    [{ share: 0.95 }, 'I agree. You do not agree.', false, 'and is'],
    [{ courtesies: [] }, 'Well said.', true, 'no courtesy passes'],
    [{ courtesies: ['great article'] }, 'Great article, sir.', false, "the paper's own courtesies"],
    [{ courtesies: ['great'] }, 'The great article.', true, 'courtesies stand first'],
    [
      { courtesies: ['great'] },
      'Great news for all the people of this very large and very old country of ours.',
      true,
      'courtesies are short',
    ],
    [{ ignoreQuotations: false }, '"To be or not to be"', true, 'quotations count'],
  ])('%j on %j: %s', (options, text, fires) => {
    expect(prepared(fullSentences, options)(text).score > EXCUSED).toBe(fires);
  });

  test('each has a default and is described', () => {
    for (const option of Object.values(fullSentences.options.shape)) expect(option.description).toBeTruthy();
    expect(fullSentences.options.safeParse({}).success).toBe(true);
  });
});

test('the more is full, the less sure it is', () => {
  const scores = [0, 1, 2, 3].map((n) => detect(`Great article. ${'I agree with you. '.repeat(n)}`).score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
});

test('holds for any text', () => holdsForAnyText(detect));

test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(detect)).toEqual([]);
});
