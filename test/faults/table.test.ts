import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Service, startService } from '../helpers/service.js';
import { type Fault, SETTINGS, type Setting } from './faults.js';
import { type Outcome, tryFault, warmUp } from './trial.js';

/** All faults in full, and a table of them: `npm run faults`. Otherwise a few, and shorter. */
const IS_FULL = process.env.FAULTS === 'all';
const LIMIT = 5;
const INSTANCES = 2;
/** In full, an answer within a second; otherwise few comments, and a limit that only ends what hangs: the machine may be busy. */
const PACE = IS_FULL ? { rate: 250, longestAnswerMs: 1000 } : { rate: 60, longestAnswerMs: 60_000 };
/** Of 250 that the load means to send. A figure for `npm run faults` only: a busy machine sends fewer. */
const LEAST_PER_SECOND = 200;
const LONGEST_MS = 120_000;
/** A failover may be noticed twice, and a busy machine makes a Redis late that is well. */
const MOST_TURNS = 8;

const rows: string[] = [];
let rules: string;
let settings: readonly Setting[] = [];

beforeAll(async () => {
  rules = await mkdtemp(join(tmpdir(), 'stet-faults-'));
  await writeFile(
    join(rules, 'limits.yaml'),
    `tiers:\n  default:\n    - { name: burst, points: ${LIMIT}, per: 10m }\n`,
  );
  await writeFile(
    join(rules, 'civil.yaml'),
    'id: civil\nguideline: Be civil.\nmessage: Please be civil.\naction: reject\nwhen:\n  - phrases: [idiot]\n',
  );
  settings = await Promise.all(SETTINGS.map(({ start }) => start()));
}, LONGEST_MS);
afterAll(async () => {
  await Promise.all(settings.map((setting) => setting.stop()));
  await rm(rules, { recursive: true });
  if (IS_FULL) process.stdout.write(`\n${tableOf(rows)}\n`);
});

/** In short together, for most of the time they wait; in full by themselves, for they are timed. */
const tried = IS_FULL ? test : test.concurrent;

tried.each(SETTINGS)(
  '$name: every comment gets its answer, whatever befalls Redis',
  async ({ name }) => {
    const setting = settings.find((started) => started.name === name);
    // A busy machine would have comments refused early; that is not what is tried here.
    const env = { REDIS_URL: setting?.url ?? '', RULES_DIR: rules, MAX_DELAY_MS: '0' };
    const services = await Promise.all(Array.from({ length: INSTANCES }, () => startService(env)));
    try {
      await tryFaults(setting?.faults ?? [], name, services);
    } finally {
      for (const service of services) service.kill();
    }
  },
  LONGEST_MS * 5,
);

async function tryFaults(
  all: readonly Fault[],
  setting: string,
  services: readonly Service[],
): Promise<void> {
  const faults = all.filter(({ inShort }) => IS_FULL || inShort);
  expect(faults).not.toEqual([]);
  await warmUp(services, IS_FULL ? 4000 : 700, PACE);
  for (const [i, fault] of faults.entries()) {
    await faults[i - 1]?.settle?.();
    const times = IS_FULL
      ? { lasts: fault.lasts.full, around: 2500 }
      : { lasts: fault.lasts.short, around: 700 };
    const outcome = await tryFault(fault, services, { limit: LIMIT, pace: PACE, ...times });
    rows.push(rowOf(`${setting}: ${fault.name}`, outcome));
    expect({ fault: fault.name, failures: outcome.failures.slice(0, 3) }).toEqual({
      fault: fault.name,
      failures: [],
    });
    expect(outcome.answered).toBe(outcome.sent);
    if (IS_FULL) expect(outcome.perSecond).toBeGreaterThan(LEAST_PER_SECOND);
    // At worst each instance counts alone, and then a Redis without its data once more.
    expect(outcome.over.most).toBeLessThanOrEqual(LIMIT * INSTANCES);
    // The log says it once for each change.
    for (const turns of outcome.told) {
      expect(turns.filter((turn, n) => turn === turns[n - 1])).toEqual([]);
      expect(turns.length).toBeLessThanOrEqual(MOST_TURNS);
    }
  }
}

function rowOf(name: string, outcome: Outcome): string {
  const { sent, answered, refused, failures, over, fellBackMs, returnedMs, ms, told } = outcome;
  const time = (value: number | undefined) => (value === undefined ? 'not noticed' : `${value} ms`);
  return [
    name,
    `${sent}`,
    `${answered} (${refused} over the limit)`,
    `${failures.length}`,
    over.all === 0 ? '0' : `${over.all} (of ${over.users} users)`,
    time(fellBackMs),
    time(returnedMs),
    `${Math.round(ms.p99)} / ${Math.round(ms.most)} ms`,
    told.map((turns) => turns.length).join(' + '),
  ].join(' | ');
}

function tableOf(lines: readonly string[]): string {
  const head = [
    'fault',
    'sent',
    'answered',
    'failures',
    'let through over the limit',
    'counted alone after',
    'back in Redis after',
    'answer p99 / slowest',
    'lines in the logs',
  ];
  return [head.join(' | '), head.map(() => '---').join(' | '), ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}
