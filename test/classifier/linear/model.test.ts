import { weigh } from '../../../src/classifier/linear/evidence.js';
import { BUCKETS, featuresOf } from '../../../src/classifier/linear/features.js';
import {
  HEADS,
  logOddsOf,
  ModelError,
  probability,
  readModel,
  tellingWords,
  writeModel,
} from '../../../src/classifier/linear/model.js';
import { shippedModel } from '../../../src/classifier/linear/shipped.js';
import { LABELS } from '../../../src/classifier/reading.js';
import { Comment } from '../../../src/comment/comment.js';
import { calibrate, learn, quantise } from '../../../src/lab/learning/learn.js';
import { steepTexts } from '../../helpers/growth.js';

const MODEL = shippedModel();

describe('a model file', () => {
  const bytes = writeModel(MODEL);

  test('is read as it was written', () => {
    const read = readModel(bytes);
    expect(writeModel(read).equals(bytes)).toBe(true);
    expect(read.heads.toxicity.weights).toHaveLength(BUCKETS);
  });

  test.each<[what: string, damage: (bytes: Buffer) => Buffer, message: RegExp]>([
    [
      'with a changed weight',
      (file) => file.fill((file.at(-5) ?? 0) ^ 1, file.length - 5, file.length - 4),
      /checksum/,
    ],
    ['cut short', (file) => file.subarray(0, -1), /checksum/],
    ['that is none', () => Buffer.from('hello'), /does not start with a line of JSON/],
    ['of another format', () => Buffer.from('{"format": "x"}\n'), /format/],
    ['that is empty', () => Buffer.alloc(0), /does not start with a line of JSON/],
  ])('%s is refused', (_, damage, message) => {
    const damaged = damage(Buffer.from(bytes));
    expect(() => readModel(damaged)).toThrow(ModelError);
    expect(() => readModel(damaged)).toThrow(message);
  });

  test('tells what it was learned from', () => {
    expect(MODEL.about).toMatch(/CC0.*Apache-2\.0.*CC BY 4\.0.*MIT/s);
    expect(MODEL.about).not.toMatch(/NC|OLID/);
  });
});

describe('learning', () => {
  const lesson = (text: string, truth: number) => ({
    features: featuresOf(new Comment(text)),
    truth,
    weight: 1,
  });
  const lessons = [
    'good dog',
    'bad cat',
    'good bird',
    'bad fish',
    'good day',
    'bad night',
    'good',
    'bad',
  ].map((text) => lesson(text, text.startsWith('bad') ? 1 : 0));

  test('tells apart what it was taught, also beside words it never saw', () => {
    const raw = learn(lessons);
    const head = { ...quantise(raw), bias: raw.bias };
    const sure = (text: string) => logOddsOf(head, featuresOf(new Comment(text)));
    expect(sure('bad')).toBeGreaterThan(0.5);
    expect(sure('good')).toBeLessThan(-0.5);
    expect(sure('bad horse')).toBeGreaterThan(sure('good horse') + 0.5);
  });

  test('gives the same weights again', () => {
    expect(quantise(learn(lessons))).toEqual(quantise(learn(lessons)));
  });

  test('calibration finds the odds that are there', () => {
    // Of every 4 with log odds 2, three are true; of every 4 with log odds -2, one.
    const sums = [2, -2].flatMap((logOdds) =>
      Array.from({ length: 400 }, (_, i) => ({
        logOdds,
        truth: (logOdds > 0 ? i % 4 < 3 : i % 4 < 1) ? 1 : 0,
      })),
    );
    const { slope, offset } = calibrate(sums);
    expect(1 / (1 + Math.exp(-(slope * 2 + offset)))).toBeCloseTo(0.75, 2);
    expect(1 / (1 + Math.exp(-(slope * -2 + offset)))).toBeCloseTo(0.25, 2);
  });

  test('calibration stays sober where a head tells all its few rows apart', () => {
    const { slope, offset } = calibrate(
      [3, 4, -3, -4].map((logOdds) => ({ logOdds, truth: logOdds > 0 ? 1 : 0 })),
    );
    expect(1 / (1 + Math.exp(-(slope * 4 + offset)))).toBeLessThan(0.9);
  });
});

describe('the shipped model', () => {
  const sure = (text: string, label = LABELS[0]) => probability(MODEL, label, featuresOf(new Comment(text)));

  test('has a head for each kind of weights', () => {
    for (const name of HEADS) expect(MODEL.heads[name].weights).toHaveLength(BUCKETS);
  });

  test('hears one insult in a long comment', () => {
    const long =
      'The report on the harbour names three firms that were paid twice for the same work, and the council has ' +
      'not said when it will ask for the money back. I wrote to my councillor in March and again in June. ';
    expect(sure(`${long}You are a fucking moron. ${long}`)).toBeGreaterThan(0.8);
    expect(sure(long + long)).toBeLessThan(0.2);
  });

  test.each([
    'They are #.',
    'My brother is # and I love him.',
    'The # vote will decide this election.',
    'You # idiot',
    'All # people should be shot.',
  ])('gives "%s" the same score, whichever group it names', (frame) => {
    const [first, ...others] = ['gay', 'Muslim', 'black', 'white', 'Dalit', 'Hindu', 'deaf', 'lesbian'].map(
      (group) => sure(frame.replace('#', group)),
    );
    for (const other of others) expect(other).toBe(first);
  });

  test.each<[text: string, words: string[]]>([
    ['You are an idiot.', ['idiot']],
    ['What an idiot the minister is, and what an idiot his aide.', ['idiot', 'idiot']],
    ['The weather is fine.', []],
  ])('names the words that speak for abuse in %s', (text, words) => {
    const comment = new Comment(text);
    const told = tellingWords(MODEL.heads.toxicity, featuresOf(comment)).map(({ from, to }) =>
      comment.tokens
        .slice(from, to)
        .map(({ word }) => word)
        .join(' '),
    );
    expect(told).toEqual(words);
  });
});

test('what weights say of a comment is the same whatever comment came before', () => {
  const { weights } = MODEL.heads.toxicity;
  const features = featuresOf(new Comment('You are an idiot, sir, and so is your editor.'));
  const before = weigh(weights, features);
  weigh(weights, featuresOf(new Comment('moron '.repeat(500))));
  expect(weigh(weights, features)).toBe(before);
});

test.each(LABELS)('%s is a probability for any text', (label) => {
  for (const text of ['', 'a', 'a'.repeat(10_000), 'a '.repeat(5_000), '\ud800', 'नमस्ते', '!!!']) {
    const score = probability(MODEL, label, featuresOf(new Comment(text)));
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
  }
});

test('features are found in a time in proportion to the text, whatever it holds', () => {
  expect(steepTexts((text) => featuresOf(new Comment(text)))).toEqual([]);
});
