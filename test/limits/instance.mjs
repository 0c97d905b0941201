// One instance of the limiter in a process of its own, for exact.test.ts: counts what it is told to, and tells what
// came of it. `npm run build` makes what it imports.
import { createLimiter } from '../../dist/limits/create.js';

const [policy, redisUrl] = process.argv.slice(2);
const logger = { info() {}, warn() {} };
const limiter = createLimiter(JSON.parse(policy), { redisUrl, logger });

process.on('disconnect', () => process.exit());

/** All comments of all users at once. */
process.on('message', async ({ users, each }) => {
  const comments = Array.from({ length: each }, () => users).flat();
  const admissions = await Promise.all(
    comments.map(async (user) => {
      const { admitted, degraded, standings } = await limiter.admit(user);
      return { user, admitted, degraded, left: standings.map(({ remaining }) => remaining) };
    }),
  );
  process.send(admissions);
});

while (!limiter.healthy) await new Promise((resolve) => setTimeout(resolve, 10));
process.send('ready');
