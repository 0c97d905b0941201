/** How a lane waits for its turns. */
export interface LaneBounds {
  /** What it gets while other lanes wait too, as parts of the sum of those that wait. */
  readonly share: number;
  /** What has waited longer is not worth its turn any more, in milliseconds. */
  readonly longestWaitMs: number;
}

/** One step of work that waits for its turn. */
export interface Step<Work> {
  /** Whose work it is: within a lane, owners are served in equal parts. */
  readonly owner: string;
  /** How much work it is, in any unit, above 0. */
  readonly cost: number;
  /** Since when it waits, by the clock of whoever asks, in milliseconds. */
  readonly at: number;
  readonly work: Work;
}

/** A step whose turn has come. */
export interface Turn<Lane extends string, Work> {
  readonly lane: Lane;
  readonly step: Step<Work>;
  /** Whether it has waited too long. It has cost its lane nothing. */
  readonly isLate: boolean;
}

/** What waits in a lane. */
export interface Waiting {
  readonly steps: number;
  /** Of all steps together. */
  readonly cost: number;
  /** How long the one has waited that came first, in milliseconds; 0: none waits. */
  readonly oldestMs: number;
}

/**
 * Who works next: start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996), of lanes by their shares and within a
 * lane of owners by equal parts. Work is counted, not timed: a lane's turn comes once what it has had, divided by its
 * share, is the least of those that wait. One that had nothing waiting starts level with the one that is served, so that
 * it neither saves up turns nor waits for those that others have saved.
 *
 * Pure but for what it holds: the same calls give the same order.
 *
 * @example
 * const queue = new FairQueue({ live: { share: 4, longestWaitMs: 1000 }, bulk: { share: 1, longestWaitMs: 1000 } });
 * queue.push('bulk', { owner: 'a', cost: 100, at: 0, work: 'x' });
 * queue.push('live', { owner: 'b', cost: 100, at: 0, work: 'y' });
 * queue.shift(1)?.step.work; // 'y': of two that are level, the larger share goes first
 */
export class FairQueue<Lane extends string, Work> {
  /** Largest share first. */
  readonly #lanes: readonly WaitingLane<Lane, Work>[];
  #now = 0;

  constructor(bounds: Readonly<Record<Lane, LaneBounds>>) {
    const lanes: WaitingLane<Lane, Work>[] = [];
    for (const name in bounds) lanes.push(new WaitingLane(name, bounds[name]));
    this.#lanes = lanes.sort((a, b) => b.bounds.share - a.bounds.share);
  }

  push(lane: Lane, step: Step<Work>): void {
    const its = this.#lane(lane);
    if (its.steps === 0) its.start = Math.max(this.#now, its.finish);
    its.push(step);
  }

  /** The lane whose turn it is; undefined where nothing waits. */
  get next(): Lane | undefined {
    return this.#next()?.name;
  }

  /** Takes out the step whose turn it is; undefined where none waits. */
  shift(nowMs: number): Turn<Lane, Work> | undefined {
    const lane = this.#next();
    if (!lane) return undefined;
    const { step, isLate } = lane.shift(nowMs);
    this.#now = lane.start;
    if (!isLate) lane.finish = lane.start + step.cost / lane.bounds.share;
    lane.start = lane.finish;
    if (this.#lanes.every(({ steps }) => steps === 0)) this.#forget();
    return { lane: lane.name, step, isLate };
  }

  /** @param nowMs by the clock that `Step.at` is told by */
  waiting(lane: Lane, nowMs: number): Waiting {
    const { steps, cost, oldest } = this.#lane(lane);
    return { steps, cost, oldestMs: oldest === undefined ? 0 : nowMs - oldest };
  }

  /**
   * How much work is done, at the most, before a step that an owner pushes now: its own that waits, what others of the
   * lane have in the meantime, and what other lanes have.
   * @returns how many of the owner's own steps wait, and the cost of all that is before it; 0 where none of its own waits
   */
  ahead(lane: Lane, owner: string): { readonly steps: number; readonly cost: number } {
    const its = this.#lane(lane);
    const { steps, cost } = its.of(owner);
    if (steps === 0) return { steps: 0, cost: 0 };
    const shares = this.#lanes.reduce(
      (sum, each) => sum + (each === its || each.steps > 0 ? each.bounds.share : 0),
      0,
    );
    return { steps, cost: (Math.min(its.cost, cost * its.owners) * shares) / its.bounds.share };
  }

  #next(): WaitingLane<Lane, Work> | undefined {
    return leastOf(this.#lanes.filter(({ steps }) => steps > 0));
  }

  #lane(name: Lane): WaitingLane<Lane, Work> {
    const lane = this.#lanes.find((each) => each.name === name);
    if (!lane) throw new Error(`there is no lane ${name}`);
    return lane;
  }

  /** Where nobody waits nobody has had more than another: all are level again, and no number grows without end. */
  #forget(): void {
    this.#now = 0;
    for (const lane of this.#lanes) lane.forget();
  }
}

/** One lane: the owners that have work in it. */
class WaitingLane<Lane extends string, Work> {
  start = 0;
  finish = 0;
  steps = 0;
  cost = 0;
  readonly #owners = new Map<string, Owner<Work>>();
  #now = 0;

  constructor(
    readonly name: Lane,
    readonly bounds: LaneBounds,
  ) {}

  /** How many owners have something waiting. */
  get owners(): number {
    return this.#waiting().length;
  }

  get oldest(): number | undefined {
    const firsts = this.#waiting().flatMap(({ steps: [first] }) => (first ? [first.at] : []));
    return firsts.length > 0 ? Math.min(...firsts) : undefined;
  }

  of(owner: string): { readonly steps: number; readonly cost: number } {
    const its = this.#owners.get(owner);
    return { steps: its?.steps.length ?? 0, cost: its?.cost ?? 0 };
  }

  push(step: Step<Work>): void {
    const owner = this.#owners.get(step.owner) ?? { start: 0, finish: 0, cost: 0, steps: [] };
    this.#owners.set(step.owner, owner);
    if (owner.steps.length === 0) owner.start = Math.max(this.#now, owner.finish);
    owner.steps.push(step);
    owner.cost += step.cost;
    this.steps += 1;
    this.cost += step.cost;
  }

  shift(nowMs: number): { readonly step: Step<Work>; readonly isLate: boolean } {
    const owner = leastOf(this.#waiting());
    const step = owner?.steps.shift();
    if (!owner || !step) throw new Error(`nothing waits in the lane ${this.name}`);
    const isLate = nowMs - step.at > this.bounds.longestWaitMs;
    this.#now = owner.start;
    if (!isLate) owner.finish = owner.start + step.cost;
    owner.start = owner.finish;
    owner.cost -= step.cost;
    this.steps -= 1;
    this.cost -= step.cost;
    // One that has had no more than those that wait needs no remembering.
    for (const [name, { steps, finish }] of this.#owners) {
      if (steps.length === 0 && finish <= this.#now) this.#owners.delete(name);
    }
    return { step, isLate };
  }

  forget(): void {
    this.start = 0;
    this.finish = 0;
    this.#now = 0;
    this.#owners.clear();
  }

  #waiting(): Owner<Work>[] {
    return [...this.#owners.values()].filter(({ steps }) => steps.length > 0);
  }
}

interface Owner<Work> {
  start: number;
  finish: number;
  cost: number;
  readonly steps: Step<Work>[];
}

/** The first of those whose turn is the earliest. */
function leastOf<Queue extends { readonly start: number }>(queues: readonly Queue[]): Queue | undefined {
  return queues.reduce<Queue | undefined>(
    (least, queue) => (least && least.start <= queue.start ? least : queue),
    undefined,
  );
}
