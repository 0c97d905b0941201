/** What is kept until a time. */
export interface Kept<Value> {
  readonly value: Value;
  readonly endsAt: number;
}

/**
 * Values that end, by key. There is no timer for each: they are kept in two generations, and the old one is dropped
 * whole once all in it have ended. So where all are kept for equally long, as in a window, there are at most those of
 * two such times, and no call takes longer for it. (One map, cleared from its front, would: a `Map` walks over what
 * was deleted there.)
 */
export class Expiring<Value> {
  readonly #most: number;
  #young = new Map<string, Kept<Value>>();
  #old = new Map<string, Kept<Value>>();
  /** When the last of a generation ends. */
  #youngEnds = 0;
  #oldEnds = 0;

  /** @param most no more than so many are kept: those that were set longest ago go, half of all at a time */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** How many are kept, ended ones too. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string, now: number): Kept<Value> | undefined {
    const kept = this.#young.get(key) ?? this.#old.get(key);
    return kept && kept.endsAt > now ? kept : undefined;
  }

  set(key: string, value: Value, endsAt: number, now: number): void {
    if (now >= this.#oldEnds || this.#young.size >= this.#most / 2) {
      [this.#old, this.#oldEnds] = [this.#young, this.#youngEnds];
      [this.#young, this.#youngEnds] = [new Map(), now];
    }
    this.#old.delete(key);
    this.#young.set(key, { value, endsAt });
    this.#youngEnds = Math.max(this.#youngEnds, endsAt);
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
