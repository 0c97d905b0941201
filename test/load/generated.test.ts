import { cpuTimeOf, doubling } from '../helpers/growth.js';
import { fill, STEEP_PIECES } from '../helpers/hostile-texts.js';
import { verdictOn } from '../rules/default-rules.js';
import { type GeneratedText, HostileTexts, materialOf, repeated } from './generated-texts.js';

// Texts generated of all that the rules and the grammar look for: how their cost grows, and what they cost beside a
// plain text. HOSTILE=20000 npm run jest -- test/load/generated takes as many, and tells the worst.

const TEXTS = Number(process.env.HOSTILE ?? 24);
const IS_LONG = process.env.HOSTILE !== undefined;
/** As long as a comment may be by default. */
const LENGTH = 10_000;
/** Linear work grows twofold, quadratic fourfold. */
const MOST_GROWTH = 2.6;
/** How many times a plain text's cost. */
const MOST_COST = 15;
/** So many times is a text tried again that seems to cost too much: other processes make work slower, never faster. */
const TRIES = 8;
const TOLD = 10;

const PLAIN = fill(
  'The talks should start again, and the sooner the better. I think that the author underrates how much the smaller neighbours have to lose; a treaty that leaves them out will not hold for ten years. ',
  LENGTH,
);

const FOUND_BEFORE = [...STEEP_PIECES, " 'a", 'they say gays are '].map(repeated);

const generator = new HostileTexts(materialOf('rules'), 1);

function texts(count: number): GeneratedText[] {
  return [...FOUND_BEFORE, ...Array.from({ length: count }, () => generator.next())];
}

test('twice the text takes twice as long', () => {
  const steep = texts(IS_LONG ? TEXTS / 4 : TEXTS / 2).flatMap(({ what, make }) => {
    const longer = make(2 * LENGTH);
    const growth = doubling(verdictOn, [longer.slice(0, LENGTH), longer], MOST_GROWTH);
    return growth < MOST_GROWTH ? [] : [`${what}: ${growth.toFixed(1)}`];
  });
  expect(steep).toEqual([]);
}, 7_200_000);

test('no text costs many times as much as a plain one', () => {
  for (let i = 0; i < 10; i++) verdictOn(PLAIN);
  const plain = () => cpuTimeOf(() => verdictOn(PLAIN));
  let beside = Math.min(plain(), plain(), plain());
  const firsts = texts(TEXTS).map(({ what, make }, i) => {
    const text = make(LENGTH);
    if (i % 50 === 0) beside = Math.min(plain(), plain(), plain());
    return { what, text, cost: cpuTimeOf(() => verdictOn(text)) / beside };
  });
  firsts.sort((a, b) => b.cost - a.cost);
  const again = firsts.slice(0, IS_LONG ? 200 : 5).map(({ what, text, cost }) => {
    const best = { plain: Number.POSITIVE_INFINITY, text: Number.POSITIVE_INFINITY };
    for (let i = 0; i < TRIES; i++) {
      best.plain = Math.min(best.plain, plain());
      best.text = Math.min(
        best.text,
        cpuTimeOf(() => verdictOn(text)),
      );
      if (i > 0 && best.text / best.plain < MOST_COST / 2) break;
    }
    return { what, first: cost, cost: best.text / best.plain };
  });
  again.sort((a, b) => b.cost - a.cost);
  if (IS_LONG) console.log(report(firsts, again));
  expect(again.filter(({ cost }) => cost > MOST_COST)).toEqual([]);
}, 7_200_000);

function report(
  firsts: readonly { readonly what: string; readonly cost: number }[],
  again: readonly { readonly what: string; readonly first: number; readonly cost: number }[],
): string {
  const middle = firsts[firsts.length >> 1];
  return [
    `${firsts.length} texts of ${LENGTH} characters, by how many times a plain one they cost`,
    `at first sight: worst ${firsts[0]?.cost.toFixed(1)} (${firsts[0]?.what}), median ${middle?.cost.toFixed(1)}, ${firsts.filter(({ cost }) => cost > MOST_COST).length} above ${MOST_COST}`,
    `the ${again.length} worst again, in pairs with the plain one, the best of ${TRIES}:`,
    ...again
      .slice(0, TOLD)
      .map(
        ({ what, first, cost }) =>
          `${cost.toFixed(1)} (at first ${first.toFixed(1)}): ${JSON.stringify(what).slice(0, 150)}`,
      ),
  ].join('\n');
}
