/** How often it is looked whether the event loop is on time, in milliseconds. */
const TICK_MS = 20;
/** So many requests are taken in a row however late it is: a pause of the machine is no queue. */
const ALWAYS_TAKEN = 16;

/** Tells whether what comes now would wait too long for its turn. */
export interface Overload {
  /** Asked once by each request that means work: whether to refuse it. */
  refuses(): boolean;
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
  let taken = 0;
  const timer = setInterval(() => {
    due = performance.now() + TICK_MS;
    taken = 0;
  }, TICK_MS).unref();
  return {
    refuses() {
      if (taken >= ALWAYS_TAKEN && performance.now() - due > mostMs) return true;
      taken += 1;
      return false;
    },
    stop: () => clearInterval(timer),
  };
}
