import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../limits/eventually.js';
import { type RedisServer, startRedis } from '../redis-server.js';
import { post, type Service, startService } from '../service.js';

let redis: RedisServer;
let services: Service[] = [];

beforeAll(async () => {
  redis = await startRedis();
  services = await Promise.all([1, 2].map(() => startService({ REDIS_URL: redis.url, LOG_LEVEL: 'info' })));
  await eventually('both count in Redis', async () =>
    (await Promise.all(services.map(isShared))).every(Boolean),
  );
}, 30_000);
afterAll(async () => {
  for (const service of services) service.kill();
  await redis.stop();
});

async function isShared(service: Service): Promise<boolean> {
  const { limiter } = (await (await fetch(`${service.url}/readyz`)).json()) as {
    limiter: { healthy: boolean };
  };
  return limiter.healthy;
}

/** The service that takes the nth comment: they take turns. */
function turn(n: number): Service {
  const service = services[n % services.length];
  if (!service) throw new Error('no service runs');
  return service;
}

test('the sixth comment in a minute is refused, whichever instance gets it', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 6; n++) statuses.push((await post(turn(n), 'reader-1')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  const refused = await post(turn(1), 'reader-1');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit')).toMatch(/"burst";r=0;t=\d+/);
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

test('with Redis killed under load and started again, every comment gets its verdict', async () => {
  const answers: Promise<{ status: number; degraded: boolean }>[] = [];
  const send = async (n: number) => {
    const response = await post(turn(n), `reader-of-load-${n}`);
    const { degraded } = (await response.json()) as { degraded?: string[] };
    return { status: response.status, degraded: degraded?.includes('limiter') ?? false };
  };
  let sent = 0;
  const load = setInterval(() => answers.push(send(sent++)), 5);
  await sleep(700);
  await redis.kill();
  await sleep(1000);
  await redis.start();
  await sleep(1500);
  clearInterval(load);
  const all = await Promise.all(answers);
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter(({ status }) => status !== 200)).toEqual([]);
  expect(all.some(({ degraded }) => degraded)).toBe(true);
  expect(all.at(-1)?.degraded).toBe(false);
}, 20_000);
