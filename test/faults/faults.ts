import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.js';
import { isFollowing, type RedisCluster, rolesOf, startCluster } from '../helpers/redis-cluster.js';
import { startSentinels, type WatchedRedis } from '../helpers/redis-sentinel.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';

/** Something that befalls a Redis. */
export interface Fault {
  readonly name: string;
  /** Whether `npm test` tries it too, for a shorter time. */
  readonly inShort?: true;
  /** How long it lasts, in milliseconds: in full, and in `npm test`. */
  readonly lasts: { readonly full: number; readonly short: number };
  strike(): Promise<void>;
  /** Ends it, or waits for its end. With `healsItself` Redis must come back without it. */
  cure?(): Promise<void>;
  readonly healsItself?: true;
  /** Done when the servers are as before, for the next fault. */
  settle?(): Promise<void>;
}

/** Servers of the tests' own, and what befalls them. */
export interface Setting {
  readonly name: string;
  /** For `REDIS_URL`. */
  readonly url: string;
  readonly faults: readonly Fault[];
  stop(): Promise<void>;
}

const BRIEF = { full: 2000, short: 500 };
const FROZEN = { full: 5000, short: 1500 };
const LONGEST_SETTLE_MS = 20_000;

/** Those that there are. */
export const SETTINGS: readonly { readonly name: string; start(): Promise<Setting> }[] = [
  { name: 'one server', start: oneServer },
  { name: 'Cluster', start: cluster },
  { name: 'Sentinel', start: sentinel },
];

async function oneServer(): Promise<Setting> {
  const redis = await startRedis();
  const command = async (line: string) => {
    const answer = await redis.command(line);
    if (!answer.startsWith('+OK')) throw new Error(`${line}: ${answer}`);
  };
  return {
    name: 'one server',
    url: redis.url,
    stop: () => redis.stop(),
    faults: [
      {
        name: 'kill -9, started again empty',
        inShort: true,
        lasts: BRIEF,
        strike: () => redis.kill(),
        cure: () => redis.start(),
      },
      {
        name: 'stopped in order, started again empty',
        lasts: BRIEF,
        strike: () => redis.stop(),
        cure: () => redis.start(),
      },
      { name: 'SIGSTOP, then SIGCONT', inShort: true, lasts: FROZEN, ...frozen(redis) },
      {
        name: 'slow: each answer 100 ms late',
        lasts: BRIEF,
        // What is asked in a pause is answered at its end; pauses follow each other.
        async strike() {
          pauses = setInterval(() => void redis.command('CLIENT PAUSE 100 ALL').catch(() => {}), 105);
        },
        async cure() {
          clearInterval(pauses);
          await sleep(100);
        },
      },
      {
        name: 'maxmemory reached, noeviction',
        inShort: true,
        lasts: BRIEF,
        strike: () => command('CONFIG SET maxmemory 1'),
        cure: () => command('CONFIG SET maxmemory 0'),
      },
      {
        name: 'READONLY: made a replica (REPLICAOF)',
        inShort: true,
        lasts: BRIEF,
        strike: () => command('REPLICAOF 127.0.0.1 1'),
        cure: () => command('REPLICAOF NO ONE'),
      },
    ],
  };
}

let pauses: NodeJS.Timeout | undefined;

async function cluster(): Promise<Setting> {
  const servers: RedisCluster = await startCluster();
  const [, lone = servers.pair[0]] = servers.others;
  return {
    name: 'Cluster',
    url: servers.url,
    stop: () => servers.stop(),
    faults: [
      {
        name: 'CLUSTER FAILOVER',
        inShort: true,
        lasts: BRIEF,
        ...failedOver(servers.pair, async (replica) => {
          await replica.command('CLUSTER FAILOVER');
        }),
      },
      { name: 'a master kill -9, its replica takes over', lasts: BRIEF, ...masterKilled(servers.pair) },
      { name: 'a master without a replica SIGSTOP, then SIGCONT', lasts: FROZEN, ...frozen(lone) },
    ],
  };
}

async function sentinel(): Promise<Setting> {
  const servers: WatchedRedis = await startSentinels();
  return {
    name: 'Sentinel',
    url: servers.url,
    stop: () => servers.stop(),
    faults: [
      {
        name: 'SENTINEL FAILOVER',
        inShort: true,
        lasts: BRIEF,
        ...failedOver(servers.pair, () => servers.failOver()),
      },
      { name: 'the master kill -9, its replica takes over', lasts: BRIEF, ...masterKilled(servers.pair) },
      {
        name: 'the master SIGSTOP, its replica takes over',
        lasts: FROZEN,
        ...masterFrozen(servers.pair),
      },
    ],
  };
}

function frozen(server: RedisServer): Pick<Fault, 'strike' | 'cure'> {
  return {
    strike: async () => server.freeze(),
    cure: async () => server.thaw(),
  };
}

type Pair = readonly [RedisServer, RedisServer];
type FailedOver = Pick<Fault, 'strike' | 'cure' | 'healsItself' | 'settle'>;

/** Master and replica change places while both run. */
function failedOver(pair: Pair, start: (replica: RedisServer) => Promise<void>): FailedOver {
  let replica = pair[1];
  return {
    healsItself: true,
    async strike() {
      replica = (await rolesOf(pair)).replica;
      await start(replica);
    },
    cure: () =>
      eventually(
        'the replica has taken over',
        async () => (await replica.command('INFO replication')).includes('role:master'),
        LONGEST_SETTLE_MS,
      ),
    settle: () => settled(pair),
  };
}

function masterKilled(pair: Pair): FailedOver {
  let killed = pair[0];
  return {
    healsItself: true,
    async strike() {
      killed = (await rolesOf(pair)).master;
      await killed.kill();
    },
    async settle() {
      await killed.start();
      await settled(pair);
    },
  };
}

function masterFrozen(pair: Pair): FailedOver {
  let held = pair[0];
  return {
    healsItself: true,
    async strike() {
      held = (await rolesOf(pair)).master;
      held.freeze();
    },
    cure: async () => held.thaw(),
    settle: () => settled(pair),
  };
}

function settled(pair: Pair): Promise<void> {
  return eventually(
    'there is a replica again',
    async () => (await Promise.all(pair.map(isFollowing))).includes(true),
    LONGEST_SETTLE_MS,
  );
}
