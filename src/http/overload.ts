/** How often it is looked whether the event loop is on time, in milliseconds. */
const TICK_MS = 20;
/** So many requests of an owner are taken in a row however late it is: a pause of the machine is no queue. */
const ALWAYS_TAKEN = 16;

/** Tells whether what comes now would wait too long for its turn. */
export interface Overload {
  /**
   * Asked once by each request that means work: whether to refuse it.
   * @param owner whose it is: one that sends little is not refused for what another sends
   */
  refuses(owner: string): boolean;
  stop(): void;
}

/**
 * Watches how late the event loop is. All that has arrived is worked off in one turn of it, and a timer that is due
 * waits for the end of that turn: how long it is overdue is how long the requests behind have waited. So a turn
 * takes the comments that it can judge in time and refuses the rest, and the service works at full strength
 * however many are sent.
 * @param mostMs how late it may be, in milliseconds; 0: nothing is refused
 */
export function watchOverload(mostMs: number): Overload {
  if (mostMs === 0) return { refuses: () => false, stop: () => {} };
  let due = performance.now() + TICK_MS;
  /** Of this turn: no more owners than connections. */
  const taken = new Map<string, number>();
  const timer = setInterval(() => {
    due = performance.now() + TICK_MS;
    taken.clear();
  }, TICK_MS).unref();
  return {
    refuses(owner) {
      const its = taken.get(owner) ?? 0;
      if (its >= ALWAYS_TAKEN && performance.now() - due > mostMs) return true;
      taken.set(owner, its + 1);
      return false;
    },
    stop: () => clearInterval(timer),
  };
}
