import { setTimeout as sleep } from 'node:timers/promises';

/** Only ends a test that would hang: what is waited for here comes within a second or two. */
const LONGEST_MS = 45_000;

/**
 * Waits until something holds, looking every 20 ms.
 * @param longestMs after which it is given up
 * @throws Error that names what was waited for
 */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  longestMs = LONGEST_MS,
): Promise<void> {
  const hanging = AbortSignal.timeout(longestMs);
  while (!(await holds())) {
    if (hanging.aborted) throw new Error(`waited ${longestMs} ms in vain: ${what}`);
    await sleep(20);
  }
}
