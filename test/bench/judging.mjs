/**
 * What judging costs: `npm run bench`, after `npm run build`. Times each of a few comments of about 300
 * characters, all rules on one thread, and prints the median; then the same for each rule alone. Exits with 1 where
 * all rules together take longer than they may.
 */
import { Comment, loadGuidelines, moderate } from '../../dist/index.js';

const DAY = '2026-11-24';
const ROUNDS = 300;
/** For all rules, in microseconds: twice and more what a two-core machine takes. */
const MOST = 500;

const COMMENTS = [
  'Mr. Putin is right that guarantees have to be international. The six-party talks should start again, and the sooner the better. I think that the author underrates how much the smaller neighbours have to lose; a treaty that leaves them out will not hold for ten years, whatever the great powers sign in public.',
  'The budget sets aside nine lakh crore for roads, yet the district hospital in my town has had no anaesthetist since March. Every minister who visits promises one. My neighbour drove ninety kilometres last week for an operation that takes twenty minutes. Who is going to answer for that, and when will it change?',
  'I have taught mathematics in a government school for twenty-two years. The new syllabus is better than the old one, but nobody has asked the teachers how long it takes to work through it. Half of my class will reach the examination without having seen the last three chapters. That is not reform; it is paperwork.',
  'You are wrong about the captain. He won three series abroad with a side that had two fast bowlers and no wicketkeeper to speak of, and he did it without shouting at anybody. Selectors like quiet men until they lose once. Give him the winter tour, and then we can talk about whether the board needs a new one.',
  'Why does the metro stop at eleven? Nurses, cooks and watchmen finish their shifts at midnight and pay half a day’s wage for an auto. The argument that late trains lose money is idiotic, because the same trains stand empty with their lights on until five. Run one every forty minutes and count the passengers.',
];

const { ruleset } = await loadGuidelines('rules', { today: DAY });

/** The median time of judging one comment, in microseconds. */
function median(rules) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of COMMENTS) {
      const begin = process.hrtime.bigint();
      moderate(new Comment(text), { ...ruleset, rules }, DAY);
      times.push(Number(process.hrtime.bigint() - begin) / 1000);
    }
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

median(ruleset.rules);
const length = COMMENTS.reduce((sum, text) => sum + text.length, 0) / COMMENTS.length;
console.log(
  `${COMMENTS.length} comments of ${Math.round(length)} characters on average, ${ROUNDS} times each, median`,
);
const all = median(ruleset.rules);
console.log(`all rules          ${all.toFixed(0).padStart(5)} µs of ${MOST} µs`);
if (all > MOST) process.exitCode = 1;
for (const rule of ruleset.rules) {
  console.log(`${rule.id.padEnd(18)} ${median([rule]).toFixed(0).padStart(5)} µs alone`);
}
