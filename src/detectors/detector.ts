import type { z } from 'zod';
import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import type { Steps } from '../comment/steps.js';
import type { Lists, Phrase } from '../matching/phrase.js';
import type { PhraseHit } from '../matching/phrase-index.js';
import type { Span } from '../text/span.js';

/** Words at fault, in the text as it was sent, with how sure the detector is of these alone (0 to 1). */
export interface Evidence extends Span {
  readonly score?: number | undefined;
}

/** What a detector says of a comment. */
export interface Finding {
  /** How sure it is that the comment has what it looks for, 0 to 1. Calibrated detectors mean a probability. */
  readonly score: number;
  /** The words at fault; empty where none can be named. */
  readonly spans: readonly Evidence[];
  /** What was seen, for moderators: `French`, `4 of 9 words in capitals`. */
  readonly note?: string | undefined;
}

/** A detector with its options set. Pure: the same comment and reading give the same finding. */
export interface PreparedDetector {
  /** Phrases that the shared matcher is to look for on its behalf; `detect` gets their hits. */
  readonly phrases?: readonly Phrase[] | undefined;
  /**
   * A regular expression (RE2's syntax, without regard to case) without which the folded text has nothing for it.
   * Those of all rules are looked for in one go, and `detect` is asked only where this one may have a match.
   */
  readonly expression?: string | undefined;
  /**
   * For how many seconds the text of a comment is to be remembered for it, so that `comment.context.repeats` reaches
   * back as far; at most `LONGEST_RECALL`. Undefined where it does not ask.
   */
  readonly recall?: number | undefined;
  /**
   * Looks at a comment.
   * @param hits of its phrases
   * @param reading what the classifier makes of the comment
   * @param steps where work is counted that takes more than time in proportion to the text: see `Steps`
   */
  detect(comment: Comment, hits: readonly PhraseHit[], reading: Reading, steps: Steps): Finding;
}

/** Something in a detector's options that is well-formed but cannot work; `path` leads to the option. */
export class OptionError extends Error {
  override name = 'OptionError';
  constructor(
    message: string,
    readonly path: readonly (string | number)[],
  ) {
    super(message);
  }
}

/** A kind of thing to look for in comments. One file a detector; the registry lists them. */
export interface Detector<Schema extends z.ZodObject = z.ZodObject> {
  /** As rule files name it. */
  readonly name: string;
  /** Its options, each described; keys are those of a condition in a rule file, beside `detector`. */
  readonly options: Schema;
  /**
   * Sets the options.
   * @param lists the rule's lists, by name
   * @throws OptionError where an option cannot work
   */
  prepare(options: z.infer<Schema>, lists: Lists): PreparedDetector;
}

/** No sign of what is looked for. */
export const NOTHING: Finding = { score: 0, spans: [] };

/** For asking a detector by itself: its work is nobody's to count. */
export const UNCOUNTED: Steps = { spend() {} };
