import type { CountStore, LimiterLog } from './counts.js';
import { openMemory } from './memory/store.js';
import { openRedis } from './redis/store.js';

/**
 * The stores that settings can ask for, each a folder of its own. Each opens where its own settings are set, and
 * returns undefined where they are not; the first that opens is used.
 */
const STORES = [openRedis];

/** The settings of all stores together. */
export type StoreSettings = (typeof STORES)[number] extends (
  settings: infer Settings,
  log: LimiterLog,
) => unknown
  ? Settings
  : never;

/**
 * Opens the store that the settings ask for, or memory where they ask for none. Logs once which it is. Does not
 * wait until the store answers.
 * @returns a store that counts any number of sites, each apart from the others
 * @throws RedisAddressError for a `redisUrl` that cannot be used
 */
export function openStore(settings: StoreSettings, log: LimiterLog): CountStore {
  for (const open of STORES) {
    const store = open(settings, log);
    if (store) return store;
  }
  return openMemory(log);
}
