import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';
import { type Service, startService } from '../helpers/service.js';

// The service as it runs, with its limits changed while it does.

let folder: string;
let redis: RedisServer;
let service: Service | undefined;

beforeAll(async () => {
  redis = await startRedis();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-limits-'));
  await cp('rules', folder, { recursive: true });
});
afterEach(async () => {
  service?.kill();
  service = undefined;
  await rm(folder, { recursive: true });
});
afterAll(() => redis.stop());

const write = (limits: string) => writeFile(join(folder, 'limits.yaml'), limits);

async function post(user: object, text = 'The committee has met twice this year.') {
  const response = await fetch(`${service?.url}/v1/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, user }),
  });
  const body = (await response.json()) as {
    verdict?: string;
    reasons?: { rule: string; note?: string }[];
    'violated-policies'?: string[];
    warnings?: object[];
  };
  return { status: response.status, policy: response.headers.get('ratelimit-policy'), body };
}

const ABUSE = 'You are an idiot, and so is the author.';
const BEFORE = 'tiers:\n  default: [{ name: burst, points: 5, per: 1m }]\n';
const AFTER = `tiers:
  default: [{ name: burst, points: 4, per: 1m }]
  trusted: [{ name: burst, points: 9, per: 1m }]
costs: { reject: 2 }
block: { after: 2, within: 10m, for: 1h }
`;

test.each(['memory', 'redis'] as const)(
  'limits.yaml is put in force while the service counts in %s',
  async (kind) => {
    await write(BEFORE);
    service = await startService({
      RULES_DIR: folder,
      ...(kind === 'redis' && { REDIS_URL: redis.url }),
    });
    await eventually('it counts where it should', async () => {
      const ready = (await (await fetch(`${service?.url}/readyz`)).json()) as {
        limiter: { kind: string; healthy: boolean };
      };
      return ready.limiter.kind === kind && ready.limiter.healthy;
    });
    const user = { id: 'a', tier: 'trusted' };
    const before = await post(user);
    expect(before).toMatchObject({
      status: 200,
      policy: '"burst";q=5;w=60',
      body: { warnings: [{ pointer: '/user/tier' }] },
    });

    await write(AFTER);
    await eventually(
      'the new limits hold',
      async () => (await post({ id: 'other' })).policy !== before.policy,
    );
    // One comment from before is counted, and the one that is told now.
    const after = await post(user, 'The committee has met twice since then.');
    expect(after).toMatchObject({ status: 200, policy: '"burst";q=9;w=60' });
    expect(after.body).not.toHaveProperty('warnings');

    expect((await post({ id: 'b' }, ABUSE)).body.verdict).toBe('reject');
    expect((await post({ id: 'b' }, ABUSE)).body.verdict).toBe('reject');
    expect(await post({ id: 'b' })).toMatchObject({
      status: 429,
      body: { 'violated-policies': ['block', 'burst'] },
    });

    // The default rule against floods, by one user and by many.
    const text = 'Everybody should write to the minister about the dam at once.';
    expect((await post({ id: 'f' }, text)).body.verdict).toBe('approve');
    const again = await post({ id: 'f' }, text.toUpperCase().replace('EVERYBODY', 'Every\u200bbody'));
    expect(again.body.reasons?.find(({ rule }) => rule === 'flood')?.note).toMatch(/2 times by this user/);
    const verdicts: (string | undefined)[] = [];
    for (let i = 1; i < 10; i++) verdicts.push((await post({ id: `g${i}` }, text)).body.verdict);
    expect(verdicts).toEqual([...Array.from({ length: 8 }, () => 'approve'), 'review']);
  },
);
