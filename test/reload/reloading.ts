import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { eventually } from '../helpers/eventually.js';
import { type Service, startService } from '../helpers/service.js';
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

/** So long a bad state stands once it is told: for it to be told again, were it so. */
const STANDS_MS = 300;
/** What is in force takes a tenth of this; it only ends a wait that hangs. */
const LONGEST_MS = 120_000;

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

const rulesBody = z.object({
  rulesVersion: z.string(),
  loadedAt: z.string(),
  errors: z.array(z.object({ file: z.string(), message: z.string() })),
});

/** A service under load whose rules folder changes. */
export interface Reloading {
  /**
   * Goes through each state once, and checks all that is told of it.
   * @returns how long each change took to be in force, in milliseconds
   */
  goThroughStates(): Promise<number[]>;
  /** Swaps the ConfigMap so often. Returns as `goThroughStates`. */
  swapConfigMap(times: number): Promise<number[]>;
  /** Ends it, and checks that each verdict was one of a whole state of the folder. */
  end(): Promise<void>;
  /** How long each comment took so far, in milliseconds. */
  commentTimes(): number[];
}

/**
 * Starts the service on a folder of the default rules and some that tell which state they are of, with a load of
 * comments and a batch that never ends.
 * @param kind how the folder is made: of files, or as Kubernetes mounts a ConfigMap
 */
export async function startReloading(kind: 'files' | 'ConfigMap'): Promise<Reloading> {
  const parent = await mkdtemp(join(tmpdir(), 'stet-reload-'));
  const dir = join(parent, 'rules');
  const first = filesOf(1);
  await (kind === 'files' ? makeFolder(dir, first) : swapConfigMap(dir, first, '1'));
  const service = await startService({ RULES_DIR: dir, API_KEYS: KEY });
  const load = startLoad(service.url);
  await eventually('the load is on', () => load.comments.length > 20 && load.lines.length > 10);
  return new ReloadingService(parent, dir, service, load, first);
}

class ReloadingService implements Reloading {
  readonly #wholes: Set<string>;
  #number = 1;
  #took: number[] = [];
  #files: Files;

  constructor(
    readonly parent: string,
    readonly dir: string,
    readonly service: Service,
    readonly load: Load,
    first: Files,
  ) {
    this.#files = first;
    this.#wholes = new Set([marksOf(first)]);
  }

  async goThroughStates(): Promise<number[]> {
    this.#took = [];
    for (const state of STATES) {
      const before = this.#files;
      const next = this.#next();
      this.#files = state.end?.(before, next) ?? next;
      this.#wholes.add(marksOf(this.#files));
      await this.#goThrough(state, before, this.#files);
    }
    return this.#took;
  }

  async swapConfigMap(times: number): Promise<number[]> {
    this.#took = [];
    for (let time = 0; time < times; time++) {
      this.#files = this.#next();
      this.#wholes.add(marksOf(this.#files));
      await swapConfigMap(this.dir, this.#files, `${this.#number}`);
      await this.#inForce(this.#files);
    }
    return this.#took;
  }

  async end(): Promise<void> {
    await this.load.stop();
    await this.service.stop();
    await rm(this.parent, { recursive: true, force: true });
    this.#checkVerdicts();
  }

  commentTimes(): number[] {
    return this.load.comments.map(({ ms }) => ms);
  }

  #next(): Files {
    this.#number += 1;
    return filesOf(this.#number);
  }

  async #get(path: string): Promise<Response> {
    return fetch(`${this.service.url}${path}`, { headers: { authorization: `Bearer ${KEY}` } });
  }

  async #rules(): Promise<z.infer<typeof rulesBody>> {
    return rulesBody.parse(await (await this.#get('/v1/rules')).json());
  }

  async #metric(name: string): Promise<number> {
    const text = await (await this.#get('/metrics')).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    );
  }

  /** Waits until comments are judged by files, and notes how long that took. */
  async #inForce(files: Files): Promise<void> {
    const since = performance.now();
    const marks = marksOf(files);
    const { comments } = this.load;
    let first = comments.length;
    await eventually(
      `comments are judged by ${marks}`,
      () => {
        while (first < comments.length && comments[first]?.marks !== marks) first++;
        return first < comments.length;
      },
      LONGEST_MS,
    );
    this.#took.push((comments[first]?.at ?? 0) - since);
  }

  /** Waits until nothing is wrong with the folder, and notes how long that took. */
  async #mended(): Promise<void> {
    const since = performance.now();
    await eventually('nothing is wrong', async () => (await this.#rules()).errors.length === 0, LONGEST_MS);
    this.#took.push(performance.now() - since);
  }

  /** Goes through a change, and checks what is told of it. */
  async #goThrough({ what, change }: State, before: Files, end: Files): Promise<void> {
    const { rulesVersion } = await this.#rules();
    const failures = await this.#metric('stet_rules_reloads_total{site="default",outcome="failure"}');
    const logged = this.service.log.length;
    const newLines = () => this.service.log.slice(logged);
    let bad = 0;
    const isTold = async (text: string) => {
      bad += 1;
      await eventually(`${what}: it is told`, async () => (await this.#rules()).errors.length > 0);
      await sleep(STANDS_MS);
      const told = await this.#rules();
      expect(told.rulesVersion).toBe(rulesVersion);
      expect(JSON.stringify(told.errors)).toContain(text);
      expect(await this.#metric('stet_rules_stale{site="default"}')).toBe(1);
    };

    await change(this.dir, end, { before, isTold });
    // Where the end is in force all along, only that nothing is wrong any more can be seen.
    if (end === before) await this.#mended();
    else await this.#inForce(end);
    await eventually(`${what}: it is logged`, () =>
      newLines().some(({ msg }) => /reloaded|holds again/.test(`${msg}`)),
    );
    const now = await this.#rules();
    expect(now.errors).toEqual([]);
    expect(await this.#metric(`stet_rules_info{site="default",version="${now.rulesVersion}"}`)).toBe(1);
    const loadedAt = await this.#metric('stet_rules_loaded_timestamp_seconds{site="default"}');
    expect(Date.parse(now.loadedAt) / 1000).toBeCloseTo(loadedAt, 2);
    expect(await this.#metric('stet_rules_stale{site="default"}')).toBe(0);
    expect(await this.#metric('stet_rules_reloads_total{site="default",outcome="failure"}')).toBe(
      failures + bad,
    );
    const complaints = newLines().filter(({ level }) => Number(level) > 30);
    expect({ what, complaints: complaints.slice(0, bad + 2) }).toEqual({
      what,
      complaints: Array(bad).fill(expect.anything()),
    });
  }

  /** What must hold of each verdict, whatever became of the folder. */
  #checkVerdicts(): void {
    const { comments, lines, failures } = this.load;
    expect(failures.slice(0, 3)).toEqual([]);
    const halves = new Set(comments.map(({ marks }) => marks).filter((marks) => !this.#wholes.has(marks)));
    expect([...halves].slice(0, 3)).toEqual([]);
    const withoutLimits = (marks: string) => marks.split(' ').slice(0, 3).join(' ');
    const made = new Map(comments.map(({ version, marks }) => [version, withoutLimits(marks)]));
    const others = [...comments, ...lines].filter(
      ({ version, marks }) => made.get(version) !== withoutLimits(marks),
    );
    expect(others.slice(0, 3)).toEqual([]);
    expect(made.size).toBeLessThanOrEqual(this.#wholes.size);
  }
}
