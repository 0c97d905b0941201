import type { CountStore, LimiterLog } from './counts.js';
import { HashSecret } from './hash-secret.js';
import { type Capacities, capacitiesFor } from './memory/capacities.js';
import { openMemory } from './memory/store.js';
import { openRedis } from './redis/store.js';

/**
 * The stores that settings can ask for, each a folder of its own. Each opens where its own settings are set, and
 * returns undefined where they are not; the first that opens is used.
 */
const STORES = [openRedis];

/** The settings of all stores together. */
export type StoreSettings = SettingsOf<(typeof STORES)[number]> & {
  /** Of how many users counts are kept in memory. @default `MOST_USERS` */
  readonly mostUsers?: number;
  /** With what users and texts are hashed; undefined: made at random, and shared by the store. */
  readonly userIdSecret?: string | undefined;
};

/** What each of these stores asks for, all at once: every store is shown the same settings. */
type SettingsOf<Open> = (
  Open extends (settings: infer Settings, ...rest: never[]) => unknown
    ? (all: Settings) => void
    : never
) extends (all: infer All) => void
  ? All
  : never;

/** A store that is open, and the room in memory that goes with it. */
export interface OpenStore extends CountStore {
  /** For what limiters count in memory, be it because the store is memory or because it is away. */
  readonly capacities: Capacities;
}

/**
 * Opens the store that the settings ask for, or memory where they ask for none. Logs once which it is. Does not
 * wait until the store answers.
 * @returns a store that counts any number of sites, each apart from the others
 * @throws RedisAddressError for a `redisUrl` that cannot be used
 */
export function openStore(settings: StoreSettings, log: LimiterLog): OpenStore {
  const capacities = capacitiesFor(settings.mostUsers);
  const secret = new HashSecret(settings.userIdSecret);
  for (const open of STORES) {
    const store = open(settings, { secret, isShared: settings.userIdSecret === undefined }, log);
    if (store) return { ...store, capacities };
  }
  return { ...openMemory(capacities, secret, log), capacities };
}
