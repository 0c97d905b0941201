import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitPolicy, LimitWindow } from '../guidelines/guidelines.js';
import type { Admission, Standing } from './limiter.js';

/** What the windows of a policy say of one comment, wherever they are counted. */
export type Count = Omit<Admission, 'degraded'>;

/**
 * Makes the counter of a window.
 * @param former of the window of this name and length in the policy before, where there was one
 */
export type CounterMaker = (
  window: LimitWindow,
  former: RateLimiterAbstract | undefined,
) => RateLimiterAbstract;

interface WindowCounter {
  readonly window: LimitWindow;
  readonly counter: RateLimiterAbstract;
}

/** A point taken from one window. */
interface Taking {
  readonly window: LimitWindow;
  readonly counter: RateLimiterAbstract;
  readonly granted: boolean;
  readonly result: RateLimiterRes;
}

/**
 * A point is given back only to a window with at least this long to go, so that it cannot land in the next
 * one and let a comment too many through there.
 */
const GIVE_BACK_UNTIL_MS = 1000;

/**
 * All windows of a policy, counted in one store. The windows are fixed ones: each starts with a user's first
 * comment and ends `seconds` later. Within one no user gets more than `points`; across the end of one and the
 * start of the next, up to twice that in a short time.
 */
export class Windows {
  readonly #counterFor: CounterMaker;
  #counters: readonly WindowCounter[] = [];

  /** @param counterFor makes the counter of one window, in the store of the caller's choice */
  constructor(policy: LimitPolicy, counterFor: CounterMaker) {
    this.#counterFor = counterFor;
    this.use(policy);
  }

  /** Counts by another policy from the next call on; a `take` under way ends by the one it began with. */
  use(policy: LimitPolicy): void {
    const former = this.#counters;
    this.#counters = policy.windows.map((window) => {
      const same = former.find((counter) => isSame(counter.window, window.name, window.seconds));
      return { window, counter: this.#counterFor(window, same?.counter) };
    });
  }

  /**
   * Counts one comment in every window at the same time. A comment that any window refuses is given back to
   * all of them, so that it uses up nothing: also to those that refused it, because counters run on past
   * their limit.
   * @throws what the store throws when it does not answer
   */
  async take(key: string): Promise<Count> {
    const takings = await Promise.all(
      this.#counters.map(({ window, counter }) => takeOne(window, counter, key)),
    );
    const violated = takings.filter((taking) => !taking.granted).map((taking) => taking.window.name);
    const admitted = violated.length === 0;
    if (!admitted) giveBack(takings, key);
    return { admitted, standings: takings.map((taking) => standing(taking, admitted)), violated };
  }

  /** Takes over how a user stands in another store's windows of the same name and length, from `take` there. */
  async follow(key: string, standings: readonly Standing[]): Promise<void> {
    await Promise.all(
      this.#counters.map(({ window, counter }) => {
        const known = standings.find((standing) => isSame(window, standing.policy, standing.window));
        // A counter set for 0 seconds would never end.
        return known && known.reset > 0 && counter.set(key, known.quota - known.remaining, known.reset);
      }),
    );
  }
}

/** Whether counts of the one are counts of the other. */
function isSame(window: LimitWindow, name: string, seconds: number): boolean {
  return window.name === name && window.seconds === seconds;
}

async function takeOne(window: LimitWindow, counter: RateLimiterAbstract, key: string): Promise<Taking> {
  try {
    return { window, counter, granted: true, result: await counter.consume(key) };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return { window, counter, granted: false, result: refusal };
    throw refusal;
  }
}

/**
 * Nobody waits for it: the verdict does not depend on it. Should the store go away in between, the point
 * stays taken until its window ends, and the next `take` tells of the trouble.
 */
function giveBack(takings: readonly Taking[], key: string): void {
  void Promise.allSettled(
    takings
      .filter(({ result }) => result.msBeforeNext >= GIVE_BACK_UNTIL_MS)
      .map(({ counter }) => counter.reward(key)),
  );
}

function standing({ window, granted, result }: Taking, admitted: boolean): Standing {
  const givenBack = granted && !admitted ? 1 : 0;
  return {
    policy: window.name,
    quota: window.points,
    window: window.seconds,
    remaining: granted ? result.remainingPoints + givenBack : 0,
    reset: Math.max(0, Math.ceil(result.msBeforeNext / 1000)),
  };
}
