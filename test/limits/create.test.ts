import { createLimiter } from '../helpers/create-limiter.js';
import { RecordedLog } from '../helpers/recorded-log.js';

const window = { name: 'burst', points: 5, seconds: 60 };

test.each([
  { redisUrl: undefined, kind: 'memory', said: 'in memory, by this instance alone' },
  { redisUrl: 'redis://127.0.0.1:1', kind: 'redis', said: 'in Redis, by all instances together' },
])('the log says once that it counts in $kind', async ({ redisUrl, kind, said }) => {
  const log = new RecordedLog();
  const limiter = createLimiter({ windows: [window] }, { redisUrl, logger: log });
  await limiter.close();
  expect(limiter.kind).toBe(kind);
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toContain(said);
});
