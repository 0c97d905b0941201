import { z } from 'zod';
import type { ConnectionCaps } from './connections.js';

/** Of the files that may be open, so many are for other things than connections: rule files, threads, Redis, the log. */
const KEPT = 64;
/** There are as many connections at least, however few files may be open. */
const LEAST = 16;

/** What is looked at of Node's report. */
const Report = z.object({
  userLimits: z.object({ open_files: z.object({ soft: z.union([z.number(), z.literal('unlimited')]) }) }),
});

/**
 * How many files this process may have open at once, connections being files too; `Infinity` where there is no such
 * limit. Node has raised it as far as it may by itself.
 */
export function openFilesAllowed(): number {
  // The report would ask a name server for the name of every peer, Redis too, and hold the start up until it answers.
  // (Node knows the option, its types do not.)
  Object.assign(process.report, { excludeNetwork: true });
  const read = Report.safeParse(process.report.getReport());
  // Windows counts none.
  if (!read.success) return Number.POSITIVE_INFINITY;
  const { soft } = read.data.userLimits.open_files;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : soft;
}

/**
 * Caps of the connections of several servers, lowered so that all of them together find files. One that the system has
 * no file for can take nobody's place: whoever opens connections and leaves them idle would keep everybody out.
 * @param wanted the caps of each server
 * @param openFiles how many files may be open
 * @example capsWithin([{ inAll: 4096, byAddress: 2048 }], 1024) // [{ inAll: 960, byAddress: 480 }]
 */
export function capsWithin(wanted: readonly ConnectionCaps[], openFiles: number): ConnectionCaps[] {
  const all = wanted.reduce((sum, { inAll }) => sum + inAll, 0);
  const share = Math.min(1, (openFiles - KEPT) / all);
  if (share === 1) return [...wanted];
  const lowered = (cap: number) => Math.max(Math.min(cap, LEAST), Math.floor(cap * share));
  return wanted.map(({ inAll, byAddress }) => ({ inAll: lowered(inAll), byAddress: lowered(byAddress) }));
}
