import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fullness, MODEL, readModel, writeModel } from '../../src/detectors/full-sentences/model.js';
import {
  accuracy,
  inHaste,
  type LabelledSentence,
  loadSentences,
  tagSentence,
  train,
} from '../../src/detectors/full-sentences/train.js';
import { fullSentences } from '../../src/detectors/full-sentences.js';
import { fastest } from '../fastest.js';
import { FIRES, HOSTILE, holdsForAnyText, namedBy, prepared } from './prepared.js';

const detect = prepared(fullSentences, {});

describe('a comment', () => {
  test.each<[text: string, fires: boolean, why: string]>([
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
    ['Stop this nonsense now!', false, 'a command'],
    ['Ban it.', false, 'a command that looks like a noun'],
    ['Let us see what happens.', false, 'a command to oneself'],
    ['Why does the government not publish the figures?', false, 'a question'],
    ['Have you forgotten 1975?', false, 'an inverted question'],
    ["Here's the list.", false, 'an inverted sentence'],
    ['Mr. Putin is right that guarantees have to be international.', false, 'an abbreviation'],
    ['i think the government has done a good job and the opposition knows it', false, 'hasty writing'],
    ['THIS GOVERNMENT HAS DONE NOTHING FOR THE FARMERS OF THIS STATE', false, 'capitals'],
    ['u r right bro', false, 'text speak is for another rule'],
    ['Bad news: the price has gone up again.', false, 'a sentence after a colon'],
    ['Great article - I agree with every word.', false, 'a sentence after a dash'],
    ['Great article. I agree with every word of it.', false, 'a fragment beside a sentence'],
    ['Yes. I agree.', false, 'an interjection beside a sentence'],
    ['Wow! I agree.', false, 'an interjection beside a sentence'],
    ['Well said, sir.', false, 'applause'],
    ['Thank you for this article.', false, 'thanks'],
    ['Jai Hind!', false, 'a greeting'],
    ['Dear Editor, good morning. I agree. Regards, Ravi', false, 'greetings around a sentence'],
    ['"To be or not to be"', false, 'a quotation'],
    ['https://www.example.com/story', false, 'an address'],
    ['यह सरकार बिल्कुल बेकार है।', false, 'another language is for another rule'],
    ['Yeh sarkar bilkul bekar hai', false, 'another language in Latin letters'],
    ['We need:\n- better roads\n- more schools\n- less talk\nThat is all I ask for.', false, 'a list'],
    ['100%', false, 'no words'],
    ['...', false, 'no words'],
    ['', false, 'nothing'],
  ])('%j: %s', (text, fires) => {
    expect(detect(text).score >= FIRES).toBe(fires);
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
    expect(prepared(fullSentences, options)(text).score >= FIRES).toBe(fires);
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

test.each(HOSTILE)('%s: within 40 ms', (_, text) => {
  expect(fastest(() => detect(text))).toBeLessThan(40);
});

describe('training', () => {
  const sentences: LabelledSentence[] = Array.from({ length: 30 }).flatMap((_, i) => [
    { text: `I have ${i} reasons, and you know them.`, full: true },
    { text: `They read ${i} books.`, full: true },
    { text: `A total of ${i} books.`, full: false },
    { text: `Great article number ${i}!`, full: false },
  ]);

  test('learns what it is shown', () => {
    const model = train(sentences);
    expect(accuracy(sentences, model)).toBe(1);
    expect(fullness(tagSentence('We have reasons.'), model)).toBeGreaterThan(0.9);
    expect(fullness(tagSentence('A lot of reasons.'), model)).toBeLessThan(0.1);
  });

  test('gives the same bytes each time, and reads them back', () => {
    const json = writeModel(train(sentences), 'a test');
    expect(writeModel(train(sentences), 'a test')).toBe(json);
    expect(writeModel(readModel(json), 'a test')).toBe(json);
  });

  test('the shipped model says what it was learned from, and weighs features', () => {
    expect(MODEL.weights.size).toBeGreaterThan(1000);
    expect(accuracy(sentences, MODEL)).toBeGreaterThan(0.9);
  });

  test.each<[text: string, expected: string]>([
    ['Don’t do it, Mr. Smith-Jones!', 'don’t do it  mr  smith-jones'],
    ["'Quoted' - dashed", 'quoted    dashed'],
    ['...', ''],
  ])('in haste, %j is %j', (text, expected) => {
    expect(inHaste(text)).toBe(expected);
  });

  describe('reads files', () => {
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sentences-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    test.each([
      ['plain.tsv', (text: string) => Buffer.from(text)],
      ['zipped.tsv.gz', (text: string) => gzipSync(text)],
    ])('%s', async (name, encode) => {
      const file = join(folder, name);
      await writeFile(file, encode('text\tlabel\nI agree.\tfull\nNonsense!\tfragment\n'));
      expect(await loadSentences(file)).toEqual([
        { text: 'I agree.', full: true },
        { text: 'Nonsense!', full: false },
      ]);
    });

    test.each<[what: string, text: string, message: RegExp]>([
      ['a column is missing', 'sentence\tlabel\nI agree.\tfull\n', /no columns named label and text/],
      [
        'a label is another',
        'text\tlabel\nI agree.\tfull\nNo.\tnone\n',
        /:3: the label is none, not full or fragment/,
      ],
    ])('and says when %s', async (_, text, message) => {
      const file = join(folder, 'broken.tsv');
      await writeFile(file, text);
      await expect(loadSentences(file)).rejects.toThrow(message);
    });
  });
});
