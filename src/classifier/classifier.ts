import type { Comment } from '../comment/comment.js';
import type { Reading } from './reading.js';

/** Whether somebody waits for the verdict (`live`), or comments are judged many at a time (`bulk`). */
export type Urgency = 'live' | 'bulk';

export interface ReadOptions {
  /**
   * `live` goes before `bulk`, and a classifier may give up on it where it takes too long; `bulk` waits as long as it
   * takes. @default live
   */
  readonly urgency?: Urgency;
}

/** Reads comments. It may take its time, and it may fail: see `pipeline/read.ts` for what happens then. */
export interface Classifier {
  /** Stands in every verdict, under `judges.classifier`. */
  readonly version: string;
  /**
   * Reads comments, several in one go.
   * @returns one reading for each comment, in their order; undefined for one that it could not read, or not in time:
   * that one is then read by the linear classifier
   * @throws where it cannot read at all, likewise
   */
  read(comments: readonly Comment[], options?: ReadOptions): Promise<readonly (Reading | undefined)[]>;
}
