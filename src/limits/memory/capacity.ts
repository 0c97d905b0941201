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

/** Room for all that is counted in memory, by what it is for. One set for all sites of a process. */
export type Capacities = {
  /** Users whose comments are counted. */
  readonly users: Capacity;
  /** Users who are blocked: apart, so that users who are made up push out none. */
  readonly blocks: Capacity;
  /** Postings, of which is remembered what a user posted. */
  readonly texts: Capacity;
  /** Postings, of which is remembered by whom a text was posted. */
  readonly posters: Capacity;
};

/** Some 40 MB of users, of two windows each. */
export const MOST_USERS = 100_000;
/** A block takes several rejected comments of one user, so there are fewer. */
const USERS_FOR_A_BLOCK = 4;
/** Some 10 MB each way. */
const MOST_POSTINGS = 25_000;

/** @param mostUsers of how many users counts are kept; of a quarter as many, blocks. 4 or more */
export function capacitiesFor(mostUsers: number = MOST_USERS): Capacities {
  return {
    users: new Capacity(mostUsers),
    blocks: new Capacity(Math.ceil(mostUsers / USERS_FOR_A_BLOCK)),
    texts: new Capacity(MOST_POSTINGS),
    posters: new Capacity(MOST_POSTINGS),
  };
}
