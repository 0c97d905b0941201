import { setImmediate } from 'node:timers/promises';
import { RulesError } from '../../src/guidelines/guidelines.js';
import { makeGuidelines } from '../../src/guidelines/load.js';
import { LONG, type Long } from './long-rules.js';
import { TEST_DETECTORS } from './rules-folder.js';

// Rules are loaded in steps, with turns for requests between, however much of whatever there is in them.

const COUNT = 1200;
/** No step does more than for so many entries. */
const MOST_ENTRIES_A_STEP = 300;
/** As a share. What is done in one step of all entries takes more; a thousandth is done in most steps. */
const MOST_OF_THE_WORK = 0.25;

interface Load {
  /** How often others had their turn. */
  readonly turns: number;
  /** The share of the processor time of the whole that the longest stretch between two turns takes. */
  readonly longest: number;
}

async function load(files: Readonly<Record<string, string>>): Promise<Load> {
  const stretches: number[] = [];
  let last = process.cpuUsage();
  const pause = async () => {
    const { user, system } = process.cpuUsage(last);
    stretches.push(user + system);
    last = process.cpuUsage();
  };
  try {
    await makeGuidelines(new Map(Object.entries(files)), { detectors: TEST_DETECTORS, pause });
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
  }
  await pause();
  const whole = stretches.reduce((sum, each) => sum + each, 0);
  return { turns: stretches.length, longest: Math.max(...stretches) / whole };
}

describe.each(LONG)('a rules folder with many: %s', (...[, make]: Long) => {
  test('gives others their turn in proportion', async () => {
    const none = await load(make(8));
    const once = await load(make(COUNT));
    const twice = await load(make(2 * COUNT));
    expect(once.turns - none.turns).toBeGreaterThan(COUNT / 4 / MOST_ENTRIES_A_STEP);
    expect(twice.turns - none.turns).toBeGreaterThan(1.7 * (once.turns - none.turns));
  });

  test('has no step in which a great part of the work is done', async () => {
    let least = 1;
    // The best of some rounds counts: the collection of garbage falls into some step or other.
    for (let round = 0; round < 8 && least > MOST_OF_THE_WORK; round++) {
      least = Math.min(least, (await load(make(4 * COUNT))).longest);
    }
    expect(least).toBeLessThanOrEqual(MOST_OF_THE_WORK);
  });
});

test('requests are answered while rules are loaded', async () => {
  let answered = 0;
  let isLoaded = false;
  const [[, make] = []] = LONG;
  const loaded = makeGuidelines(new Map(Object.entries(make?.(COUNT) ?? {})), {
    detectors: TEST_DETECTORS,
    pause: () => setImmediate(),
  }).then(() => {
    isLoaded = true;
  });
  while (!isLoaded) {
    await setImmediate();
    answered += 1;
  }
  await loaded;
  expect(answered).toBeGreaterThan(COUNT / MOST_ENTRIES_A_STEP);
});
