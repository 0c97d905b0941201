import { eventually } from './eventually.js';
import { freePort, type RedisServer, startRedis } from './redis-server.js';
import { asArguments, tlsSettings } from './redis-tls.js';

const SLOTS = 16_384;
/** After this long without an answer a node is taken for dead by the others, and its replica takes over. */
const NODE_TIMEOUT_MS = 1000;
const LONGEST_JOIN_MS = 60_000;

/** A Redis Cluster of the tests' own: three nodes that hold keys, and a replica of the first. */
export interface RedisCluster {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** The first node and its replica, which may have changed places. */
  readonly pair: readonly [RedisServer, RedisServer];
  /** The nodes without a replica. */
  readonly others: readonly RedisServer[];
  stop(): Promise<void>;
}

/**
 * Starts a Cluster; done when all its nodes say that it works. `stop` it in `afterAll`.
 * @param options.tls with TLS, by the certificate of the tests
 * @param options.user who may come in beside the tests, who need no password: `name:password`
 */
export async function startCluster(options: { tls?: boolean; user?: string } = {}): Promise<RedisCluster> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
  const ports = new Map<RedisServer, number>();
  const start = async () => {
    const port = options.tls ? await freePort() : undefined;
    const server = await startRedis(
      ...settings,
      ...['--cluster-node-timeout', `${NODE_TIMEOUT_MS}`],
      ...(port === undefined ? [] : asArguments({ ...tlsSettings(port), 'tls-cluster': 'yes' })),
      ...userArguments(options.user),
    );
    ports.set(server, port ?? server.port);
    return server;
  };
  const first = await start();
  const second = await start();
  const third = await start();
  const replica = await start();
  const nodes = [first, second, third, replica];
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    const holders = [first, second, third];
    const share = Math.ceil(SLOTS / holders.length);
    for (const [i, node] of holders.entries()) {
      const last = Math.min((i + 1) * share, SLOTS);
      const slots = Array.from({ length: last - i * share }, (_, n) => i * share + n);
      await node.command(`CLUSTER ADDSLOTS ${slots.join(' ')}`);
    }
    for (const node of nodes.slice(1)) await first.command(`CLUSTER MEET 127.0.0.1 ${ports.get(node)}`);
    const [, id = ''] = /\r\n(\w{40})/.exec(await first.command('CLUSTER MYID')) ?? [];
    await eventually(
      'the replica knows the first node',
      async () => (await replica.command(`CLUSTER REPLICATE ${id}`)).startsWith('+OK'),
      LONGEST_JOIN_MS,
    );
    await eventually('the Cluster works', () => isWhole(nodes), LONGEST_JOIN_MS);
    await eventually('the replica follows', () => isFollowing(replica), LONGEST_JOIN_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `${options.tls ? 'rediss' : 'redis'}+cluster://${options.user ? `${options.user}@` : ''}${[...ports.values()].map((port) => `127.0.0.1:${port}`).join(',')}`,
    pair: [first, replica],
    others: [second, third],
    stop,
  };
}

async function isWhole(nodes: readonly RedisServer[]): Promise<boolean> {
  const states = await Promise.all(nodes.map((node) => node.command('CLUSTER INFO')));
  return states.every(
    (state) => state.includes('cluster_state:ok') && state.includes(`cluster_known_nodes:${nodes.length}`),
  );
}

/** Whether a server is a replica that has all of its master's keys. */
export async function isFollowing(server: RedisServer): Promise<boolean> {
  // One that changes its role closes its connections.
  const state = await server.command('INFO replication').catch(() => '');
  return state.includes('role:slave') && state.includes('master_link_status:up');
}

/** Of a master and its replica, which is which just now; both must run. */
export async function rolesOf(pair: readonly [RedisServer, RedisServer]) {
  const [one, other] = pair;
  return (await isFollowing(one)) ? { master: other, replica: one } : { master: one, replica: other };
}

/** Arguments that let a user in who may do what counting comments needs, and no more. */
export function userArguments(user: string | undefined): string[] {
  if (user === undefined) return [];
  const [name = '', password = ''] = user.split(':');
  const may = ['~stet:*', '+@read', '+@write', '+@scripting', '+@connection', '+info', '+cluster', '+time'];
  return ['--user', name, 'on', `>${password}`, ...may];
}
