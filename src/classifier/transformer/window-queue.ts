import type { Urgency } from '../classifier.js';
import { MOST_PIECES, nextBatch } from './batch.js';
import type { Window, WindowScores } from './session.js';
import { type Cause, Unread } from './unread.js';

/** A window that waits for the encoder. */
export interface Waiting {
  readonly window: Window;
  /** When nobody waits for it any more, by the clock of whoever asks, in milliseconds; infinite: somebody always does. */
  readonly until: number;
  /** How long that was when it was asked, in milliseconds. */
  readonly limit: number;
  /** Once true, nobody waits for it any more. */
  readonly isGivenUp: () => boolean;
  readonly done: (scores: WindowScores) => void;
  readonly fail: (why: Unread) => void;
}

/** How much a new measure of the pace counts beside those before it. */
const NEWS = 0.2;

/**
 * The windows that wait, live ones before those in bulk, and within each the first come first.
 *
 * A live window is begun only while a whole batch would be done in its time. Where more comes than can be read, those
 * served first would else be those that are just about to be late: all would be begun, and none be read in time.
 */
export class WindowQueue {
  #waiting: Readonly<Record<Urgency, readonly Waiting[]>> = { live: [], bulk: [] };
  /** What a piece takes, in milliseconds. */
  #pace = 0;

  count(urgency: Urgency): number {
    return this.#waiting[urgency].length;
  }

  push(urgency: Urgency, windows: readonly Waiting[]): void {
    this.#waiting = { ...this.#waiting, [urgency]: [...this.#waiting[urgency], ...windows] };
  }

  /** Takes out the windows of the next batch; none where none waits. Those that would be late are told so. */
  shift(now: number): readonly Waiting[] {
    for (const urgency of ['live', 'bulk'] as const) {
      const waiting = this.#timely(urgency, now);
      const places = new Set(nextBatch(waiting.map(({ window }) => window.ids.length)));
      this.#waiting = { ...this.#waiting, [urgency]: waiting.filter((_, i) => !places.has(i)) };
      if (places.size > 0) return waiting.filter((_, i) => places.has(i));
    }
    return [];
  }

  /** Tells what waits that it is not read. */
  failAll(urgency: Urgency, why: Cause): void {
    const waiting = this.#waiting[urgency];
    this.#waiting = { ...this.#waiting, [urgency]: [] };
    for (const { fail } of waiting) fail(new Unread(why));
  }

  /** Takes in how long a batch took. */
  measured(pieces: number, ms: number): void {
    const pace = ms / pieces;
    this.#pace = this.#pace === 0 ? pace : this.#pace + NEWS * (pace - this.#pace);
  }

  #timely(urgency: Urgency, now: number): readonly Waiting[] {
    const batchMs = this.#pace * MOST_PIECES;
    const timely: Waiting[] = [];
    for (const one of this.#waiting[urgency]) {
      if (one.isGivenUp()) continue;
      // However slow a batch was once, half the time is never too late to begin.
      if (now + Math.min(batchMs, one.limit / 2) > one.until) one.fail(new Unread('late'));
      else timely.push(one);
    }
    return timely;
  }
}
