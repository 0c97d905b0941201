import { Comment } from '../../src/comment/comment.js';
import { BUCKETS } from '../../src/model/features.js';
import { calibrate, learn, quantise } from '../../src/model/learn.js';
import { featuresOf, LABELS, ModelError, probability, readModel, writeModel } from '../../src/model/model.js';
import { shippedModel } from '../../src/model/shipped.js';
import { fastest } from '../fastest.js';

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
    buckets: featuresOf(new Comment(text)).buckets,
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
    const head = { ...quantise(raw), bias: raw.bias, slope: 1, offset: 0 };
    const sure = (text: string) => probability(head, featuresOf(new Comment(text)));
    expect(sure('bad')).toBeGreaterThan(0.6);
    expect(sure('good')).toBeLessThan(0.4);
    expect(sure('bad horse')).toBeGreaterThan(sure('good horse') + 0.1);
  });

  test('gives the same weights again', () => {
    expect(quantise(learn(lessons))).toEqual(quantise(learn(lessons)));
  });

  test('calibration finds the odds that are there', () => {
    // Of every 4 with log odds 2, three are true; of every 4 with log odds -2, one.
    const sums = [2, -2].flatMap((logOdds) =>
      [0, 1, 2, 3].map((i) => ({ logOdds, truth: (logOdds > 0 ? i < 3 : i < 1) ? 1 : 0 })),
    );
    const { slope, offset } = calibrate(sums);
    expect(1 / (1 + Math.exp(-(slope * 2 + offset)))).toBeCloseTo(0.75, 4);
    expect(1 / (1 + Math.exp(-(slope * -2 + offset)))).toBeCloseTo(0.25, 4);
  });
});

test.each(LABELS)(
  '%s is a probability for any text, found in a time that grows with it no faster than it does',
  (label) => {
    const head = MODEL.heads[label];
    for (const text of ['', 'a', 'a'.repeat(10_000), 'a '.repeat(5_000), '\ud800', 'नमस्ते', '!!!']) {
      const score = probability(head, featuresOf(new Comment(text)));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(fastest(() => featuresOf(new Comment(text)))).toBeLessThan(30);
    }
  },
);
