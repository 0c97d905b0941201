import { ATTACKS, type Attack } from './attacks.js';
import { failedOf } from './table.js';
import { type Outcome, openField, type Pace, tryAttacks } from './trial.js';

// Some of the attacks, and shorter: `npm run attacks` tries all of them in full.

const PACE: Pace = {
  rate: 25,
  // Only ends what hangs: the machine may be busy.
  longestAnswerMs: 60_000,
  warmMs: 300,
  quietMs: 500,
  attackMs: 500,
  restMs: 50,
};
/** The median may be so many times its quiet value: where one stall follows the other it is hundreds of times. */
const MOST_TIMES = 20;
/** A busy machine has normal comments wait, or refused, for which the attack is not to blame. */
const TRIES = 3;
const LONGEST_MS = 900_000;

let field: Awaited<ReturnType<typeof openField>>;
beforeAll(async () => {
  field = await openField();
}, LONGEST_MS);
afterAll(() => field.close());

test(
  'under attack every normal comment gets its verdict, every probe its answer, and few wait',
  async () => {
    let left: readonly Attack[] = ATTACKS.filter(({ inShort }) => inShort);
    let missed: string[] = [];
    for (let tries = 0; tries < TRIES && left.length > 0; tries++) {
      const late = (await tryAttacks(left, field, PACE)).filter((outcome) => missesOf(outcome).length > 0);
      left = late.map(({ attack }) => attack);
      missed = late.map((outcome) => `${outcome.attack.name}: ${missesOf(outcome).join(', ')}`);
    }
    expect(missed).toEqual([]);
  },
  LONGEST_MS,
);

function missesOf(outcome: Outcome): string[] {
  const times = outcome.during.p50 / outcome.before.p50;
  const waits = times > MOST_TIMES ? [`the median is ${times.toFixed(0)} times as long`] : [];
  return [...failedOf(outcome), ...waits];
}
