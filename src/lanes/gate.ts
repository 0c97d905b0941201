/** How many may be in a lane, and how many may wait before it. */
export interface GateBounds {
  /** Requests in the lane at once. */
  readonly atOnce: number;
  /** Of these, requests of one owner: fewer than all, so that there is room for another. */
  readonly perOwner: number;
  /** Requests that wait for a place. */
  readonly waiting: number;
  /** A request that has waited longer is refused, in milliseconds. */
  readonly longestWaitMs: number;
}

/** What becomes of a request that comes to a gate. */
export type Arrived<Request> =
  | { readonly kind: 'in' }
  /** `instead`: one of an owner that has more waiting was refused to make room. */
  | { readonly kind: 'waits'; readonly instead?: Request }
  | { readonly kind: 'refused' };

interface Waiting<Request> {
  readonly request: Request;
  readonly owner: string;
  /** Since when, in milliseconds. */
  readonly at: number;
}

/**
 * Lets requests into a lane: so many at once, so many of one owner, the others one after the other as places become
 * free. A free place goes to the owner that has the fewest, then to whoever came first; where no more may wait, the
 * owner with the most waiting gives up its last for one that has fewer.
 *
 * Pure but for what it holds: the clock is whoever asks.
 */
export class Gate<Request> {
  readonly #bounds: GateBounds;
  readonly #inside = new Map<string, number>();
  #waiting: readonly Waiting<Request>[] = [];
  #total = 0;

  constructor(bounds: GateBounds) {
    this.#bounds = bounds;
  }

  /** How many may be in the lane at once. */
  get places(): number {
    return this.#bounds.atOnce;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** How long the one has waited that came first, in milliseconds; 0: none waits. */
  oldestMs(nowMs: number): number {
    const [first] = this.#waiting;
    return first ? nowMs - first.at : 0;
  }

  arrive(request: Request, owner: string, nowMs: number): Arrived<Request> {
    if (this.#hasRoomFor(owner)) {
      this.#enter(owner);
      return { kind: 'in' };
    }
    const { waiting } = this.#bounds;
    const arrival = { request, owner, at: nowMs };
    if (this.#waiting.length < waiting) {
      this.#waiting = [...this.#waiting, arrival];
      return { kind: 'waits' };
    }
    const counts = this.#waitingByOwner();
    const of = (each: string) => counts.get(each) ?? 0;
    // Of the owner that has the most waiting, the one that came last.
    const last = this.#waiting.reduce<Waiting<Request> | undefined>(
      (most, each) => (most && of(most.owner) > of(each.owner) ? most : each),
      undefined,
    );
    if (!last || of(last.owner) <= of(owner) + 1) return { kind: 'refused' };
    this.#waiting = [...this.#waiting.filter((each) => each !== last), arrival];
    return { kind: 'waits', instead: last.request };
  }

  /**
   * Gives back a place of an owner.
   * @returns the request that takes it; undefined where none may
   */
  leave(owner: string): Request | undefined {
    this.#total -= 1;
    const left = (this.#inside.get(owner) ?? 0) - 1;
    if (left > 0) this.#inside.set(owner, left);
    else this.#inside.delete(owner);
    const [first, ...others] = this.#waiting.filter((each) => this.#hasRoomFor(each.owner));
    if (!first) return undefined;
    const next = others.reduce(
      (best, each) => (this.#insideOf(each.owner) < this.#insideOf(best.owner) ? each : best),
      first,
    );
    this.#waiting = this.#waiting.filter((each) => each !== next);
    this.#enter(next.owner);
    return next.request;
  }

  /** Takes back a request that waits. */
  giveUp(request: Request): void {
    this.#waiting = this.#waiting.filter((each) => each.request !== request);
  }

  /** Takes out the requests that have waited too long, in the order in which they came. */
  expire(nowMs: number): Request[] {
    const isLate = ({ at }: Waiting<Request>) => nowMs - at >= this.#bounds.longestWaitMs;
    const late = this.#waiting.filter(isLate);
    this.#waiting = this.#waiting.filter((each) => !isLate(each));
    return late.map(({ request }) => request);
  }

  #hasRoomFor(owner: string): boolean {
    const { atOnce, perOwner } = this.#bounds;
    return this.#total < atOnce && this.#insideOf(owner) < perOwner;
  }

  #enter(owner: string): void {
    this.#total += 1;
    this.#inside.set(owner, this.#insideOf(owner) + 1);
  }

  #insideOf(owner: string): number {
    return this.#inside.get(owner) ?? 0;
  }

  #waitingByOwner(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { owner } of this.#waiting) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    return counts;
  }
}
