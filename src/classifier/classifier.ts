import type { Comment } from '../comment/comment.js';
import type { Reading } from './reading.js';

/** Reads comments. It may take its time, and it may fail: see `pipeline/read.ts` for what happens then. */
export interface Classifier {
  /** Stands in every verdict, under `judges.classifier`. */
  readonly version: string;
  /**
   * Reads comments, several in one go.
   * @returns one reading for each comment, in their order
   * @throws where it cannot read: comments are then read by the linear classifier
   */
  read(comments: readonly Comment[]): Promise<readonly Reading[]>;
}
