import type { Session, Window, WindowScores } from './session.js';
import { Unread } from './unread.js';

/** A session in a thread of its own. */
export interface OpenSession extends Session {
  /**
   * @throws SessionLost where the thread has ended or cannot be reached; anything else where the encoder failed on
   * these windows, and goes on
   */
  run(windows: readonly Window[]): Promise<readonly WindowScores[]>;
  /** Ends the thread, also where it is blocked. */
  close(): Promise<void>;
}

/** The thread of a session is no more. */
export class SessionLost extends Error {
  override name = 'SessionLost';
}

export interface SupervisionOptions {
  /** Starts a thread and opens a session in it. */
  readonly open: () => Promise<OpenSession>;
  /** A thread that has not answered for so long is ended, in milliseconds. @default 2000 */
  readonly answerMs?: number;
  /** How long a start may take, in milliseconds. @default 30000 */
  readonly startMs?: number;
  /** How long to wait before a start, after so many that came to nothing in a row, in milliseconds. */
  readonly pauseMs?: (failures: number) => number;
  /** Told each time that a session is there, or is lost. */
  readonly onChange?: () => void;
}

/**
 * One session, kept there: where its thread ends or no longer answers, it is ended and another started, after pauses that
 * grow while starts come to nothing, and never two at a time.
 */
export class SupervisedSession {
  readonly #options: Required<SupervisionOptions>;
  #session: OpenSession | undefined;
  #failures = 0;
  #starts = 0;
  #isClosed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor({ open, answerMs, startMs, pauseMs, onChange }: SupervisionOptions) {
    this.#options = {
      open,
      answerMs: answerMs ?? 2000,
      startMs: startMs ?? 30_000,
      pauseMs: pauseMs ?? growingPauseMs,
      onChange: onChange ?? (() => {}),
    };
  }

  get isUp(): boolean {
    return this.#session !== undefined;
  }

  /** Whether one may be there soon: it is starting, or was lost for the first time. */
  get isComing(): boolean {
    return !this.#isClosed && this.#failures <= 1;
  }

  /** How many threads were started so far. */
  get starts(): number {
    return this.#starts;
  }

  /** @throws where no session can be opened: then none is tried again */
  async start(): Promise<void> {
    this.#session = await this.#open();
    this.#options.onChange();
  }

  /** @throws Unread where the encoder failed, or the thread broke or did not answer */
  async run(windows: readonly Window[]): Promise<readonly WindowScores[]> {
    const session = this.#session;
    if (!session) throw new Unread('broken');
    try {
      const scores = await within(this.#options.answerMs, session.run(windows));
      if (!areWhole(scores, windows)) throw new Unread('failed');
      this.#failures = 0;
      return scores;
    } catch (error) {
      if (!(error instanceof SessionLost)) throw new Unread('failed');
      this.#lose(session);
      throw new Unread('broken');
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  async #open(): Promise<OpenSession> {
    this.#starts += 1;
    const opening = this.#options.open();
    try {
      return await within(this.#options.startMs, opening);
    } catch (error) {
      // One that comes after all is of no use any more.
      opening.then(end, () => {});
      throw error;
    }
  }

  #lose(session: OpenSession): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    end(session);
    this.#startAgain();
  }

  #startAgain(): void {
    this.#failures += 1;
    this.#options.onChange();
    const again = async () => {
      try {
        const session = await this.#open();
        if (this.#isClosed) end(session);
        else {
          this.#session = session;
          this.#options.onChange();
        }
      } catch {
        if (!this.#isClosed) this.#startAgain();
      }
    };
    this.#retry = setTimeout(again, this.#options.pauseMs(this.#failures)).unref();
  }
}

/** At once where one is lost; then a second, two, four, a minute at most. */
function growingPauseMs(failures: number): number {
  return failures <= 1 ? 0 : Math.min(60_000, 1000 * 2 ** (failures - 2));
}

/** A thread that is blocked may take its time to end, and nothing waits for it. */
function end(session: OpenSession): void {
  session.close().catch(() => {});
}

/** @throws SessionLost where it takes longer */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SessionLost(`there was no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether there are scores for each window, and numbers all of them. */
function areWhole(scores: readonly WindowScores[], windows: readonly Window[]): boolean {
  return (
    scores.length === windows.length &&
    windows.every(({ ids }, i) => {
      const { heads, words } = scores[i] ?? {};
      return (
        heads !== undefined &&
        heads.length > 0 &&
        words?.length === ids.length &&
        heads.every(Number.isFinite) &&
        words.every(Number.isFinite)
      );
    })
  );
}
