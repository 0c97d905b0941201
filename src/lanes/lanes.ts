import { Gate, type GateBounds } from './gate.js';
import { LANES, type Lane } from './lane.js';
import type { LaneSettings } from './settings.js';
import { Turns } from './turns.js';

/** Why a lane takes no more. */
export type RefusalReason =
  /** As many wait as may. */
  | 'full'
  /** It has waited too long. */
  | 'late';

/** A lane does not take a request, or does not go on with it. */
export class LaneRefusal extends Error {
  override name = 'LaneRefusal';
  constructor(
    readonly lane: Lane,
    readonly reason: RefusalReason,
    /** When to try again. */
    readonly retryAfterS: number,
  ) {
    super(`the lane ${lane} is ${reason === 'full' ? 'full' : 'too slow'}`);
  }
}

/** Whoever sent a request went away while it waited. The code is that of a stream that ends too early. */
export class VisitorGone extends Error {
  override name = 'VisitorGone';
  readonly code = 'ERR_STREAM_PREMATURE_CLOSE';
}

/** How a lane stands. */
export interface LaneState {
  readonly lane: Lane;
  /** Requests that wait for a place, and steps that wait for their turn. */
  readonly waiting: number;
  /** How long the one has waited that came first, in seconds; 0: none waits. */
  readonly oldestSeconds: number;
}

export interface LanesOptions {
  readonly settings: LaneSettings;
  /** How long live comments may wait before more are refused, in milliseconds; 0: none is. */
  readonly maxDelayMs: number;
  /** Told of each request that a lane does not take. */
  readonly onRefused?: (lane: Lane, reason: RefusalReason) => void;
  /** A clock that never goes back, in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** One request, on its way through lanes. */
export interface Visit {
  /**
   * Goes into a lane, out of the one it was in; waits for a place.
   * @throws LaneRefusal where the lane is full, or no place was free for too long
   * @throws VisitorGone where the request was ended in the meantime
   */
  enter(lane: Lane): Promise<void>;
  /**
   * Says whose request it is, where that is known only now.
   * @throws LaneRefusal where too much of the owner's waits in the lane
   */
  belongsTo(owner: string): void;
  /**
   * Waits for a turn, for one step of work; what is done of it before anything else is awaited is that step.
   * @param units what it costs: characters that are judged
   * @throws LaneRefusal where it has waited too long
   * @throws VisitorGone where the request was ended in the meantime
   */
  turn(units: number): Promise<void>;
  /** Ends it: its place is another's. */
  leave(): void;
}

/** A step costs so much more than its characters: what is done for each comment, however short. */
const STEP_UNITS = 250;
/** How many requests may wait for a place, for each that may have one. */
const WAITING_EACH = 4;
/** How long a request may wait for a place, in milliseconds: clients commonly give up after 30 s. */
const LONGEST_WAIT_MS = 10_000;
/** A timer may be early by the clock that is asked. */
const TIMERS_DIFFER_MS = 10;
/** A live comment that has waited so many times as long as those behind it may expect is refused itself. */
const LIVE_PATIENCE = 10;

/** When to try again, in seconds: a live comment soon, for what was refused has not been queued. */
const RETRY_AFTER_S: Readonly<Record<Lane, number>> = {
  live: 1,
  batch: 10,
  bulk: 5,
  preview: 5,
  unknown: 1,
};

/** The lanes of a service: who may be in each, and whose turn it is. */
export class Lanes {
  readonly #gates: Readonly<Record<Lane, Gate<Entering>>>;
  readonly #turns: Turns;
  readonly #maxDelayMs: number;
  readonly #now: () => number;
  readonly #onRefused: (lane: Lane, reason: RefusalReason) => void;

  constructor({ settings, maxDelayMs, onRefused = () => {}, now = () => performance.now() }: LanesOptions) {
    const { batchesPerKey, bulkRequestsPerKey, previewsPerKey } = settings;
    this.#gates = {
      // Live comments are short and soon done: they are bounded by what waits, not by how many are being sent.
      live: new Gate(OPEN),
      batch: new Gate(boundsFor(batchesPerKey, WAITING_EACH)),
      bulk: new Gate(boundsFor(bulkRequestsPerKey, WAITING_EACH)),
      preview: new Gate(boundsFor(previewsPerKey, 0)),
      // A body has a time to arrive in: no place is held for longer.
      unknown: new Gate(OPEN),
    };
    this.#maxDelayMs = maxDelayMs;
    this.#now = now;
    this.#onRefused = onRefused;
    const longestLiveMs = maxDelayMs === 0 ? ANY : maxDelayMs * LIVE_PATIENCE;
    this.#turns = new Turns((lane) => (lane === 'live' ? longestLiveMs : ANY), now);
  }

  /** How many requests may be in a lane at once. */
  placesIn(lane: Lane): number {
    return this.#gates[lane].places;
  }

  /** To be told of each connection as it is taken: those behind it come before more is judged. */
  connected(): void {
    this.#turns.connected();
  }

  states(): LaneState[] {
    return LANES.map((lane) => {
      const { steps, oldestMs } = this.#turns.waiting(lane);
      const gate = this.#gates[lane];
      const oldest = Math.max(oldestMs, gate.oldestMs(this.#now()));
      return { lane, waiting: steps + gate.waiting, oldestSeconds: oldest / 1000 };
    });
  }

  /**
   * Begins a visit.
   * @param known whose request it is; undefined: it is told later, and until then nothing is refused for it
   */
  visit(known: string | undefined): Visit {
    let owner = known;
    let isOver = false;
    let place: { readonly lane: Lane; readonly owner: string } | undefined;
    let giveUp: (() => void) | undefined;
    const checkDelay = () => {
      if (place?.lane === 'live' && owner !== undefined) this.#checkDelay(owner);
    };
    const giveBack = () => {
      if (place) this.#gates[place.lane].leave(place.owner)?.enter();
      place = undefined;
    };
    return {
      enter: async (lane) => {
        if (place?.lane === lane) return;
        giveBack();
        if (isOver) throw new VisitorGone();
        const its = { lane, owner: owner ?? '' };
        const waiting = this.#enter(its.lane, its.owner);
        giveUp = waiting.giveUp;
        await waiting.entered;
        giveUp = undefined;
        place = its;
        // It may have ended between its turn at the gate and now.
        if (isOver) {
          giveBack();
          throw new VisitorGone();
        }
        checkDelay();
      },
      belongsTo: (told) => {
        owner = told;
        checkDelay();
      },
      turn: (units) => {
        if (!place) throw new Error('a turn was asked for in no lane');
        return this.#turn(place.lane, owner ?? '', units, () => isOver);
      },
      leave: () => {
        isOver = true;
        giveUp?.();
        giveBack();
      },
    };
  }

  /** @throws LaneRefusal where a live comment of this owner would wait too long */
  #checkDelay(owner: string): void {
    if (this.#maxDelayMs === 0 || this.#turns.expectedMs('live', owner) <= this.#maxDelayMs) return;
    throw this.#refusal('live', 'full');
  }

  #enter(lane: Lane, owner: string): { readonly entered: Promise<void>; readonly giveUp: () => void } {
    const gate = this.#gates[lane];
    const { promise, resolve, reject } = pending();
    const entering: Entering = { enter: resolve, refuse: (reason) => reject(this.#refusal(lane, reason)) };
    const arrived = gate.arrive(entering, owner, this.#now());
    if (arrived.kind === 'in') entering.enter();
    else if (arrived.kind === 'refused') entering.refuse('full');
    else {
      arrived.instead?.refuse('full');
      setTimeout(() => this.#expire(lane), LONGEST_WAIT_MS + TIMERS_DIFFER_MS).unref();
    }
    const giveUp = () => {
      gate.giveUp(entering);
      reject(new VisitorGone());
    };
    return { entered: promise, giveUp };
  }

  #turn(lane: Lane, owner: string, units: number, isGone: () => boolean): Promise<void> {
    const { promise, resolve, reject } = pending();
    this.#turns.ask(lane, owner, STEP_UNITS + units, {
      isGone,
      begin: resolve,
      refuse: (why) => reject(why === 'late' ? this.#refusal(lane, 'late') : new VisitorGone()),
    });
    return promise;
  }

  #expire(lane: Lane): void {
    for (const entering of this.#gates[lane].expire(this.#now())) entering.refuse('late');
  }

  #refusal(lane: Lane, reason: RefusalReason): LaneRefusal {
    this.#onRefused(lane, reason);
    return new LaneRefusal(lane, reason, RETRY_AFTER_S[lane]);
  }
}

/** A request before the gate of a lane. */
interface Entering {
  enter(): void;
  refuse(reason: RefusalReason): void;
}

const ANY = Number.POSITIVE_INFINITY;
const OPEN: GateBounds = { atOnce: ANY, perOwner: ANY, waiting: 0, longestWaitMs: ANY };

function boundsFor(perOwner: number, waitingEach: number): GateBounds {
  const atOnce = Math.ceil(perOwner * 1.5);
  return { atOnce, perOwner, waiting: atOnce * waitingEach, longestWaitMs: LONGEST_WAIT_MS };
}

function pending() {
  let resolve: () => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
