import { Capacity } from '../../expiring/capacity.js';

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
