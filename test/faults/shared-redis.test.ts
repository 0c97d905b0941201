import { eventually } from '../helpers/eventually.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';
import { post, type Service, startService } from '../helpers/service.js';
import { allShared } from './trial.js';

let redis: RedisServer;
let services: Service[] = [];

beforeAll(async () => {
  redis = await startRedis();
  services = await Promise.all([1, 2].map(() => startService({ REDIS_URL: redis.url, LOG_LEVEL: 'info' })));
  await eventually('both count in Redis', () => allShared(services));
});
afterAll(async () => {
  for (const service of services) service.kill();
  await redis.stop();
});

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
