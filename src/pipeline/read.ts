import type { Classifier } from '../classifier/classifier.js';
import { linear, readLinear } from '../classifier/linear/linear.js';
import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';

/** A comment with its reading. */
export interface ReadComment {
  readonly comment: Comment;
  readonly reading: Reading;
}

/** What came of reading comments. */
export interface ReadComments {
  /** In the order of the comments. */
  readonly read: readonly ReadComment[];
  /** Whether the linear classifier had to stand in for the one that should have read. */
  readonly degraded: boolean;
}

/** Reads comments. A classifier that fails costs no comment its verdict: the linear one reads instead. */
export async function readComments(
  comments: readonly Comment[],
  classifier: Classifier,
): Promise<ReadComments> {
  const readings = await classifier.read(comments).catch(() => []);
  const read = comments.map((comment, i) => ({ comment, reading: readings[i] }));
  const degraded = classifier !== linear && read.some(({ reading }) => reading === undefined);
  return {
    read: read.map(({ comment, reading }) => ({ comment, reading: reading ?? readLinear(comment) })),
    degraded,
  };
}
