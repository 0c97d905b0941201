import { ATTACKS } from './attacks.js';
import { missesOf, tableOf } from './table.js';
import { type Outcome, openField, type Pace, tryAttacks } from './trial.js';

// `npm run attacks`: all of them, each upon a service of its own, and a table of what became of the normal traffic.

/** How long each attack lasts, and how long it is quiet before it. */
const SECONDS = Number(process.env.ATTACK_SECONDS ?? 10);
const PACE: Pace = {
  rate: 50,
  longestAnswerMs: 10_000,
  warmMs: 3000,
  quietMs: SECONDS * 1000,
  attackMs: SECONDS * 1000,
  restMs: 0,
};
const LONGEST_MS = 900_000;

const outcomes: Outcome[] = [];
afterAll(() => {
  process.stdout.write(`\n${tableOf(outcomes)}\n`);
});

test.each(ATTACKS)(
  '$name',
  async (attack) => {
    const field = await openField(attack.node);
    try {
      const tried = await tryAttacks([attack], field, PACE);
      outcomes.push(...tried);
      expect(tried.map(missesOf)).toEqual([[]]);
    } finally {
      await field.close();
    }
  },
  LONGEST_MS,
);
