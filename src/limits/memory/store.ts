import type { CountStore, LimiterLog } from '../counts.js';
import type { HashSecret } from '../hash-secret.js';
import type { Capacities } from './capacities.js';
import { MemoryCounts } from './counts.js';

/**
 * Counts in this process alone: for a service of one instance. Logs that it does.
 * @param capacities room that all sites share
 * @param secret with what users and texts are hashed
 */
export function openMemory(capacities: Capacities, secret: HashSecret, log: LimiterLog): CountStore {
  log.info({ limiter: 'memory' }, 'rate limits are counted in memory, by this instance alone');
  const sites = new Map<string, MemoryCounts>();
  return {
    counts(site) {
      const counts = sites.get(site) ?? new MemoryCounts({ capacities, secret });
      sites.set(site, counts);
      return counts;
    },
    async close() {},
  };
}
