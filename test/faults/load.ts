import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Admission, Limiter } from '../../src/limits/limiter.js';

const EVERY_MS = 5;

/** One comment of a load. */
export interface Answer {
  readonly admission: Admission;
  /** How long it took. */
  readonly ms: number;
}

/** Comments that are being posted. */
export interface Load {
  /** What has been answered so far, in the order of the answers. */
  readonly answered: readonly Answer[];
  /** Stops it and waits for the last answer. Rejects when one comment did. */
  stop(): Promise<{ answers: Answer[]; late: number }>;
}

/** Posts about 200 comments a second, each of another user, until stopped. */
export function load(limiter: Limiter): Load {
  const answered: Answer[] = [];
  const pending: Promise<Answer>[] = [];
  const send = async (user: string) => {
    const answer = await post(limiter, user);
    answered.push(answer);
    return answer;
  };
  const lateness = monitorEventLoopDelay({ resolution: EVERY_MS });
  lateness.enable();
  const timer = setInterval(() => pending.push(send(`reader-${pending.length}`)), EVERY_MS);
  return {
    answered,
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
