import type { Capacity, Holder } from './capacity.js';

/** What is kept until a time. */
export interface Kept<Value> {
  readonly value: Value;
  readonly endsAt: number;
}

interface Entry<Value> {
  readonly key: string;
  value: Value;
  endsAt: number;
  /** In the units of the capacity. */
  room: number;
  /** Used before it, and after it. */
  older: Entry<Value> | undefined;
  newer: Entry<Value> | undefined;
}

/** So many of the entries used least recently are looked at with each new one: more than come, so that ended ones go. */
const LOOKED_AT = 2;

/**
 * Values that end, by key, within a capacity: where that is full, those used least recently go first. There is no
 * timer for each; what has ended goes when it is asked for, or when it is the oldest. The order is a list of its own:
 * a `Map` walks over all that was deleted at its front.
 */
export class Expiring<Value> implements Holder {
  readonly #capacity: Capacity;
  readonly #entries = new Map<string, Entry<Value>>();
  #oldest: Entry<Value> | undefined;
  #newest: Entry<Value> | undefined;
  #size = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
    capacity.add(this);
  }

  /** The room that all take, ended ones that are still there too. */
  get size(): number {
    return this.#size;
  }

  /** What is kept under a key, which counts as used by that. */
  get(key: string, now: number): Kept<Value> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.endsAt <= now) {
      this.delete(key);
      return undefined;
    }
    this.#unlink(entry);
    this.#append(entry);
    return { value: entry.value, endsAt: entry.endsAt };
  }

  /** @param room that it takes, in the units of the capacity; 1 or more */
  set(key: string, value: Value, endsAt: number, now: number, room = 1): void {
    const known = this.#entries.get(key);
    if (known) {
      this.#unlink(known);
      Object.assign(known, { value, endsAt, room });
      this.#append(known);
    } else {
      const entry: Entry<Value> = { key, value, endsAt, room, older: undefined, newer: undefined };
      this.#entries.set(key, entry);
      this.#append(entry);
      for (let i = 0; i < LOOKED_AT && this.#oldest && this.#oldest.endsAt <= now; i++) this.dropOldest(now);
    }
    this.#capacity.makeRoom(now);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#unlink(entry);
  }

  dropOldest(now: number): boolean {
    const oldest = this.#oldest;
    if (!oldest) return false;
    this.delete(oldest.key);
    return oldest.endsAt > now;
  }

  #append(entry: Entry<Value>): void {
    entry.older = this.#newest;
    entry.newer = undefined;
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
    this.#size += entry.room;
  }

  #unlink(entry: Entry<Value>): void {
    if (entry.older) entry.older.newer = entry.newer;
    else this.#oldest = entry.newer;
    if (entry.newer) entry.newer.older = entry.older;
    else this.#newest = entry.older;
    this.#size -= entry.room;
  }
}
