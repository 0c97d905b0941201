import { MOST_TEXTS_OF_USER, MOST_USERS_OF_TEXT } from '../../comment/repeats.js';
import { Expiring } from '../../expiring/expiring.js';
import { type Counts, fieldOf, type Rejection, type TakeRequest, type TakeResult } from '../counts.js';
import { HashSecret } from '../hash-secret.js';
import type { LimitPolicy, LimitWindow } from '../policy.js';
import { type Capacities, capacitiesFor } from './capacities.js';

/** A text that a user posted, and when. */
interface Posted {
  readonly text: string;
  readonly at: number;
}

/** What is counted of a user, until a time. */
interface Count {
  /** The number of its window's field, or `REJECTED`. */
  readonly field: number;
  readonly value: number;
  readonly endsAt: number;
}

/** The field of rejected comments, which are counted towards a block; no window has this number. */
const REJECTED = 0;

/** What memory counts by. */
export interface MemoryOptions {
  /** Room that it shares with others. @default room of its own */
  readonly capacities?: Capacities | undefined;
  /** With what users and texts are hashed. @default made at random */
  readonly secret?: HashSecret | undefined;
  /**
   * In whole milliseconds, as Redis counts them: with fractions, a window's end less the time it began can be more than
   * its length. Never goes back.
   */
  readonly clock?: (() => number) | undefined;
}

/**
 * Counts in this process's memory, by the same rules as the scripts in Redis (see `redis/scripts.ts`). Each call
 * is over before the next, so nothing can come between the look and the count. Where its capacity is used up, what
 * was used least recently is forgotten, and who is forgotten starts anew.
 */
export class MemoryCounts implements Counts {
  readonly kind = 'memory';
  readonly canGoAway = false;
  readonly healthy = true;
  readonly secret: HashSecret;
  readonly #clock: () => number;
  /** Numbers of the windows that count, by their fields. A window that is given up and comes again has another one. */
  #fields = new Map<string, number>();
  #lastField = REJECTED;
  /** What is counted of each user. */
  readonly #counts: Expiring<readonly Count[]>;
  readonly #blocks: Expiring<true>;
  readonly #textsOf: Expiring<readonly Posted[]>;
  readonly #usersOf: Expiring<ReadonlyMap<string, number>>;

  constructor({
    capacities = capacitiesFor(),
    secret = new HashSecret(),
    clock = wholeMilliseconds,
  }: MemoryOptions = {}) {
    this.secret = secret;
    this.#clock = clock;
    this.#counts = new Expiring(capacities.users);
    this.#blocks = new Expiring(capacities.blocks);
    this.#textsOf = new Expiring(capacities.texts);
    this.#usersOf = new Expiring(capacities.posters);
  }

  /** Gives up the windows that a policy does not have. */
  keepTo({ windows, tiers }: LimitPolicy): void {
    const kept = new Set([windows, ...(tiers?.values() ?? [])].flat().map(fieldOf));
    this.#fields = new Map([...this.#fields].filter(([field]) => kept.has(field)));
  }

  /** Counts a comment in all its windows, or in none where one is used up or the user is blocked. */
  take(request: TakeRequest): TakeResult {
    const now = this.#clock();
    const { user, windows } = request;
    const block = this.#blocks.get(user, now);
    const known = this.#countsOf(user, now);
    const before = windows.map((window) => running(known, this.#fieldOf(window)));
    const admitted = !block && windows.every(({ points }, i) => (before[i]?.value ?? 0) < points);
    const after = windows.map((window, i): Count => {
      const { value, endsAt } = before[i] ?? {
        value: 0,
        endsAt: admitted ? now + window.seconds * 1000 : now,
      };
      return { field: this.#fieldOf(window), value: admitted ? value + 1 : value, endsAt };
    });
    if (admitted) this.#keep(user, known, after, now);
    const seen = admitted ? this.#remember(request, now) : { bySame: [], byOthers: [] };
    return {
      admitted,
      blockedFor: block ? block.endsAt - now : 0,
      windows: after.map(({ value, endsAt }) => ({ taken: value, endsIn: endsAt - now })),
      ...seen,
    };
  }

  /** Counts a rejection: towards a block, and in the windows that still run. */
  reject({ user, windows, extra, block }: Rejection): void {
    const now = this.#clock();
    const known = this.#countsOf(user, now);
    const changed = windows.flatMap((window): Count[] => {
      const count = running(known, this.#fieldOf(window));
      return count ? [{ ...count, value: count.value + extra }] : [];
    });
    if (block) {
      const { value, endsAt } = running(known, REJECTED) ?? { value: 0, endsAt: now + block.within * 1000 };
      const isOver = value + 1 >= block.after;
      // One that has ended already is not kept.
      changed.push({ field: REJECTED, value: value + 1, endsAt: isOver ? now : endsAt });
      if (isOver) this.#blocks.set(user, true, now + block.seconds * 1000, now);
    }
    this.#keep(user, known, changed, now);
  }

  /** Takes over what another store counted of a comment, so as to go on from there when that one goes away. */
  follow(request: TakeRequest, result: TakeResult): void {
    const now = this.#clock();
    const { user, windows } = request;
    const told = windows.flatMap((window, i): Count[] => {
      const { taken, endsIn } = result.windows[i] ?? { taken: 0, endsIn: 0 };
      return endsIn > 0 ? [{ field: this.#fieldOf(window), value: taken, endsAt: now + endsIn }] : [];
    });
    this.#keep(user, this.#countsOf(user, now), told, now);
    if (result.blockedFor > 0) this.#blocks.set(user, true, now + result.blockedFor, now);
    if (result.admitted) this.#remember(request, now);
  }

  #countsOf(user: string, now: number): readonly Count[] {
    return (this.#counts.get(user, now)?.value ?? []).filter(({ endsAt }) => endsAt > now);
  }

  /** Keeps what is counted of a user: what changed, and what did not and still counts. */
  #keep(user: string, known: readonly Count[], changed: readonly Count[], now: number): void {
    const fields = new Set([REJECTED, ...this.#fields.values()]);
    const others = known.filter(
      ({ field }) => fields.has(field) && !changed.some((count) => count.field === field),
    );
    // An array that was filtered keeps room for more entries than it has: a copy does not.
    const counts = [...others, ...changed].filter(({ endsAt }) => endsAt > now).slice();
    if (counts.length === 0) this.#counts.delete(user);
    else this.#counts.set(user, counts, Math.max(...counts.map(({ endsAt }) => endsAt)), now);
  }

  #fieldOf(window: LimitWindow): number {
    const name = fieldOf(window);
    let field = this.#fields.get(name);
    if (field === undefined) {
      this.#lastField += 1;
      field = this.#lastField;
      this.#fields.set(name, field);
    }
    return field;
  }

  #remember({ user, text, recall }: TakeRequest, now: number): Pick<TakeResult, 'bySame' | 'byOthers'> {
    if (text === undefined) return { bySame: [], byOthers: [] };
    const since = now - recall * 1000;
    const ends = now + recall * 1000;
    const posted = (this.#textsOf.get(user, now)?.value ?? []).filter(({ at }) => at > since);
    const texts = [...posted, { text, at: now }].slice(-MOST_TEXTS_OF_USER);
    this.#textsOf.set(user, texts, ends, now, texts.length);
    const others = [...(this.#usersOf.get(text, now)?.value ?? [])].filter(
      ([other, at]) => other !== user && at > since,
    );
    const users = new Map([...others, [user, now] as const].slice(-MOST_USERS_OF_TEXT));
    this.#usersOf.set(text, users, ends, now, users.size);
    return {
      bySame: posted.filter((one) => one.text === text).map(({ at }) => now - at),
      byOthers: others.map(([, at]) => now - at),
    };
  }
}

function running(counts: readonly Count[], field: number): Count | undefined {
  return counts.find((count) => count.field === field);
}

function wholeMilliseconds(): number {
  return Math.floor(performance.now());
}
