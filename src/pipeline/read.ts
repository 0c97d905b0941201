import type { Classifier, Urgency } from '../classifier/classifier.js';
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

/**
 * Reads comments in bulk: what somebody waits for goes first. A classifier that fails costs no comment its verdict: the
 * linear one reads instead.
 */
export async function readComments(
  comments: readonly Comment[],
  classifier: Classifier,
): Promise<ReadComments> {
  const readings = await readingsOf(comments, classifier, 'bulk');
  const read = comments.map((comment, i) => ({ comment, ...orLinear(readings[i], comment, classifier) }));
  return { read, degraded: read.some(({ isStandIn }) => isStandIn) };
}

/** Reads one comment, likewise. */
export async function readComment(
  comment: Comment,
  classifier: Classifier,
  urgency: Urgency = 'live',
): Promise<ReadBy> {
  const [reading] = await readingsOf([comment], classifier, urgency);
  return orLinear(reading, comment, classifier);
}

/** A reading, and by whom. */
export interface ReadBy {
  readonly reading: Reading;
  /** Whether the linear classifier had to stand in for the one that should have read. */
  readonly isStandIn: boolean;
}

async function readingsOf(
  comments: readonly Comment[],
  classifier: Classifier,
  urgency: Urgency,
): Promise<readonly (Reading | undefined)[]> {
  try {
    return await classifier.read(comments, { urgency });
  } catch {
    // What it could not read is read by the linear one, and told as degraded.
    return [];
  }
}

function orLinear(reading: Reading | undefined, comment: Comment, classifier: Classifier): ReadBy {
  return {
    reading: reading ?? readLinear(comment),
    isStandIn: classifier !== linear && reading === undefined,
  };
}
