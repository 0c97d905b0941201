import { jest } from '@jest/globals';
import { Words } from '../../src/discourse/words.js';
import { fill, STEEP_PHRASES } from '../helpers/hostile-texts.js';
import { verdictOn } from '../rules/default-rules.js';

// Work is counted, not timed: how many words the walks around words of abuse, verbs of saying and negations look at.

const SHORT = 2500;
/** A little more than twice the steps for twice the text. */
const MOST_GROWTH = 2.2;

/** How often a word or a gap is looked at while a text is judged. */
function stepsOver(text: string): number {
  const steps = [
    jest.spyOn(Words.prototype, 'word'),
    jest.spyOn(Words.prototype, 'gapBefore'),
    jest.spyOn(Words.prototype, 'isOpening'),
  ];
  try {
    verdictOn(text);
    return steps.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  } finally {
    for (const spy of steps) spy.mockRestore();
  }
}

describe('twice the text takes twice the steps', () => {
  test.each([
    ...STEEP_PHRASES,
    'you said that idiot ',
    'not a fool nor ',
    "he said 'you idiot' ",
    'never say but you are a fool ',
  ])('%s', (piece) => {
    const [once, twice] = [SHORT, 2 * SHORT].map((length) => stepsOver(fill(piece, length)));
    expect(once).toBeGreaterThan(1000);
    expect((twice ?? 0) / (once ?? 1)).toBeLessThan(MOST_GROWTH);
  });
});

test('a row of 12,500 words of abuse does not exhaust the stack', () => {
  const [long, short] = [100_000, 1000].map((length) => verdictOn(fill('and ass ', length)));
  expect(long?.verdict).toBe(short?.verdict);
});

test('the names of who takes part are taken apart once, however often somebody may be meant', () => {
  const looksAt = (text: string) => {
    let looks = 0;
    const participants = new Proxy(['Ravi Kumar', 'Meena'], {
      get(names, key) {
        if (key === '0') looks += 1;
        return Reflect.get(names, key);
      },
    });
    const named = verdictOn(text, { participants }).reasons.some(({ rule }) => rule === 'personal-attack');
    return { looks, named };
  };
  const once = looksAt('Ravi is an idiot.');
  expect(once).toEqual({ looks: 1, named: true });
  expect(looksAt(fill('Ravi is an idiot. Meena is a fool. ', 5000))).toEqual(once);
});
