import { halves } from '../../../src/lab/evaluation/halves.js';

const WORDS = Array.from({ length: 400 }, (_, i) => `word ${i}`);
const itself = (word: string) => word;

test('every entry is in one half, in its order', () => {
  const { unseen, lookedAt } = halves(WORDS, itself);
  expect([...unseen, ...lookedAt].toSorted()).toEqual(WORDS.toSorted());
  expect(unseen).toEqual(WORDS.filter((word) => unseen.includes(word)));
});

test('the halves are about as long', () => {
  const { unseen } = halves(WORDS, itself);
  expect(unseen.length).toBeGreaterThan(160);
  expect(unseen.length).toBeLessThan(240);
});

test('an entry stays in its half when others come or go, or when it carries something else', () => {
  const { unseen } = halves(WORDS, itself);
  expect(halves(['another', ...WORDS.toReversed().slice(0, 200)], itself).unseen).toEqual(
    expect.arrayContaining(unseen.filter((word) => WORDS.indexOf(word) >= 200)),
  );
  const entries = WORDS.map((word, i) => ({ word, i }));
  expect(halves(entries, ({ word }) => word).unseen.map(({ word }) => word)).toEqual(unseen);
});
