import { setImmediate } from 'node:timers';
import { FairQueue, type LaneBounds, type Waiting } from './fair-queue.js';
import { LANES, type Lane, SHARES } from './lane.js';

/** So many comments of an owner are taken however slow they seem to be: they are soon judged, and a pause is no queue. */
const ALWAYS_TAKEN = 16;
/** How fast work is done goes by the last so many steps. */
const STEPS_REMEMBERED = 64;
/** Steps that take so many times as long as those before them were held up from outside. */
const HELD_UP = 8;
/** However long reading has taken, what is read next does not wait longer than this and one step, in milliseconds. */
const LONGEST_SPELL_MS = 20;

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
 * next, so that no lane's work can keep a comment of another from being seen. Where live comments are next, they have
 * as long in a turn as was spent on other things since the one before: were it one of them a turn, whoever has the loop
 * read a hundred bodies before each would leave others ten comments a second. While nothing waits, a step begins at
 * once.
 */
export class Turns {
  readonly #queue: FairQueue<Lane, PendingStep>;
  readonly #now: () => number;
  readonly #speed = { cost: 0, ms: 0, steps: 0 };
  #isTaken = false;
  /** Connections that were taken since the start. */
  #connections = 0;
  /** The turn that is under way: what its steps cost, since when, and until when others may begin. */
  #spell = { cost: 0, from: 0, until: 0 };
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

  /** Notes that a connection was taken: a turn of the event loop takes one, so there may be more behind it. */
  connected(): void {
    this.#connections += 1;
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

  /** Begins a turn. */
  #return(leftAt: number): void {
    const now = this.#now();
    this.#measure(now);
    this.#spell = { cost: 0, from: now, until: now + Math.min(now - leftAt, LONGEST_SPELL_MS) };
    this.#give();
  }

  #give(): void {
    const now = this.#now();
    for (let turn = this.#queue.shift(now); turn; turn = this.#queue.shift(now)) {
      const { step, isLate } = turn;
      if (isLate || step.work.isGone()) {
        step.work.refuse(isLate ? 'late' : 'gone');
        continue;
      }
      if (!this.#isTaken) this.#spell = { cost: 0, from: now, until: now };
      this.#isTaken = true;
      this.#spell.cost += step.cost;
      step.work.begin();
      afterStep(() => this.#goOn());
      return;
    }
    this.#isTaken = false;
  }

  /** Has the next step begin: in this turn, where there is time left of it for a live comment. */
  #goOn(): void {
    const now = this.#now();
    if (now < this.#spell.until && this.#queue.next === 'live') this.#give();
    else this.#goRound(now);
  }

  /**
   * Has the loop go round: until no more connections come, or for as long as a turn may last. Were there a step for each
   * of a hundred that came at once, whoever came last would not even be seen before them all (libuv takes one connection
   * a turn: https://github.com/libuv/libuv/pull/3696).
   */
  #goRound(leftAt: number): void {
    const before = this.#connections;
    setImmediate(() => {
      const isComing = this.#connections !== before && this.#now() - leftAt < LONGEST_SPELL_MS;
      if (isComing) this.#goRound(leftAt);
      else this.#return(leftAt);
    });
  }

  /** Learns how long the steps of a turn took, with all that was done beside them. */
  #measure(now: number): void {
    const speed = this.#speed;
    const { cost, from } = this.#spell;
    const ms = now - from;
    const usual = speed.steps >= STEPS_REMEMBERED ? (speed.ms / speed.cost) * cost * HELD_UP : ms;
    const kept = 1 - 1 / STEPS_REMEMBERED;
    speed.ms = speed.ms * kept + Math.min(ms, usual);
    speed.cost = speed.cost * kept + cost;
    speed.steps += 1;
  }
}

/**
 * Calls once what has just begun is done: all that follows from promises, before timers and what arrives. Such calls are
 * made when the queue of microtasks is empty, and this one is asked for from behind those that begin the step.
 */
function afterStep(call: () => void): void {
  queueMicrotask(() => process.nextTick(call));
}
