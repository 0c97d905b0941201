import { HOSTILE_TEXTS, type HostileText } from './hostile-texts.js';

/** How many times as long the long input is as the short one. */
const TIMES = 8;
/** Eight times the input takes eight times as long where work is linear, and 64 times where it is quadratic. */
const MOST_GROWTH = 24;
/** What takes less cannot be told from nothing, in milliseconds. */
const LEAST_MS = 0.1;
/** The best of so many rounds counts: what else the process does, such as compiling, makes work slower, never faster. */
const ROUNDS = 12;
/**
 * And of as many as fit into so many milliseconds: while garbage is collected on other threads, whose time counts too,
 * twelve short rounds may all fall into one collection.
 */
const LEAST_TRIED_MS = 2000;

/**
 * The texts, of some that are meant to cost much, over which work grows out of proportion to their length; none where
 * it is linear in all of them.
 * @param long the length of the longest, in UTF-16 units
 * @example expect(steepTexts(tagSentences)).toEqual([]);
 */
export function steepTexts(
  work: (text: string) => unknown,
  texts: readonly HostileText[] = HOSTILE_TEXTS,
  long = 10_000,
): string[] {
  return texts.flatMap(([what, make]) => {
    const times = growth(make, work, long);
    return times < MOST_GROWTH
      ? []
      : [`${what}: ${times.toFixed(0)} times as long for ${TIMES} times the text`];
  });
}

/**
 * How many times as long work takes when its input is eight times as long. Both are timed in turn in this process, so
 * the speed of the machine cancels out. What is well within bounds is not tried again.
 * @param make makes an input of so many units; its own time does not count
 * @param long units of the long input
 */
function growth<Input>(
  make: (units: number) => Input,
  work: (input: Input) => unknown,
  long = 10_000,
): number {
  const inputs = { short: make(long / TIMES), long: make(long) };
  const best = { short: Number.POSITIVE_INFINITY, long: Number.POSITIVE_INFINITY };
  const ratio = () => Math.max(best.long, LEAST_MS) / Math.max(best.short, LEAST_MS);
  for (const round of rounds()) {
    best.short = Math.min(
      best.short,
      cpuTimeOf(() => work(inputs.short)),
    );
    best.long = Math.min(
      best.long,
      cpuTimeOf(() => work(inputs.long)),
    );
    if (round > 0 && ratio() < MOST_GROWTH / 2) break;
  }
  return ratio();
}

/**
 * How many times as long work takes over the second of two texts. Both are timed in turn, the best of several rounds
 * counts, and what is well within bounds is not tried again.
 * @param most what the growth may be
 */
export function doubling(
  work: (text: string) => unknown,
  [once, twice]: readonly [string, string],
  most: number,
): number {
  const best = { once: Number.POSITIVE_INFINITY, twice: Number.POSITIVE_INFINITY };
  const growth = () => best.twice / Math.max(best.once, LEAST_MS);
  for (const _round of rounds()) {
    best.once = Math.min(
      best.once,
      cpuTimeOf(() => work(once)),
    );
    best.twice = Math.min(
      best.twice,
      cpuTimeOf(() => work(twice)),
    );
    if (growth() < 0.9 * most) break;
  }
  return growth();
}

/** Counts rounds from 0 on, for as long as they are worth trying. */
function* rounds(): Generator<number> {
  const until = performance.now() + LEAST_TRIED_MS;
  for (let round = 0; round < ROUNDS || performance.now() < until; round++) yield round;
}

/**
 * The processor time that work takes, in milliseconds. Unlike time by the clock it does not grow while other
 * processes have their turn; the collection of garbage counts, on whatever thread.
 */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
