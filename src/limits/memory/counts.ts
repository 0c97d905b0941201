import { MOST_TEXTS_OF_USER, MOST_USERS_OF_TEXT } from '../../comment/repeats.js';
import { type Counts, fieldOf, type Rejection, type TakeRequest, type TakeResult } from '../counts.js';
import type { LimitPolicy, LimitWindow } from '../policy.js';
import { Expiring } from './expiring.js';

/** Of how many users and of how many texts something is remembered at most, for floods: some ten megabytes each. */
const MOST_REMEMBERED = 20_000;

/** A text that a user posted, and when. */
interface Posted {
  readonly text: string;
  readonly at: number;
}

/**
 * Counts in this process's memory, by the same rules as the scripts in Redis (see `redis/scripts.ts`). Each call
 * is over before the next, so nothing can come between the look and the count. It holds one entry for each user
 * and window that runs.
 */
export class MemoryCounts implements Counts {
  readonly kind = 'memory';
  readonly canGoAway = false;
  readonly healthy = true;
  readonly #clock: () => number;
  /** Points taken by user, in each window by its field. */
  #windows = new Map<string, Expiring<number>>();
  readonly #rejections = new Expiring<number>();
  readonly #blocks = new Expiring<true>();
  readonly #textsOf = new Expiring<readonly Posted[]>(MOST_REMEMBERED);
  readonly #usersOf = new Expiring<ReadonlyMap<string, number>>(MOST_REMEMBERED);

  /**
   * @param clock in whole milliseconds, as Redis counts them: with fractions, a window's end less the time it began
   * can be more than its length. Never goes back.
   */
  constructor(clock: () => number = () => Math.floor(performance.now())) {
    this.#clock = clock;
  }

  /** Gives up the windows that a policy does not have. */
  keepTo({ windows, tiers }: LimitPolicy): void {
    const fields = new Set([windows, ...(tiers?.values() ?? [])].flat().map(fieldOf));
    this.#windows = new Map([...this.#windows].filter(([field]) => fields.has(field)));
  }

  /** Counts a comment in all its windows, or in none where one is used up or the user is blocked. */
  take(request: TakeRequest): TakeResult {
    const now = this.#clock();
    const { user, windows } = request;
    const block = this.#blocks.get(user, now);
    const before = windows.map((window) => this.#windowOf(window).get(user, now));
    const admitted = !block && windows.every(({ points }, i) => (before[i]?.value ?? 0) < points);
    const counts = windows.map((window, i) => {
      const { value, endsAt } = before[i] ?? { value: 0, endsAt: now };
      if (!admitted) return { taken: value, endsIn: endsAt - now };
      const end = before[i] ? endsAt : now + window.seconds * 1000;
      this.#windowOf(window).set(user, value + 1, end, now);
      return { taken: value + 1, endsIn: end - now };
    });
    const seen = admitted ? this.#remember(request, now) : { bySame: [], byOthers: [] };
    return { admitted, blockedFor: block ? block.endsAt - now : 0, windows: counts, ...seen };
  }

  /** Counts a rejection: towards a block, and in the windows that still run. */
  reject({ user, windows, extra, block }: Rejection): void {
    const now = this.#clock();
    for (const window of windows) {
      const running = this.#windowOf(window).get(user, now);
      if (running) this.#windowOf(window).set(user, running.value + extra, running.endsAt, now);
    }
    if (!block) return;
    const { value, endsAt } = this.#rejections.get(user, now) ?? {
      value: 0,
      endsAt: now + block.within * 1000,
    };
    if (value + 1 < block.after) {
      this.#rejections.set(user, value + 1, endsAt, now);
    } else {
      this.#rejections.delete(user);
      this.#blocks.set(user, true, now + block.seconds * 1000, now);
    }
  }

  /** Takes over what another store counted of a comment, so as to go on from there when that one goes away. */
  follow(request: TakeRequest, result: TakeResult): void {
    const now = this.#clock();
    const { user, windows } = request;
    windows.forEach((window, i) => {
      const { taken, endsIn } = result.windows[i] ?? { taken: 0, endsIn: 0 };
      if (endsIn > 0) this.#windowOf(window).set(user, taken, now + endsIn, now);
    });
    if (result.blockedFor > 0) this.#blocks.set(user, true, now + result.blockedFor, now);
    if (result.admitted) this.#remember(request, now);
  }

  #windowOf(window: LimitWindow): Expiring<number> {
    const field = fieldOf(window);
    let counts = this.#windows.get(field);
    if (!counts) {
      counts = new Expiring();
      this.#windows.set(field, counts);
    }
    return counts;
  }

  #remember({ user, text, recall }: TakeRequest, now: number): Pick<TakeResult, 'bySame' | 'byOthers'> {
    if (text === undefined) return { bySame: [], byOthers: [] };
    const since = now - recall * 1000;
    const ends = now + recall * 1000;
    const posted = (this.#textsOf.get(user, now)?.value ?? []).filter(({ at }) => at > since);
    this.#textsOf.set(user, [...posted, { text, at: now }].slice(-MOST_TEXTS_OF_USER), ends, now);
    const others = [...(this.#usersOf.get(text, now)?.value ?? [])].filter(
      ([other, at]) => other !== user && at > since,
    );
    this.#usersOf.set(text, new Map([...others, [user, now] as const].slice(-MOST_USERS_OF_TEXT)), ends, now);
    return {
      bySame: posted.filter((one) => one.text === text).map(({ at }) => now - at),
      byOthers: others.map(([, at]) => now - at),
    };
  }
}
