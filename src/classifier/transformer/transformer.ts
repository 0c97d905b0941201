import { setImmediate } from 'node:timers/promises';
import type { Comment } from '../../comment/comment.js';
import type { Classifier, Urgency } from '../classifier.js';
import type { Reading } from '../reading.js';
import type { Encoder } from './encoder.js';
import type { Scorer } from './scorer.js';
import { type Cause, Unread } from './unread.js';

export interface TransformerOptions {
  readonly encoder: Encoder;
  readonly scorer: Pick<Scorer, 'score'>;
  /** How long a live comment may take to be read, from when it was asked for, in milliseconds. */
  readonly timeoutMs: number;
  /** Told of each comment that is not read, and why. */
  readonly onUnread?: (why: Cause) => void;
}

/** So many comments are made into pieces before others have their turn: some milliseconds. */
const AT_ONCE = 16;

/**
 * The transformer as a classifier. It never throws: a comment that it cannot read, or not in time, is left unread, and
 * costs the others nothing.
 */
export function createTransformer({
  encoder,
  scorer,
  timeoutMs,
  onUnread = () => {},
}: TransformerOptions): Classifier {
  async function readOne(comment: Comment, urgency: Urgency): Promise<Reading | undefined> {
    try {
      const prepared = encoder.prepare(comment);
      const limitMs = urgency === 'live' ? timeoutMs : Number.POSITIVE_INFINITY;
      const scores = await scorer.score(prepared.windows, { urgency, limitMs });
      return encoder.toReading(comment, prepared, scores);
    } catch (error) {
      onUnread(error instanceof Unread ? error.why : 'failed');
      return undefined;
    }
  }

  return {
    version: encoder.version,
    async read(comments, { urgency = 'live' } = {}) {
      const readings: Promise<Reading | undefined>[] = [];
      for (const [i, comment] of comments.entries()) {
        if (i > 0 && i % AT_ONCE === 0) await setImmediate();
        readings.push(readOne(comment, urgency));
      }
      return Promise.all(readings);
    },
  };
}
