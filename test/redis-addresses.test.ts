import type { Limiter } from '../src/limits/limiter.js';
import { allShared } from './faults/trial.js';
import { countedInRedis } from './helpers/counted-in-redis.js';
import { createLimiter } from './helpers/create-limiter.js';
import { eventually } from './helpers/eventually.js';
import { RecordedLog } from './helpers/recorded-log.js';
import { type RedisCluster, startCluster, userArguments } from './helpers/redis-cluster.js';
import { startSentinels, type WatchedRedis } from './helpers/redis-sentinel.js';
import { freePort, type RedisServer, startRedis } from './helpers/redis-server.js';
import { asArguments, CERTIFICATE, tlsSettings } from './helpers/redis-tls.js';
import { type LogLine, post, startService } from './helpers/service.js';
import { tinyRules } from './helpers/stet.js';

const POLICY = { windows: [{ name: 'burst', points: 5, seconds: 60 }] };
const USER = 'counter:s3cret%40';
const LONGEST_MS = 120_000;
const RULES_DIR = tinyRules();

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function started<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  cleanUp.push(() => server.stop());
  return server;
}

let clusters: { readonly own: RedisCluster; readonly tls: RedisCluster };
let watched: { readonly own: WatchedRedis; readonly tls: WatchedRedis };

// Each takes two seconds, in which it waits.
beforeAll(async () => {
  const [ownCluster, tlsCluster, ownWatched, tlsWatched] = await Promise.all([
    startCluster({ user: 'counter:s3cret' }),
    startCluster({ tls: true }),
    startSentinels({ user: 'counter:s3cret', sentinelUser: 'watcher:s3cret' }),
    startSentinels({ tls: true }),
  ]);
  clusters = { own: ownCluster, tls: tlsCluster };
  watched = { own: ownWatched, tls: tlsWatched };
}, LONGEST_MS);
afterAll(async () => {
  await Promise.all([clusters.own, clusters.tls, watched.own, watched.tls].map((servers) => servers.stop()));
});

async function limiterFor(redisUrl: string): Promise<Limiter> {
  const log = new RecordedLog();
  const limiter = createLimiter(POLICY, { redisUrl, logger: log });
  cleanUp.push(() => limiter.close());
  await eventually(`it is connected: ${log.lines.join('\n')}`, () => limiter.healthy);
  return limiter;
}

/** Ten comments of one user at once: five must come in. */
async function admittedOfTen(limiter: Limiter): Promise<number> {
  const admissions = await countedInRedis([limiter], (attempt) =>
    Promise.all(Array.from({ length: 10 }, () => limiter.admit(`eager-${attempt}`))),
  );
  return admissions.filter(({ admitted }) => admitted).length;
}

/** Whether a connection of the limiter's, by this user, is open there. */
async function hasLoggedIn(server: RedisServer, user: string): Promise<boolean> {
  const clients = await server.command('CLIENT LIST');
  return clients.split('\n').some((client) => client.includes(` user=${user} `));
}

describe('comments are counted in', () => {
  test('a server that wants a password', async () => {
    const redis = await started(startRedis('--requirepass', 'a:b@c/d,e%'));
    const url = redis.url.replace('//', `//:${encodeURIComponent('a:b@c/d,e%')}@`);
    expect(await admittedOfTen(await limiterFor(url))).toBe(5);
  });

  test('a server, as a user of its access list', async () => {
    const redis = await started(startRedis(...userArguments(decodeURIComponent(USER))));
    expect(await admittedOfTen(await limiterFor(redis.url.replace('//', `//${USER}@`)))).toBe(5);
    expect(await hasLoggedIn(redis, 'counter')).toBe(true);
  });

  test('the database that the address names', async () => {
    const redis = await started(startRedis());
    expect(await admittedOfTen(await limiterFor(`${redis.url}/3`))).toBe(5);
    expect(await redis.command('INFO keyspace')).toMatch(/^db3:/m);
    expect(await redis.command('INFO keyspace')).not.toMatch(/^db0:/m);
  });

  test(
    'a Cluster, as a user, each user of the site on one node',
    async () => {
      const cluster = clusters.own;
      const limiter = await limiterFor(cluster.url);
      const USERS = 50;
      const admissions = await countedInRedis([limiter], (attempt) => {
        const users = Array.from({ length: USERS }, (_, i) => `reader-${attempt}-${i}`);
        return Promise.all(users.flatMap((user) => Array.from({ length: 10 }, () => limiter.admit(user))));
      });
      expect(admissions.filter(({ admitted }) => admitted).length).toBe(5 * USERS);
      for (const node of [cluster.pair[0], ...cluster.others]) {
        expect(await hasLoggedIn(node, 'counter')).toBe(true);
        expect(await node.command('INFO keyspace')).toMatch(/^db0:/m);
      }
    },
    LONGEST_MS,
  );

  test(
    'the master that Sentinels name, as a user there and as another here',
    async () => {
      const redis = watched.own;
      expect(await admittedOfTen(await limiterFor(redis.url))).toBe(5);
      expect(await hasLoggedIn(redis.pair[0], 'counter')).toBe(true);
      const asked = await Promise.all(redis.sentinels.map((sentinel) => hasLoggedIn(sentinel, 'watcher')));
      expect(asked).toContain(true);
    },
    LONGEST_MS,
  );
});

describe('with TLS, by a certificate that NODE_EXTRA_CA_CERTS names, comments are counted in', () => {
  async function oneServer() {
    const port = await freePort();
    const server = await startRedis(...asArguments(tlsSettings(port)));
    return { url: `rediss://127.0.0.1:${port}`, stop: () => server.stop() };
  }

  test.each([
    { what: 'a server', urlOf: async () => (await started(oneServer())).url },
    { what: 'a Cluster', urlOf: async () => clusters.tls.url },
    { what: 'the master that Sentinels name', urlOf: async () => watched.tls.url },
  ])(
    '$what',
    async ({ urlOf }) => {
      const service = await startService({
        RULES_DIR,
        REDIS_URL: await urlOf(),
        NODE_EXTRA_CA_CERTS: CERTIFICATE,
      });
      cleanUp.push(() => service.kill());
      await eventually('it is connected', () => allShared([service]));
      expect(await (await post(service, 'reader')).json()).not.toHaveProperty('degraded');
    },
    LONGEST_MS,
  );

  test('none without it: the log says why, once, and comments are counted by the instance', async () => {
    const { url } = await started(oneServer());
    const service = await startService({ RULES_DIR, REDIS_URL: url });
    cleanUp.push(() => service.kill());
    const isAway = ({ msg }: LogLine) => `${msg}`.startsWith('Redis is away');
    expect(await service.logged(isAway)).toMatchObject({
      reason: expect.stringContaining('self-signed certificate'),
    });
    expect(await (await post(service, 'reader')).json()).toMatchObject({ degraded: ['limiter'] });
    expect(service.log.filter(isAway)).toHaveLength(1);
  });
});
