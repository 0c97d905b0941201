import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { KEY, type Load, startLoad } from './load.js';
import {
  checkOut,
  type Files,
  filesOf,
  makeFolder,
  marksOf,
  swapConfigMap,
  writeAll,
} from './rules-folder.js';
import { type RunningService, runService } from './running-service.js';

/** Each state is gone through so often; RELOAD_TIMES=7 gives a figure for 112 changes of files. */
const TIMES = Number(process.env.RELOAD_TIMES ?? 3);
const WITHIN_MS = 1000;
/** So long a bad state stands once it is told: for it to be told again, were it so. */
const STANDS_MS = 300;

interface State {
  readonly what: string;
  /** What the folder holds in the end; the next state unless said otherwise. */
  readonly end?: (before: Files, next: Files) => Files;
  /** Brings the folder from one whole state to the end of the change. */
  readonly change: (dir: string, end: Files, more: Change) => Promise<void>;
}

interface Change {
  readonly before: Files;
  /** Lets a bad state stand until it is told, for which `GET /v1/rules` must have this text. */
  readonly isTold: (text: string) => Promise<void>;
}

const half = (text = '') => text.slice(0, text.indexOf('when:') + 8);
/** A file as it is, but for one that is to be read as if it were whole when half of it is there. */
const halfValid = (text = '') => text.slice(0, text.indexOf('examples:'));

const STATES: readonly State[] = [
  {
    what: 'an editor writes a new file and renames it over the old one',
    end: (before, next) => ({ ...before, 'mark-a.yaml': next['mark-a.yaml'] ?? '' }),
    change: async (dir, end) => {
      await writeFile(join(dir, '.mark-a.yaml.swp'), end['mark-a.yaml'] ?? '');
      await rename(join(dir, '.mark-a.yaml.swp'), join(dir, 'mark-a.yaml'));
    },
  },
  {
    what: 'an editor moves the old file away and writes a new one',
    end: (before, next) => ({ ...before, 'mark-b.yaml': next['mark-b.yaml'] ?? '' }),
    change: async (dir, end) => {
      await rename(join(dir, 'mark-b.yaml'), join(dir, 'mark-b.yaml~'));
      await sleep(20);
      await writeFile(join(dir, 'mark-b.yaml'), end['mark-b.yaml'] ?? '');
      await rm(join(dir, 'mark-b.yaml~'));
    },
  },
  {
    what: 'git checks out many files, any number of which would do as rules',
    change: (dir, end) => checkOut(dir, end, 30),
  },
  {
    what: 'a file is written in three parts, and would do as a rule after the second',
    end: (before, next) => ({ ...before, 'mark-a.yaml': next['mark-a.yaml'] ?? '' }),
    change: async (dir, { 'mark-a.yaml': text }) => {
      await writeFile(join(dir, 'mark-a.yaml'), half(text));
      await sleep(60);
      await writeFile(join(dir, 'mark-a.yaml'), halfValid(text).replace('action: flag', 'action: reject'));
      await sleep(60);
      await writeFile(join(dir, 'mark-a.yaml'), text ?? '');
    },
  },
  {
    what: 'a file stays half written for long',
    change: async (dir, end, { isTold }) => {
      await writeAll(dir, { ...end, 'mark-a.yaml': half(end['mark-a.yaml']) });
      await isTold('mark-a.yaml');
      await writeFile(join(dir, 'mark-a.yaml'), end['mark-a.yaml'] ?? '');
    },
  },
  {
    what: 'a file is empty for long',
    change: async (dir, end, { isTold }) => {
      await truncate(join(dir, 'mark-b.yaml'));
      await isTold('mark-b.yaml');
      await writeAll(dir, end);
    },
  },
  {
    what: 'the examples of a file do not hold',
    change: async (dir, end, { isTold }) => {
      const text = end['mark-a.yaml']?.replace('weather', 'new xylophone') ?? '';
      await writeFile(join(dir, 'mark-a.yaml'), text);
      await isTold('does not hold');
      await writeAll(dir, end);
    },
  },
  {
    what: 'a rule file is deleted',
    end: ({ 'mark-b.yaml': _, ...others }) => others,
    change: (dir) => rm(join(dir, 'mark-b.yaml')),
  },
  {
    what: 'a rule file comes back',
    change: (dir, end) => writeAll(dir, end),
  },
  {
    what: 'a list that a rule needs is deleted, and comes back otherwise',
    change: async (dir, end, { isTold }) => {
      await rm(join(dir, 'lists', 'sub', 'words.txt'));
      await isTold('which is not in the rules folder');
      await writeAll(dir, end);
    },
  },
  {
    what: 'a list in a sub-folder changes',
    end: (before, next) => ({ ...before, 'lists/sub/words.txt': next['lists/sub/words.txt'] ?? '' }),
    change: (dir, end) => writeAll(dir, end),
  },
  {
    what: 'the folder of lists is gone for a moment and comes back otherwise',
    change: async (dir, end) => {
      await rename(join(dir, 'lists', 'sub'), join(dir, 'lists', '.sub'));
      await sleep(50);
      await writeAll(dir, end);
      await rm(join(dir, 'lists', '.sub'), { recursive: true });
    },
  },
  {
    what: 'the folder is gone for a moment and comes back otherwise',
    change: async (dir, end) => {
      await rename(dir, `${dir}-away`);
      await writeAll(`${dir}-away`, end);
      await sleep(50);
      await rename(`${dir}-away`, dir);
    },
  },
  {
    what: 'the folder is gone for long and is made anew',
    change: async (dir, end, { isTold }) => {
      await rm(dir, { recursive: true });
      await isTold('there is no such file or folder');
      await makeFolder(dir, end);
    },
  },
  {
    what: 'the folder goes through several right states in a hurry, and back through the first',
    change: async (dir, end, { before }) => {
      for (const files of [end, before, end, before, end]) {
        await writeAll(dir, files);
        await sleep(40);
      }
    },
  },
  {
    what: 'a bad edit is taken back',
    end: (before) => before,
    change: async (dir, end, { isTold }) => {
      await writeFile(join(dir, 'mark-a.yaml'), 'id: [');
      await isTold('mark-a.yaml');
      await writeAll(dir, end);
    },
  },
];

let parent: string;
let dir: string;
let service: RunningService;
let load: Load;
const wholes = new Set<string>();
/** How long each change took to be in force: of the test that runs, and of all. */
let took: number[] = [];
const tookInAll: number[] = [];

afterEach(async () => {
  await load.stop();
  await service.stop();
  await rm(parent, { recursive: true, force: true });
});

async function start(make: (dir: string) => Promise<void>, files: Files): Promise<void> {
  parent = await mkdtemp(join(tmpdir(), 'stet-reload-'));
  dir = join(parent, 'rules');
  await make(dir);
  service = await runService({ RULES_DIR: dir, API_KEYS: KEY });
  load = startLoad(service.url);
  took = [];
  wholes.clear();
  wholes.add(marksOf(files));
  await until(() => load.comments.length > 200 && load.lines.length > 100);
}

async function until(isSo: () => boolean, mostMs = 20_000): Promise<void> {
  const end = performance.now() + mostMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not so after ${mostMs} ms`);
    await sleep(2);
  }
}

const rulesBody = z.object({
  rulesVersion: z.string(),
  loadedAt: z.string(),
  errors: z.array(z.object({ file: z.string(), message: z.string() })),
});

async function rules(): Promise<z.infer<typeof rulesBody>> {
  const answer = await fetch(`${service.url}/v1/rules`, { headers: { authorization: `Bearer ${KEY}` } });
  return rulesBody.parse(await answer.json());
}

async function metric(name: string): Promise<number> {
  const answer = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } });
  const line = (await answer.text()).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
}

/** Waits until comments are judged by files, and notes how long that took. */
async function inForce(files: Files): Promise<void> {
  const since = performance.now();
  const marks = marksOf(files);
  let first = load.comments.length;
  await until(() => {
    while (first < load.comments.length && load.comments[first]?.marks !== marks) first++;
    return first < load.comments.length;
  });
  took.push((load.comments[first]?.at ?? 0) - since);
}

/** Waits until nothing is wrong with the folder, and notes how long that took. */
async function mended(): Promise<void> {
  const since = performance.now();
  while ((await rules()).errors.length > 0) await sleep(2);
  took.push(performance.now() - since);
}

const at = (sorted: readonly number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
function figures(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return [0.5, 0.99, 1].map((share) => `${at(sorted, share).toFixed(0)}`).join(' / ');
}

/** What must hold of each verdict, whatever became of the folder. */
function checkVerdicts(): void {
  expect(load.failures).toEqual([]);
  expect([...new Set(load.comments.map(({ marks }) => marks))].filter((marks) => !wholes.has(marks))).toEqual(
    [],
  );
  const withoutLimits = (marks: string) => marks.split(' ').slice(0, 3).join(' ');
  const made = new Map<string, string>();
  for (const { version, marks } of load.comments) made.set(version, withoutLimits(marks));
  for (const { version, marks } of [...load.comments, ...load.lines]) {
    expect({ version, marks: withoutLimits(marks) }).toEqual({ version, marks: made.get(version) });
  }
  expect(made.size).toBeLessThanOrEqual(wholes.size);
}

function report(what: string): void {
  tookInAll.push(...took);
  const ms = figures(load.comments.map((comment) => comment.ms));
  process.stdout.write(
    `${what}: ${took.length} reloads in ms, median / p99 / most: ${figures(took)}; ${load.comments.length} comments, ${ms}; ${load.lines.length} lines\n`,
  );
}

/** Goes through a change, and checks what is told of it. */
async function goThrough({ what, change }: State, before: Files, end: Files): Promise<void> {
  const { rulesVersion } = await rules();
  const failures = await metric('stet_rules_reloads_total{site="default",outcome="failure"}');
  const logged = service.logs.length;
  let bad = 0;
  const isTold = async (text: string) => {
    bad += 1;
    let told = await rules();
    while (told.errors.length === 0) {
      await sleep(20);
      told = await rules();
    }
    await sleep(STANDS_MS);
    expect(told.rulesVersion).toBe(rulesVersion);
    expect(JSON.stringify(told.errors)).toContain(text);
    expect(await metric('stet_rules_stale{site="default"}')).toBe(1);
  };

  await change(dir, end, { before, isTold });
  // Where the end is in force all along, only that nothing is wrong any more can be seen.
  if (end === before) await mended();
  else await inForce(end);
  await until(() => service.logs.slice(logged).some(({ msg }) => /reloaded|holds again/.test(`${msg}`)));
  const now = await rules();
  expect(now.errors).toEqual([]);
  expect(await metric(`stet_rules_info{site="default",version="${now.rulesVersion}"}`)).toBe(1);
  const loadedAt = await metric('stet_rules_loaded_timestamp_seconds{site="default"}');
  expect(Date.parse(now.loadedAt) / 1000).toBeCloseTo(loadedAt, 2);
  expect(await metric('stet_rules_stale{site="default"}')).toBe(0);
  expect(await metric('stet_rules_reloads_total{site="default",outcome="failure"}')).toBe(failures + bad);
  const complaints = service.logs.slice(logged).filter(({ level }) => Number(level) > 30);
  expect({ what, complaints }).toEqual({ what, complaints: Array(bad).fill(expect.anything()) });
}

test('each state of a folder that people edit', async () => {
  let files = filesOf(1);
  await start((path) => makeFolder(path, files), files);
  let number = 1;
  for (let time = 0; time < TIMES; time++) {
    for (const state of STATES) {
      number += 1;
      const before = files;
      files = state.end?.(before, filesOf(number)) ?? filesOf(number);
      wholes.add(marksOf(files));
      await goThrough(state, before, files);
    }
  }
  report('files');
  await load.stop();
  checkVerdicts();
}, 300_000);

test('a ConfigMap is swapped', async () => {
  const first = filesOf(1);
  await start((path) => swapConfigMap(path, first, '1'), first);
  for (let number = 2; number < 2 + 3 * TIMES; number++) {
    const files = filesOf(number);
    wholes.add(marksOf(files));
    await swapConfigMap(dir, files, `${number}`);
    await inForce(files);
  }
  report('ConfigMap');
  await load.stop();
  checkVerdicts();
}, 120_000);

test('99 of 100 changes are in force within a second', () => {
  expect(tookInAll.length).toBeGreaterThan(16 * TIMES);
  expect(
    at(
      [...tookInAll].sort((a, b) => a - b),
      0.99,
    ),
  ).toBeLessThan(WITHIN_MS);
});
