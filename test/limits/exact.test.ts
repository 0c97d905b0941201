import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';

/** How often all is tried: `EXACT_ROUNDS=20 npm run jest -- test/limits/exact`. */
const ROUNDS = Number(process.env.EXACT_ROUNDS ?? 1);
const INSTANCES = 4;
const ATTEMPTS = 15;
/** So many users post at once. */
const CROWD = 5;
const DIST = join(import.meta.dirname, '..', '..', 'dist', 'limits', 'limiter.js');
const POLICY = {
  windows: [
    { name: 'second', points: 3, seconds: 1 },
    { name: 'burst', points: 5, seconds: 60 },
    { name: 'daily', points: 7, seconds: 86_400 },
  ],
};

/** What an instance said of one comment: see instance.mjs. */
interface Told {
  readonly user: string;
  readonly admitted: boolean;
  readonly degraded: boolean;
  /** Points left in each window. */
  readonly left: readonly number[];
}

let redis: RedisServer;
let instances: ChildProcess[] = [];

beforeAll(async () => {
  if (!existsSync(DIST)) throw new Error(`${DIST} is not there: run "npm run build" first`);
  redis = await startRedis();
});
afterEach(end);
afterAll(() => redis.stop());

function end(): void {
  for (const instance of instances.splice(0)) instance.kill('SIGKILL');
}

/** Starts instances in processes of their own, each with its own connection. */
async function start(policy: object): Promise<void> {
  const program = join(import.meta.dirname, 'instance.mjs');
  instances = Array.from({ length: INSTANCES }, () => fork(program, [JSON.stringify(policy), redis.url]));
  await Promise.all(instances.map((instance) => once(instance, 'message')));
  // The first comments of a process take long.
  await post(['warming up'], 20);
}

/**
 * What instances tell of comments that all were counted in Redis. One that waits for Redis for longer than 40 ms, as
 * it may on a machine with much else to do, counts alone from there, which is no matter of exactness: then all is
 * tried again, with other instances and users.
 */
async function countedInRedis(
  policy: object,
  comments: (attempt: number) => Promise<Told[]>,
): Promise<Told[]> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    end();
    await start(policy);
    const told = await comments(attempt);
    if (!told.some(({ degraded }) => degraded)) return told;
  }
  throw new Error(`Redis was too slow ${ATTEMPTS} times`);
}

/** Each user posts so many comments at each instance, all at once. */
async function post(users: readonly string[], each: number): Promise<Told[]> {
  const answers = instances.map(async (instance) => {
    const answer: Promise<Told[][]> = once(instance, 'message');
    instance.send({ users, each });
    return (await answer)[0] ?? [];
  });
  return (await Promise.all(answers)).flat();
}

function admittedOf(user: string, told: readonly Told[]): readonly Told[] {
  return told.filter((one) => one.user === user && one.admitted);
}

/** How many windows of a second a user was seen in: each gives each of its points once, first the one after which two are left. */
function windowsOf(user: string, told: readonly Told[]): number {
  return admittedOf(user, told).filter(({ left: [first] }) => first === 2).length;
}

async function secondsByRedis(): Promise<number> {
  const [, seconds, micros] = /(\d+)\r\n\$\d+\r\n(\d+)\r\n$/.exec(await redis.command('TIME')) ?? [];
  return Number(seconds) + Number(micros) / 1e6;
}

const usersOf = (count: number, ...of: unknown[]) =>
  Array.from({ length: count }, (_, i) => [...of, i].join('-'));
const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1);

test.each(rounds)(
  'round %i: 20 users, 12 comments of each at each of four instances at once: the limit of each, no more, no fewer',
  async (round) => {
    let users: string[] = [];
    const told = await countedInRedis({ windows: POLICY.windows.slice(1) }, async (attempt) => {
      users = usersOf(20, 'crowd', round, attempt);
      const all: Told[] = [];
      for (let i = 0; i < users.length; i += CROWD) all.push(...(await post(users.slice(i, i + CROWD), 12)));
      return all;
    });
    expect(told).toHaveLength(20 * 12 * INSTANCES);
    for (const user of users) {
      const left = admittedOf(user, told).map((one) => one.left);
      // Each point was given once, and of both windows to the same comment.
      expect(left.sort(([a = 0], [b = 0]) => b - a)).toEqual([
        [4, 6],
        [3, 5],
        [2, 4],
        [1, 3],
        [0, 2],
      ]);
    }
  },
);

test.each(rounds)('round %i: while windows end and start anew, none admits one too many', async (round) => {
  let users: string[] = [];
  let seconds = 0;
  const told = await countedInRedis({ windows: POLICY.windows.slice(0, 1) }, async (attempt) => {
    users = usersOf(5, 'ending', round, attempt);
    const all: Told[] = [];
    const started = await secondsByRedis();
    while (windowsOf(users[0] ?? '', all) < 3) all.push(...(await post(users, 4)));
    seconds = (await secondsByRedis()) - started;
    return all;
  });
  for (const user of users) {
    const left = admittedOf(user, told).map(({ left: [first] }) => first);
    const times = (points: number) => left.filter((one) => one === points).length;
    const windows = windowsOf(user, told);
    expect(windows).toBeGreaterThanOrEqual(2);
    // However long it took, no window ended early by the clock of Redis, which keeps them.
    expect(windows).toBeLessThanOrEqual(Math.floor(seconds) + 1);
    expect([times(1), times(0)]).toEqual([windows, windows]);
    expect(left).toHaveLength(3 * windows);
  }
});
