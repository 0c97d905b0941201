import { appendFile, chmod, open, stat } from 'node:fs/promises';
import { types } from 'node:util';
import type { Logger } from 'pino';
import type { Metrics } from '../pipeline/metrics.js';
import { OneAtATime } from '../sites/one-at-a-time.js';
import { Problem } from './problem.js';

/** What a moderator thinks of a comment, as a foreign protocol tells it. Nothing in it says who wrote the comment. */
export interface Feedback {
  /** The protocol's name. */
  readonly protocol: string;
  readonly text: string;
  /** What should become of the comment; none: only scores were told. */
  readonly decision?: 'approve' | 'reject';
  /** What it should have scored, 0 to 1, by the protocol's own names. */
  readonly scores?: Readonly<Record<string, number>>;
  /** Address of the article. */
  readonly url?: string;
}

/**
 * Keeps feedback; done once it is written.
 * @throws Problem `feedback-not-kept` where it cannot be written; why is in the log
 */
export type KeepFeedback = (feedback: Feedback) => Promise<void>;

/** What a keeper of feedback tells of its work. */
export interface FeedbackDeps {
  readonly clock: () => Date;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'observeFeedback'>;
}

/**
 * Makes the keeper of feedback, one for all protocols: one JSON object a line, with the time first. The file is opened
 * anew for each line, so that it can be rotated.
 * @param path undefined: feedback is thrown away
 */
export function createFeedback(path: string | undefined, deps: FeedbackDeps): KeepFeedback {
  if (path === undefined) return async () => {};
  const { clock, logger, metrics } = deps;
  const file = new PrivateLines(path, logger);
  return async (feedback) => {
    try {
      await file.append(JSON.stringify({ at: clock().toISOString(), ...feedback }));
    } catch (error) {
      metrics.observeFeedback('failed');
      logger.error({ file: path, code: codeOf(error) }, 'feedback could not be kept');
      throw new Problem(
        'feedback-not-kept',
        'The feedback could not be kept; the log of the service says why.',
      );
    }
    metrics.observeFeedback('kept');
  };
}

const OWNER_ALONE = 0o600;
const ANYBODY_ELSE = 0o077;
const NEWLINE = 0x0a;

/** A file that only its owner may read, and that lines are added to. */
class PrivateLines {
  readonly #path: string;
  readonly #logger: Logger;
  /** One after the other: long lines that are written at once may be torn. */
  readonly #writing = new OneAtATime();
  #isWarned = false;

  /** Takes a file that is there already from anybody else's sight at once, not with the first line only. */
  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
    // What is wrong with it is told with the first line: it may be put right until then.
    this.#writing.run(() => this.#find()).catch(() => {});
  }

  /** Adds a line, once those before it are written or have failed. */
  append(line: string): Promise<void> {
    return this.#writing.run(() => this.#append(line));
  }

  /**
   * What the file ends in is asked each time, and of the file itself: where the disk was full, the process was killed
   * or another program has written, the last line has no end, and the next one would be lost with it.
   */
  async #append(line: string): Promise<void> {
    const size = await this.#find();
    const isTorn = size > 0 && !(await this.#endsInNewline(size));
    await appendFile(this.#path, `${isTorn ? '\n' : ''}${line}\n`, { mode: OWNER_ALONE });
  }

  /** Sees to it that nobody else may read the file. Returns its bytes; 0 too where there is none, or a pipe. */
  async #find(): Promise<number> {
    const found = await stat(this.#path).catch(unlessMissing);
    // A pipe or a device belongs to others as well.
    if (!found?.isFile()) return 0;
    if ((found.mode & ANYBODY_ELSE) === 0) this.#isWarned = false;
    else await this.#takeFromSight((found.mode & 0o777).toString(8).padStart(4, '0'));
    return found.size;
  }

  async #takeFromSight(mode: string): Promise<void> {
    const file = this.#path;
    try {
      await chmod(file, OWNER_ALONE);
      this.#logger.info(
        { file, mode },
        'the file of feedback was open to others; now its owner alone may read it',
      );
    } catch (error) {
      if (this.#isWarned) return;
      this.#isWarned = true;
      this.#logger.warn(
        { file, mode, code: codeOf(error) },
        "the file of feedback holds comments' texts and is open to others; its mode cannot be changed here, let its owner set 0600",
      );
    }
  }

  async #endsInNewline(size: number): Promise<boolean> {
    const file = await open(this.#path, 'r').catch(unlessForbidden);
    // It may be written, not read: an empty line more is passed over by whoever reads it.
    if (!file) return false;
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
      return bytesRead === 0 || buffer[0] === NEWLINE;
    } finally {
      await file.close();
    }
  }
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function unlessForbidden(error: unknown): undefined {
  if (codeOf(error) !== 'EACCES') throw error;
}

/** The system's name for what went wrong. Its message is left out: it is long, and names the file again. */
function codeOf(error: unknown): string {
  return types.isNativeError(error) && 'code' in error ? String(error.code) : 'unknown';
}
