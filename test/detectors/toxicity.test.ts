import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import type { Finding } from '../../src/detectors/detector.js';
import { UNCOUNTED } from '../../src/detectors/detector.js';
import { toxicity } from '../../src/detectors/toxicity.js';

function find(text: string, options: Record<string, unknown> = {}): Finding {
  const comment = new Comment(text);
  const prepared = toxicity.prepare(toxicity.options.parse(options), new Map());
  return prepared.detect(comment, [], readLinear(comment), UNCOUNTED);
}

function scoreOf(text: string, options?: Record<string, unknown>): number {
  return find(text, options).score;
}

test.each<[text: string, isToxic: boolean, why: string]>([
  ['You suck, go away and never come back here.', true, 'abuse without a listed word'],
  ['What a pathetic loser this man is.', true, 'contempt'],
  ['You st1nk, you stupid 1diot.', true, 'in disguise'],
  ['Shut your ugly face, you disgusting creature.', true, 'abuse'],
  ['I agree with the author, and I thank her for the figures.', false, 'praise'],
  ['The minister did not answer the question about the dam.', false, 'criticism of a politician'],
  ['Mr. Putin is right that guarantees have to be international.', false, 'an argument'],
  ['She is a lesbian.', false, 'a group by its name'],
  ['He is a muslim.', false, 'a group by its name'],
  ['My neighbours are gay and black.', false, 'groups by their names'],
])('%s', (text, isToxic) => {
  expect(scoreOf(text) >= 0.5).toBe(isToxic);
});

test.each<[text: string, counts: boolean, why: string]>([
  ['You stink, and you smell like poo.', true, 'aimed at the reader'],
  ['That would be really really stupid.', false, 'aimed at a plan'],
  ['The policy is stupid and disgusting.', false, 'aimed at a policy'],
])('with "at: [reader]": %s', (text, counts) => {
  expect(scoreOf(text, { at: ['reader'] }) >= 0.5).toBe(counts);
});

test.each<[text: string, excuse: string]>([
  ['Nobody called you an idiot.', 'negated'],
  ['He told the nurse that she was stupid.', 'reported'],
  ['"You are all stupid idiots" is no way to answer a reader.', 'quoted'],
  ['What a stupid idiot I have been!', 'self'],
  ['What a stupid law this is.', 'thing'],
])('%s is excused as %s, and counts where it is not', (text, excuse) => {
  expect(scoreOf(text, { excuse: [excuse] })).toBeLessThanOrEqual(0.7);
  expect(scoreOf(text, { excuse: [] })).toBeGreaterThan(0.8);
});

test.each<[text: string, why: string]>([
  ['I would be an idiot to listen to an idiot like you.', 'the second one is meant'],
  ['This is not fucking censorship, it is a fucking law.', 'obscene words count of whatever they are said'],
  ['What a stupid law this is, you pathetic moron.', 'the rest is abuse'],
])('%s is not excused: %s', (text) => {
  expect(scoreOf(text)).toBeGreaterThan(0.8);
});

test('names the words that told', () => {
  const text = 'It was late. What a pathetic loser this man is.';
  const { spans } = find(text);
  expect(spans.map(({ start, end }) => text.slice(start, end)).join(' ')).toMatch(/pathetic loser/);
  expect(spans.every(({ start }) => start > 12)).toBe(true);
});
