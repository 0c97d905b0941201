import { readLinear } from '../../../src/classifier/linear/linear.js';
import { LABELS, POLICY_LABELS } from '../../../src/classifier/reading.js';
import { probabilityOf } from '../../../src/classifier/transformer/calibration.js';
import { HEAD_OF_LABEL, HEAD_OF_POLICY } from '../../../src/classifier/transformer/heads.js';
import { openEncoder, type WindowScores } from '../../../src/classifier/transformer/index.js';
import { Comment } from '../../../src/comment/comment.js';
import { plantArtefact, plantedManifest } from '../../helpers/artefact.js';

const encoder = await openEncoder(await plantArtefact());
const { heads: HEADS } = plantedManifest();

/** Scores of a window: log odds by the name of the head, else -9, and by piece without CLS and SEP, which shout. */
function scores(heads: Readonly<Record<string, number>>, words: readonly number[] = []): WindowScores {
  return {
    heads: Float32Array.from(HEADS, (head) => heads[head] ?? -9),
    words: Float32Array.from([9, ...words, 9]),
  };
}

function read(text: string, ...windows: WindowScores[]) {
  const comment = new Comment(text);
  return encoder.toReading(comment, encoder.prepare(comment), windows);
}

test.each<[logOdds: number, probability: number]>([
  [-9, 0.1],
  [-1, 0.1],
  [0, 0.2],
  [1, 0.3],
  [1.5, 0.6],
  [2, 0.9],
  [9, 0.9],
])('log odds of %d are a probability of %d', (logOdds, probability) => {
  const knots: [number, number][] = [
    [-1, 0.1],
    [1, 0.3],
    [2, 0.9],
  ];
  expect(probabilityOf(knots, logOdds)).toBeCloseTo(probability, 10);
});

test.each(LABELS)('%s is what its head says, calibrated', (label) => {
  const reading = read('You idiot', scores({ [HEAD_OF_LABEL[label]]: 2 }, [0, 0]));
  expect(reading.of(label).score).toBeCloseTo(0.75, 6);
  expect(reading.of(label)).toBe(reading.of(label));
});

test.each(POLICY_LABELS)('the policy is asked about %s', (label) => {
  const policy = read('You idiot', scores({ [HEAD_OF_POLICY[label]]: -2 }, [0, 0])).policy;
  expect(policy?.[label]).toBeCloseTo(0.25, 6);
  expect(policy).toMatchObject({ [label]: expect.closeTo(0.25, 6) });
});

test.each<[what: string, text: string, words: number[], told: [string, number][]]>([
  ['the word above the threshold', 'You are an idiot', [-3, -3, -3, 2], [['idiot', 1]]],
  ['words side by side as one', 'You are an idiot', [-3, -3, 1, 2], [['an idiot', 1]]],
  ['the loudest piece of a word', 'You unlikely clown', [-3, -3, 2, -3, -3], [['unlikely', 1]]],
  [
    'two apart, the lesser by less',
    'idiot you clown',
    [3, -3, 0],
    [
      ['idiot', 1],
      ['clown', 0.5],
    ],
  ],
  ['where none is above, the one next to it', 'You are an idiot', [-3, -2, -3, -1], [['idiot', 1]]],
  ['no sign', 'idiot !', [-1, 5], [['idiot', 1]]],
])('it names %s', (_, text, words, told) => {
  const comment = new Comment(text);
  const found = read(text, scores({ toxic: 2 }, words)).of('toxicity').words;
  const named = found.map(({ from, to, share }) => [
    comment.tokens
      .slice(from, to)
      .map(({ word }) => word)
      .join(' '),
    share,
  ]);
  expect(named).toEqual(told);
});

test('no word is named where nobody asks', () => {
  expect(read('You idiot', scores({ toxic: -3 }, [5, 5])).of('toxicity').words).toEqual([]);
});

test('of several windows the highest counts, and words of each are named', () => {
  const text = `You ${'are '.repeat(98)}. You ${'are '.repeat(60)}.`;
  const calm = (length: number) => Array.from({ length }, (_, i) => (i === 0 ? 3 : -5));
  const reading = read(text, scores({ toxic: -3 }, calm(100)), scores({ toxic: 2 }, calm(62)));
  expect(reading.of('toxicity').score).toBeCloseTo(0.75, 6);
  expect(reading.of('toxicity').words.map(({ from }) => from)).toEqual([0, 99]);
});

test('a comment without words says nothing', () => {
  const reading = read('!!!', scores({ toxic: 9, abuse: 9 }, [9, 9, 9]));
  expect(reading.of('toxicity')).toEqual({ score: 0, words: [] });
  expect(reading.policy?.abuse).toBe(0);
});

test('it says how much was read, and by what', () => {
  const text = `You ${'are '.repeat(98)}. `.repeat(16);
  const windows = Array.from({ length: 8 }, () => scores({}, new Array<number>(100).fill(-5)));
  expect(read(text, ...windows)).toMatchObject({ read: 0.5, classifier: encoder.version });
});

test('without some words, the share is left that the linear classifier leaves', () => {
  const text = 'You are a clown, you idiot.';
  const comment = new Comment(text);
  const linear = readLinear(comment);
  const idiot = [{ from: 5, to: 6 }];
  const share = linear.without('toxicity', idiot) / linear.of('toxicity').score;
  const reading = read(text, scores({ toxic: 2 }, new Array<number>(8).fill(-5)));
  expect(share).toBeLessThan(1);
  expect(reading.without('toxicity', idiot)).toBeCloseTo(0.75 * share, 6);
  expect(reading.without('toxicity', [])).toBeCloseTo(0.75, 6);
});

test('scores of other windows are refused', () => {
  expect(() => read('You idiot')).toThrow(/0 windows were scored of 1/);
});
