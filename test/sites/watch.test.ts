import { cp, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RulesError, showMistake } from '../../src/guidelines/guidelines.js';
import { type Reload, WatchedGuidelines } from '../../src/sites/watch.js';

/** A rule file that finds a word; its message is that word. */
const rule = (word: string, rest = '') =>
  `id: abuse\nguideline: Be civil.\nmessage: ${word}\naction: reject\nwhen:\n  - phrases: [${word}]\n${rest}`;
const LISTED = 'lists:\n  bad: { file: lists/bad.txt }\nunless:\n  - phrases: ["{bad}"]\n';

interface Desk {
  readonly dir: string;
  write(name: string, content: string): Promise<void>;
  /** Asks for a reload, as SIGHUP does. */
  ask(): void;
  /** Waits until so many outcomes have come in all. */
  came(count: number): Promise<void>;
  /** Longer than a change takes to be noticed and loaded. */
  pause(): Promise<void>;
}

interface Case {
  readonly what: string;
  readonly steps: (desk: Desk) => Promise<void>;
  /** What came of it: outcome, message in force, `news` where it is to be told, and the first mistake. */
  readonly expected: readonly string[];
}

const LOOK_MS = 20;
const OVER_MS = 700;

const CASES: readonly Case[] = [
  {
    what: 'nothing changes',
    steps: ({ pause }) => pause(),
    expected: [],
  },
  {
    what: 'a file changes',
    steps: ({ write }) => write('abuse.yaml', rule('two')),
    expected: ['loaded two'],
  },
  {
    what: 'a file changes to one of the same size and time',
    steps: async ({ dir, write, came }) => {
      const path = join(dir, 'abuse.yaml');
      const then = new Date('2026-01-01');
      await write('abuse.yaml', rule('two'));
      await utimes(path, then, then);
      await came(1);
      await write('abuse.yaml', rule('six'));
      await utimes(path, then, then);
    },
    expected: ['loaded two', 'loaded six'],
  },
  {
    what: 'a file is touched',
    steps: async ({ dir, pause }) => {
      await utimes(join(dir, 'abuse.yaml'), new Date(), new Date());
      await pause();
    },
    expected: [],
  },
  {
    what: 'a file changes and changes back at once',
    steps: async ({ write, pause }) => {
      await write('abuse.yaml', rule('two'));
      await sleep(50);
      await write('abuse.yaml', rule('one'));
      await pause();
    },
    expected: [],
  },
  {
    what: 'a mistake is mended',
    steps: async ({ write, came }) => {
      await write('abuse.yaml', 'id: abuse\n');
      await came(1);
      await write('abuse.yaml', rule('two'));
    },
    expected: ['failed one news: abuse.yaml:1:1: ', 'loaded two news'],
  },
  {
    what: 'a mistake is taken back',
    steps: async ({ write, came }) => {
      await write('abuse.yaml', 'id: abuse\n');
      await came(1);
      await write('abuse.yaml', rule('one'));
    },
    expected: ['failed one news: abuse.yaml:1:1: ', 'unchanged one news'],
  },
  {
    what: 'the same mistake stays, and another comes',
    steps: async ({ write, came }) => {
      await write('abuse.yaml', 'id: abuse\n');
      await came(1);
      await write('abuse.yaml', 'id: abuse\n# still at it\n');
      await came(2);
      await write('abuse.yaml', rule('two', 'exmples: {}\n'));
    },
    expected: [
      'failed one news: abuse.yaml:1:1: ',
      'failed one: abuse.yaml:1:1: ',
      'failed one news: abuse.yaml:7:1: ',
    ],
  },
  {
    what: 'examples that do not hold',
    steps: ({ write }) => write('abuse.yaml', rule('two', 'examples:\n  reject: [There are three.]\n')),
    expected: ['failed one news: abuse.yaml:8:12: example "There are three." does not hold'],
  },
  {
    what: 'the folder is gone for a moment',
    steps: async ({ dir, pause }) => {
      await rename(dir, `${dir}-away`);
      await sleep(50);
      await rename(`${dir}-away`, dir);
      await pause();
    },
    expected: [],
  },
  {
    what: 'the folder is gone for long',
    steps: async ({ dir, came }) => {
      await rename(dir, `${dir}-away`);
      await came(1);
      await sleep(OVER_MS);
      await rename(`${dir}-away`, dir);
    },
    expected: ['failed one news: DIR:1:1: there is no such file or folder', 'unchanged one news'],
  },
  {
    what: 'the folder is a link, which is led elsewhere',
    steps: async ({ dir, came }) => {
      await rename(dir, `${dir}-1`);
      await cp(`${dir}-1`, `${dir}-2`, { recursive: true });
      await writeFile(join(`${dir}-2`, 'abuse.yaml'), rule('two'));
      await symlink(`${dir}-1`, dir);
      await symlink(`${dir}-2`, `${dir}-link`);
      await sleep(OVER_MS);
      await rename(`${dir}-link`, dir);
      await came(1);
    },
    expected: ['loaded two'],
  },
  {
    what: 'a file that a link leads to changes',
    steps: async ({ dir, write, came }) => {
      await writeFile(`${dir}-elsewhere`, rule('two'));
      await rm(join(dir, 'abuse.yaml'));
      await symlink(`${dir}-elsewhere`, join(dir, 'abuse.yaml'));
      await came(1);
      await write('../rules-elsewhere', rule('six'));
    },
    expected: ['loaded two', 'loaded six'],
  },
  {
    what: 'a list in a sub-folder comes, changes and goes',
    steps: async ({ dir, write, came }) => {
      await mkdir(join(dir, 'lists'));
      await write('lists/bad.txt', 'ten\n');
      await write('abuse.yaml', rule('two', LISTED));
      await came(1);
      await write('lists/bad.txt', 'eleven\n');
      await came(2);
      await rm(join(dir, 'lists', 'bad.txt'));
    },
    expected: [
      'loaded two',
      'loaded two',
      'failed two news: abuse.yaml:8:16: file is "lists/bad.txt", which is not',
    ],
  },
  {
    what: 'a file that no rule uses changes',
    steps: ({ write }) => write('notes.txt', 'remember the milk\n'),
    expected: ['unchanged one'],
  },
  {
    what: 'a file of an editor comes and goes',
    steps: async ({ dir, write, pause }) => {
      await write('.abuse.yaml.swp', 'x');
      await pause();
      await rm(join(dir, '.abuse.yaml.swp'));
      await pause();
    },
    expected: [],
  },
  {
    what: 'a change stands for less time than it takes to be whole',
    steps: async ({ write, came }) => {
      for (const word of ['two', 'three', 'four', 'five', 'six']) {
        await write('abuse.yaml', rule(word));
        await sleep(60);
      }
      await came(1);
    },
    expected: ['loaded six'],
  },
  {
    what: 'it is asked for, and nothing has changed',
    steps: async ({ ask }) => ask(),
    expected: ['unchanged one asked'],
  },
  {
    what: 'it is asked for right after a change',
    steps: async ({ write, ask }) => {
      await write('abuse.yaml', rule('two'));
      ask();
    },
    expected: ['loaded two asked'],
  },
  {
    what: 'it is asked for while the same mistake stands',
    steps: async ({ write, came, ask }) => {
      await write('abuse.yaml', 'id: abuse\n');
      await came(1);
      ask();
    },
    expected: ['failed one news: abuse.yaml:1:1: ', 'failed one asked: abuse.yaml:1:1: '],
  },
];

let parent: string;
let dir: string;
let watched: WatchedGuidelines;
let outcomes: Reload[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stet-watch-'));
  dir = join(parent, 'rules');
  await mkdir(dir);
  await writeFile(join(dir, 'abuse.yaml'), rule('one'));
  outcomes = [];
});
afterEach(async () => {
  await watched.close();
  await rm(parent, { recursive: true });
});

async function start(pollMs: number): Promise<Desk> {
  watched = await WatchedGuidelines.open(dir);
  watched.start({ pollMs, onReload: (reload) => outcomes.push(reload) });
  return {
    dir,
    write: (name, content) => writeFile(join(dir, name), content),
    ask: () => watched.reload(),
    came,
    pause: () => sleep(OVER_MS),
  };
}

async function came(count: number): Promise<void> {
  const end = performance.now() + 5000;
  while (outcomes.length < count && performance.now() < end) await sleep(5);
}

function show({ outcome, cause, inForce, isNews }: Reload): string {
  const message = inForce.guidelines.ruleset.rules[0]?.message;
  const [mistake] = inForce.lastFailure ?? [];
  const told = mistake ? `: ${showMistake(mistake).replace(dir, 'DIR')}` : '';
  return `${outcome} ${message}${isNews ? ' news' : ''}${cause === 'request' ? ' asked' : ''}${told}`;
}

test.each(CASES)(
  '$what',
  async ({ steps, expected }) => {
    const desk = await start(LOOK_MS);
    await steps(desk);
    await desk.came(expected.length);
    // What is not expected has some time to come, too.
    await sleep(250);
    expect(outcomes.map(show)).toEqual(expected.map((text) => expect.stringContaining(text)));
    expect(outcomes.length === 0 || outcomes.at(-1)?.inForce === watched.inForce).toBe(true);
  },
  20_000,
);

test('without polling, it looks only when asked', async () => {
  const { write, pause, ask } = await start(0);
  await write('abuse.yaml', rule('two'));
  await pause();
  expect(outcomes).toEqual([]);
  ask();
  await came(1);
  expect(outcomes.map(show)).toEqual(['loaded two asked']);
});

test('does not start on a folder with mistakes', async () => {
  await start(0);
  await writeFile(join(dir, 'abuse.yaml'), 'id: abuse\n');
  await expect(WatchedGuidelines.open(dir)).rejects.toThrow(RulesError);
});

test('is closed at once, also where it would sleep for long', async () => {
  await start(60_000);
  const since = performance.now();
  await watched.close();
  expect(performance.now() - since).toBeLessThan(1000);
});

test('a folder that never rests is told of once, and read when it does', async () => {
  const { write } = await start(LOOK_MS);
  const end = performance.now() + 21_000;
  for (let i = 0; performance.now() < end; i++) {
    await write('abuse.yaml', rule(i % 2 === 0 ? 'two' : 'three'));
    await sleep(30);
  }
  await write('abuse.yaml', rule('four'));
  await came(3);
  const told = ': .:1:1: the folder has kept changing for 10 seconds; it is read once it is left alone';
  expect(outcomes.map(show)).toEqual([`failed one news${told}`, `failed one${told}`, 'loaded four news']);
}, 40_000);
