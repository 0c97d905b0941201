/** Something that takes room, and can give some of it up. */
export interface Holder {
  /** How much it holds, in the units of its capacity. */
  readonly size: number;
  /**
   * Gives up what was used least recently.
   * @returns whether that had not ended yet
   */
  dropOldest(now: number): boolean;
}

/**
 * Room that the tables of all sites share. When it is full, the table that holds most gives up what was used least
 * recently in it: a flood at one site costs that site its own entries, and none that holds less than an equal share
 * loses any.
 */
export class Capacity {
  /** How much may be held. */
  readonly most: number;
  readonly #holders: Holder[] = [];
  #dropped = 0;

  /** @param most 1 or more */
  constructor(most: number) {
    this.most = most;
  }

  /** How much is held, by all together. */
  get size(): number {
    return this.#holders.reduce((sum, { size }) => sum + size, 0);
  }

  /** How many entries were given up before their end. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Lets a table take part from now on, for as long as the capacity is there. */
  add(holder: Holder): void {
    this.#holders.push(holder);
  }

  /** Sees to it that no more than `most` is held. */
  makeRoom(now: number): void {
    for (let over = this.size - this.most; over > 0; over = this.size - this.most) {
      const fullest = this.#holders.reduce((one, other) => (other.size > one.size ? other : one));
      if (fullest.dropOldest(now)) this.#dropped += 1;
    }
  }
}
