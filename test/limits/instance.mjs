// One instance of the limiter in a process of its own, for exact.test.ts: counts what it is told to, and tells what
// came of it. `npm run build` makes what it imports.
import { DEFAULT_SITE } from '../../dist/limits/counts.js';
import { CountingLimiter } from '../../dist/limits/limiter.js';
import { openStore } from '../../dist/limits/stores.js';

const [policy, redisUrl] = process.argv.slice(2);
const log = { info() {}, warn() {} };
const limiter = new CountingLimiter(JSON.parse(policy), openStore({ redisUrl }, log).counts(DEFAULT_SITE), {
  log,
});

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
