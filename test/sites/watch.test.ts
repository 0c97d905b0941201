import { writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { RulesError, showMistake } from '../../src/guidelines/guidelines.js';
import { type Reload, WatchedGuidelines } from '../../src/sites/watch.js';
import { eventually } from '../helpers/eventually.js';

/** A rule file that finds a word; its message is that word. */
const rule = (word: string, rest = '') =>
  `id: abuse\nguideline: Be civil.\nmessage: ${word}\naction: reject\nwhen:\n  - phrases: [${word}]\n${rest}`;
const LISTED = 'lists:\n  bad: { file: lists/bad.txt }\nunless:\n  - phrases: ["{bad}"]\n';

interface Desk {
  readonly dir: string;
  write(name: string, content: string): void;
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
const OVER_MS = 600;

const CASES: readonly Case[] = [
  {
    what: 'nothing changes',
    steps: ({ pause }) => pause(),
    expected: [],
  },
  {
    what: 'a file changes',
    steps: async ({ write }) => write('abuse.yaml', rule('two')),
    expected: ['loaded two'],
  },
  {
    what: 'a file changes to one of the same size and time',
    steps: async ({ dir, write, came }) => {
      const path = join(dir, 'abuse.yaml');
      const then = new Date('2026-01-01');
      write('abuse.yaml', rule('two'));
      await utimes(path, then, then);
      await came(1);
      write('abuse.yaml', rule('six'));
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
      write('abuse.yaml', rule('two'));
      await sleep(50);
      write('abuse.yaml', rule('one'));
      await pause();
    },
    expected: [],
  },
  {
    what: 'a mistake is mended',
    steps: async ({ write, came }) => {
      write('abuse.yaml', 'id: abuse\n');
      await came(1);
      write('abuse.yaml', rule('two'));
    },
    expected: ['failed one news: abuse.yaml:1:1: ', 'loaded two news'],
  },
  {
    what: 'a mistake is taken back',
    steps: async ({ write, came }) => {
      write('abuse.yaml', 'id: abuse\n');
      await came(1);
      write('abuse.yaml', rule('one'));
    },
    expected: ['failed one news: abuse.yaml:1:1: ', 'unchanged one news'],
  },
  {
    what: 'the same mistake stays, and another comes',
    steps: async ({ write, came }) => {
      write('abuse.yaml', 'id: abuse\n');
      await came(1);
      write('abuse.yaml', 'id: abuse\n# still at it\n');
      await came(2);
      write('abuse.yaml', rule('two', 'exmples: {}\n'));
    },
    expected: [
      'failed one news: abuse.yaml:1:1: ',
      'failed one: abuse.yaml:1:1: ',
      'failed one news: abuse.yaml:7:1: ',
    ],
  },
  {
    what: 'examples that do not hold',
    steps: async ({ write }) => write('abuse.yaml', rule('two', 'examples:\n  reject: [There are three.]\n')),
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
      write('.elsewhere', rule('two'));
      await rm(join(dir, 'abuse.yaml'));
      await symlink('.elsewhere', join(dir, 'abuse.yaml'));
      await came(1);
      write('.elsewhere', rule('six'));
    },
    expected: ['loaded two', 'loaded six'],
  },
  {
    what: 'a file gives way to a link that leads out of the folder',
    steps: async ({ dir, write, came }) => {
      await writeFile(`${dir}-elsewhere`, 'password: [sekrit');
      await rm(join(dir, 'abuse.yaml'));
      await symlink(`${dir}-elsewhere`, join(dir, 'abuse.yaml'));
      await came(1);
      await rm(join(dir, 'abuse.yaml'));
      write('abuse.yaml', rule('two'));
    },
    expected: ['failed one news: abuse.yaml:1:1: it is a link that leads out', 'loaded two news'],
  },
  {
    what: 'a list in a sub-folder comes, changes and goes',
    steps: async ({ dir, write, came }) => {
      await mkdir(join(dir, 'lists'));
      write('lists/bad.txt', 'ten\n');
      write('abuse.yaml', rule('two', LISTED));
      await came(1);
      write('lists/bad.txt', 'eleven\n');
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
    steps: async ({ write }) => write('notes.txt', 'remember the milk\n'),
    expected: ['unchanged one'],
  },
  {
    what: 'a file of an editor comes and goes',
    steps: async ({ dir, write, pause }) => {
      write('.abuse.yaml.swp', 'x');
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
        write('abuse.yaml', rule(word));
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
      write('abuse.yaml', rule('two'));
      ask();
    },
    expected: ['loaded two asked'],
  },
  {
    what: 'it is asked for while the same mistake stands',
    steps: async ({ write, came, ask }) => {
      write('abuse.yaml', 'id: abuse\n');
      await came(1);
      ask();
    },
    expected: ['failed one news: abuse.yaml:1:1: ', 'failed one asked: abuse.yaml:1:1: '],
  },
];

interface Watch extends Desk {
  readonly watched: WatchedGuidelines;
  /** What came of reading the folder anew, in order. */
  readonly outcomes: readonly Reload[];
}

const cleanUp: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const step of cleanUp) await step();
});

/** Starts to watch a folder of its own with one rule in it. */
async function start(pollMs: number): Promise<Watch> {
  const parent = await mkdtemp(join(tmpdir(), 'stet-watch-'));
  const dir = join(parent, 'rules');
  await mkdir(dir);
  await writeFile(join(dir, 'abuse.yaml'), rule('one'));
  const outcomes: Reload[] = [];
  const watched = await WatchedGuidelines.open(dir);
  watched.start({ pollMs, onReload: (reload) => outcomes.push(reload) });
  cleanUp.push(async () => {
    await watched.close();
    await rm(parent, { recursive: true });
  });
  return {
    dir,
    watched,
    outcomes,
    write: (name, content) => writeFileSync(join(dir, name), content),
    ask: () => watched.reload(),
    came: (count) => eventually(`${count} outcomes`, () => outcomes.length >= count),
    pause: () => sleep(OVER_MS),
  };
}

function show({ dir }: Watch, { outcome, cause, inForce, isNews }: Reload): string {
  const message = inForce.guidelines.ruleset.rules[0]?.message;
  const [mistake] = inForce.lastFailure ?? [];
  const told = mistake ? `: ${showMistake(mistake).replace(dir, 'DIR')}` : '';
  return `${outcome} ${message}${isNews ? ' news' : ''}${cause === 'request' ? ' asked' : ''}${told}`;
}

/** What came of it, in the words of a case. */
function cameOf(watch: Watch): string[] {
  return watch.outcomes.map((reload) => show(watch, reload));
}

// Each waits most of the time, so they wait together.
test.concurrent.each(CASES)('$what', async ({ steps, expected }) => {
  const watch = await start(LOOK_MS);
  await steps(watch);
  await watch.came(expected.length);
  // What is not expected has some time to come, too.
  await sleep(250);
  expect(cameOf(watch)).toEqual(expected.map((text) => expect.stringContaining(text)));
  expect(watch.outcomes.length === 0 || watch.outcomes.at(-1)?.inForce === watch.watched.inForce).toBe(true);
});

test('without polling, it looks only when asked', async () => {
  const watch = await start(0);
  watch.write('abuse.yaml', rule('two'));
  await watch.pause();
  expect(watch.outcomes).toEqual([]);
  watch.ask();
  await watch.came(1);
  expect(cameOf(watch)).toEqual(['loaded two asked']);
});

test('does not start on a folder with mistakes', async () => {
  const { dir, write } = await start(0);
  write('abuse.yaml', 'id: abuse\n');
  await expect(WatchedGuidelines.open(dir)).rejects.toThrow(RulesError);
});

test('is closed without waiting, also where it would sleep for longer than a test may last', async () => {
  const { watched } = await start(600_000);
  await watched.close();
});

test('a folder that never rests is told of once, and read when it does', async () => {
  const watch = await start(LOOK_MS);
  const now = performance.now.bind(performance);
  let skipped = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now() + skipped);
  const changing = setInterval(() => {
    changes += 1;
    watch.write('abuse.yaml', rule(changes % 2 === 0 ? 'two' : 'three'));
  }, 5);
  let changes = 0;
  try {
    for (const count of [1, 2]) {
      await sleep(200);
      expect(watch.outcomes).toHaveLength(count - 1);
      // Ten seconds pass at a stroke, and the folder changes on.
      skipped += 10_000;
      await watch.came(count);
    }
  } finally {
    clearInterval(changing);
    jest.restoreAllMocks();
  }
  watch.write('abuse.yaml', rule('four'));
  await watch.came(3);
  const told = ': .:1:1: the folder has kept changing for 10 seconds; it is read once it is left alone';
  expect(cameOf(watch)).toEqual([`failed one news${told}`, `failed one${told}`, 'loaded four news']);
});
