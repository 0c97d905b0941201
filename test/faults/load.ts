import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Admission, Limiter } from '../../src/limits/limiter.js';

const EVERY_MS = 5;

/** One comment of a load. */
export interface Answer {
  readonly admission: Admission;
  /** How long it took. */
  readonly ms: number;
}

/**
 * Posts about 200 comments a second, each of another user, until stopped.
 * @returns what stops it, waits for the last answer, and rejects when one comment did
 */
export function load(limiter: Limiter): { stop(): Promise<{ answers: Answer[]; late: number }> } {
  const pending: Promise<Answer>[] = [];
  const lateness = monitorEventLoopDelay({ resolution: EVERY_MS });
  lateness.enable();
  const timer = setInterval(() => pending.push(post(limiter, `reader-${pending.length}`)), EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      const answers = await Promise.all(pending);
      lateness.disable();
      // How late this process itself was, at worst: that is not the limiter's doing.
      return { answers, late: lateness.max / 1e6 };
    },
  };
}

async function post(limiter: Limiter, user: string): Promise<Answer> {
  const started = performance.now();
  const admission = await limiter.admit(user);
  return { admission, ms: performance.now() - started };
}
