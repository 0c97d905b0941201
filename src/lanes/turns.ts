import { setImmediate } from 'node:timers';
import { FairQueue, type LaneBounds, type Waiting } from './fair-queue.js';
import { LANES, type Lane, SHARES } from './lane.js';

/** So many comments of an owner are taken however slow they seem to be: they are soon judged, and a pause is no queue. */
const ALWAYS_TAKEN = 16;
/** How fast work is done goes by the last so many steps. */
const STEPS_REMEMBERED = 64;
/** One step that takes so many times as long as those before it was held up from outside. */
const HELD_UP = 8;

/** Why a step does not get its turn. */
export type StepRefusal = 'late' | 'gone';

/** A step whose turn comes by a call. */
export interface PendingStep {
  /** Whether nobody waits for what it would give. */
  isGone(): boolean;
  begin(): void;
  refuse(why: StepRefusal): void;
}

/**
 * Gives out turns of the event loop: one step of work in each, and what has arrived in the meantime is read before the
 * next, so that no lane's work can keep a comment of another from being seen. While nothing waits, a step begins at
 * once.
 */
export class Turns {
  readonly #queue: FairQueue<Lane, PendingStep>;
  readonly #now: () => number;
  readonly #speed = { cost: 0, ms: 0, steps: 0 };
  #isTaken = false;
  #last: { readonly cost: number; readonly at: number } | undefined;

  /**
   * @param longestWaitMs how long a step of each lane may wait
   * @param now a clock that never goes back, in milliseconds
   */
  constructor(longestWaitMs: (lane: Lane) => number, now: () => number) {
    this.#now = now;
    const bounds = Object.fromEntries(
      LANES.map((lane) => [lane, { share: SHARES[lane], longestWaitMs: longestWaitMs(lane) }] as const),
    );
    // Every lane has an entry.
    this.#queue = new FairQueue(bounds as Record<Lane, LaneBounds>);
  }

  /** Has a step begin when its turn has come. */
  ask(lane: Lane, owner: string, cost: number, work: PendingStep): void {
    this.#queue.push(lane, { owner, cost, at: this.#now(), work });
    if (!this.#isTaken) this.#give();
  }

  waiting(lane: Lane): Waiting {
    return this.#queue.waiting(lane, this.#now());
  }

  /** How long a comment of an owner would wait that comes now, by what waits and how fast work was done of late, in milliseconds. */
  expectedMs(lane: Lane, owner: string): number {
    const { steps, cost } = this.#queue.ahead(lane, owner);
    const { ms, cost: done } = this.#speed;
    return steps < ALWAYS_TAKEN || done === 0 ? 0 : (cost * ms) / done;
  }

  #give(): void {
    const now = this.#now();
    this.#measure(now);
    for (let turn = this.#queue.shift(now); turn; turn = this.#queue.shift(now)) {
      const { step, isLate } = turn;
      if (isLate || step.work.isGone()) {
        step.work.refuse(isLate ? 'late' : 'gone');
        continue;
      }
      this.#isTaken = true;
      this.#last = { cost: step.cost, at: now };
      step.work.begin();
      // What the step does is done before this is called, and so is what has arrived in the meantime.
      setImmediate(() => this.#give());
      return;
    }
    this.#isTaken = false;
    this.#last = undefined;
  }

  /** Learns how long the last step took, with all that was done beside it. */
  #measure(now: number): void {
    if (!this.#last) return;
    const speed = this.#speed;
    const { cost, at } = this.#last;
    const usual = speed.steps >= STEPS_REMEMBERED ? (speed.ms / speed.cost) * cost * HELD_UP : now - at;
    const kept = 1 - 1 / STEPS_REMEMBERED;
    speed.ms = speed.ms * kept + Math.min(now - at, usual);
    speed.cost = speed.cost * kept + cost;
    speed.steps += 1;
  }
}
