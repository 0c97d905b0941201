import { nearMiss } from '../guidelines/mistakes/suggest.js';
import { Problem } from './problem.js';

/**
 * Refuses a query parameter that is written a little differently from a known one: passed over like any other unknown
 * one, it would have no effect, and nobody would know why.
 * @param query as Express reads it
 * @throws Problem 400
 * @example refuseSlips(request.query, ['dryRun']) // ?dryrun=true, ?dry_run=true
 */
export function refuseSlips(query: unknown, known: readonly string[]): void {
  for (const name of Object.keys(query ?? {})) {
    if (known.includes(name)) continue;
    const meant = nearMiss(name, known);
    if (meant === undefined) continue;
    throw new Problem(
      'query-invalid',
      `There is no query parameter ${JSON.stringify(name)}; write ${JSON.stringify(meant)}.`,
    );
  }
}
