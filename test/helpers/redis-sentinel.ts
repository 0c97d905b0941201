import { eventually } from './eventually.js';
import { isFollowing, userArguments } from './redis-cluster.js';
import { freePort, type RedisServer, startRedis, startSentinel } from './redis-server.js';
import { asArguments, asLines, tlsSettings } from './redis-tls.js';

const MASTER = 'comments';
const SENTINELS = 3;
const QUORUM = 2;
const LONGEST_START_MS = 60_000;
const LONGEST_FAILOVER_MS = 60_000;

/** A master, a replica and three Sentinels of the tests' own. */
export interface WatchedRedis {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** The master and its replica, which may have changed places. */
  readonly pair: readonly [RedisServer, RedisServer];
  readonly sentinels: readonly RedisServer[];
  /** Has the replica take over while the master runs; done when all Sentinels say so. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts them; done when the Sentinels know each other and the replica. `stop` them in `afterAll`.
 * @param options.tls with TLS, by the certificate of the tests
 * @param options.user who may come in to the servers beside the tests, who need no password: `name:password`
 * @param options.sentinelUser the same for the Sentinels
 */
export async function startSentinels(
  options: { tls?: boolean; user?: string; sentinelUser?: string } = {},
): Promise<WatchedRedis> {
  const tls = async () => (options.tls ? tlsSettings(await freePort()) : {});
  const own = await tls();
  const user = userArguments(options.user);
  const master = await startRedis(...asArguments(own), ...user);
  const masterPort = own['tls-port'] ?? `${master.port}`;
  const replica = await startRedis(
    ...['--replicaof', '127.0.0.1', masterPort],
    ...asArguments(await tls()),
    ...user,
  );
  const config = [
    `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} ${QUORUM}`,
    `sentinel down-after-milliseconds ${MASTER} 1000`,
    `sentinel failover-timeout ${MASTER} 3000`,
  ];
  const ports: string[] = [];
  const sentinels = await Promise.all(
    Array.from({ length: SENTINELS }, async () => {
      const settings = await tls();
      const sentinel = await startSentinel([
        ...config,
        ...asLines(settings),
        ...userLine(options.sentinelUser),
      ]);
      ports.push(settings['tls-port'] ?? `${sentinel.port}`);
      return sentinel;
    }),
  );
  const stop = async () => {
    await Promise.all([...sentinels, master, replica].map((server) => server.stop()));
  };
  const first = sentinels[0] ?? master;
  try {
    await eventually('the replica follows', () => isFollowing(replica), LONGEST_START_MS);
    await eventually(
      'the Sentinels know all',
      async () => {
        const told = await Promise.all(sentinels.map((sentinel) => sentinel.command('INFO sentinel')));
        return told.every(
          (one) => one.includes(`status=ok`) && one.includes(`slaves=1,sentinels=${SENTINELS}`),
        );
      },
      LONGEST_START_MS,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: urlOf(ports, options),
    pair: [master, replica],
    sentinels,
    async failOver() {
      const named = await namedMaster(first);
      await eventually('a Sentinel starts the failover', async () =>
        (await first.command(`SENTINEL FAILOVER ${MASTER}`)).startsWith('+OK'),
      );
      await eventually(
        'all Sentinels name the new master',
        async () => !(await Promise.all(sentinels.map(namedMaster))).includes(named),
        LONGEST_FAILOVER_MS,
      );
    },
    stop,
  };
}

function namedMaster(sentinel: RedisServer): Promise<string> {
  return sentinel.command(`SENTINEL GET-MASTER-ADDR-BY-NAME ${MASTER}`);
}

function urlOf(
  ports: readonly string[],
  options: { tls?: boolean; user?: string; sentinelUser?: string },
): string {
  const scheme = options.tls ? 'rediss+sentinel' : 'redis+sentinel';
  const [name = '', password = ''] = options.sentinelUser?.split(':') ?? [];
  const query = options.sentinelUser ? `?sentinelUsername=${name}&sentinelPassword=${password}` : '';
  const login = options.user ? `${options.user}@` : '';
  return `${scheme}://${login}${ports.map((port) => `127.0.0.1:${port}`).join(',')}/${MASTER}${query}`;
}

function userLine(user: string | undefined): string[] {
  if (user === undefined) return [];
  const [name = '', password = ''] = user.split(':');
  return [`user ${name} on >${password} ~* &* +@all`];
}
