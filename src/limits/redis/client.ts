import { Cluster, Command, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './address.js';

/** A client of a Redis, however it is reached. Both have the same commands. */
export type RedisClient = Redis | Cluster;

/** A connection on which an answer is due for this long is dropped and made anew. */
const DEAD_AFTER_MS = 1000;
/** The longest pause between two attempts to connect. */
const RECONNECT_WITHIN_MS = 1000;
/** How often the nodes of a Cluster are asked who holds what. Errors tell of it sooner. */
const REFRESH_EVERY_MS = 2000;

/**
 * Starts to connect, and does not wait for it. Nothing is put off and nothing is sent twice: a comment is counted
 * now or in memory, never late. So what is asked without a connection fails, and so does what was on its way when
 * a connection broke. It goes on connecting until `disconnect`.
 */
export function createClient(address: RedisAddress): RedisClient {
  switch (address.kind) {
    case 'server':
      return new Redis({ ...single(address.tls), ...address.node, ...address.login, db: address.db });
    case 'sentinel':
      return new Redis({
        ...single(address.tls),
        ...address.login,
        db: address.db,
        name: address.master,
        sentinels: [...address.sentinels],
        ...(address.sentinelLogin.username ? { sentinelUsername: address.sentinelLogin.username } : {}),
        ...(address.sentinelLogin.password ? { sentinelPassword: address.sentinelLogin.password } : {}),
        ...(address.tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
        sentinelRetryStrategy: pause,
        // They tell of a new master at once, also while the old one is cut off from them but not from here.
        failoverDetector: true,
        sentinelReconnectStrategy: pause,
        sentinelCommandTimeout: DEAD_AFTER_MS,
      });
    case 'cluster':
      return new Cluster([...address.nodes], {
        enableAutoPipelining: true,
        enableOfflineQueue: false,
        clusterRetryStrategy: pause,
        // One redirection: after a failover the right node is asked at once.
        maxRedirections: 2,
        retryDelayOnFailover: 0,
        retryDelayOnClusterDown: 0,
        slotsRefreshTimeout: RECONNECT_WITHIN_MS,
        slotsRefreshInterval: REFRESH_EVERY_MS,
        // A certificate speaks of names: they are kept as they are, and looked up when connecting.
        ...(address.tls ? { dnsLookup: (name, done) => done(null, name) } : {}),
        redisOptions: { ...connecting(address.tls), ...address.login },
      });
  }
}

/** Options for a client with one connection. */
function single(tls: boolean): RedisOptions {
  return {
    ...connecting(tls),
    // The commands that wait when a round trip ends go out together in the next one.
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    retryStrategy: pause,
    reconnectOnError: readOnlyNow(),
  };
}

/** Options for any connection. */
function connecting(tls: boolean): RedisOptions {
  return {
    maxRetriesPerRequest: 0,
    connectTimeout: DEAD_AFTER_MS,
    socketTimeout: DEAD_AFTER_MS,
    // How long a frozen Redis may hold up the end.
    disconnectTimeout: 100,
    connectionName: 'stet',
    ...(tls ? { tls: {} } : {}),
  };
}

function pause(attempt: number): number {
  return Math.min(attempt * 100, RECONNECT_WITHIN_MS);
}

/**
 * Whether an error says that this server has become a replica. Another one may answer to the same name by now, or
 * the Sentinels know one, so it is worth connecting anew; once a second at most.
 */
function readOnlyNow(): (error: Error) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    const now = performance.now();
    if (!message.startsWith('READONLY') || now - last < RECONNECT_WITHIN_MS) return false;
    last = now;
    return true;
  };
}

/** Keys with which every node can be asked. */
const PROBE_KEYS = 4096;

/**
 * Keys that lie, between them, on every node that holds a part of the keys: one key, but for a Cluster.
 * @returns none while a Cluster's nodes are not known, or some keys have no node
 */
export function probeKeys(client: RedisClient): readonly string[] {
  if (client instanceof Redis) return [probeKey(0)];
  const { slots } = client;
  const missing = new Set<string | undefined>();
  for (let slot = 0; slot < SLOTS; slot++) missing.add(slots[slot]?.[0]);
  if (missing.has(undefined)) return [];
  const keys: string[] = [];
  for (let n = 0; missing.size > 0 && n < PROBE_KEYS; n++) {
    const key = probeKey(n);
    if (missing.delete(slots[new Command('get', [key]).getSlot()]?.[0])) keys.push(key);
  }
  return keys;
}

/** Into how many slots a Cluster parts its keys. */
const SLOTS = 16_384;

/** No hash of a user or a text: those have 43 characters. */
function probeKey(n: number): string {
  return `probe-${n}`;
}
