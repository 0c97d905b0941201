import { cp, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DEFAULT_RULES = join(import.meta.dirname, '..', '..', 'rules');

/** The marked files of a whole state of the folder: each says in which it was written. */
export type Files = Readonly<Record<string, string>>;

const ruleOf = (id: string, state: number, phrase: string, rest = ''): string => `id: ${id}
guideline: This is a mark.
message: ${id.slice(-1)}${state}
action: flag
when:
  - phrases: ["${phrase}"]
${rest}examples:
  flag: [I find that the xylophone is lovely.]
  approve: [I find that the weather is lovely.]
`;

/** The marked files of the nth state. The word of the list is only in the odd ones. */
export function filesOf(state: number): Files {
  return {
    'mark-a.yaml': ruleOf('mark-a', state, 'xylophone'),
    'mark-b.yaml': ruleOf('mark-b', state, 'xylophone'),
    'mark-list.yaml': ruleOf(
      'mark-list',
      0,
      '{word}',
      'lists:\n  word: { file: lists/sub/words.txt }\n',
    ).replace('xylophone is', 'okapi is'),
    'lists/sub/words.txt': state % 2 === 1 ? 'okapi\nzebra\n' : 'okapi\n',
    'limits.yaml': `tiers:\n  default:\n    - { name: burst, points: ${1000 + state}, per: 60 }\n`,
  };
}

/** What a comment's verdict tells of a state: see `Judged.marks`. */
export function marksOf(files: Files): string {
  const message = (name: string) => /^message: (.*)$/m.exec(files[name] ?? '')?.[1] ?? '-';
  const list = files['lists/sub/words.txt']?.includes('zebra') ? 'list' : '-';
  const quota = /points: (\d+)/.exec(files['limits.yaml'] ?? '')?.[1];
  return [message('mark-a.yaml'), message('mark-b.yaml'), list, quota].join(' ');
}

/** Writes files into a folder one after the other, each by deleting it and writing it anew, as git does. */
export async function writeAll(dir: string, files: Files): Promise<void> {
  await checkOut(dir, files, 0);
}

/** As `writeAll`, with a pause after each file. */
export async function checkOut(dir: string, files: Files, pauseMs: number): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(dir, name);
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    await writeFile(path, content);
    if (pauseMs > 0) await sleep(pauseMs);
  }
}

/** Makes a rules folder of the default rules and marked files. */
export async function makeFolder(dir: string, files: Files): Promise<void> {
  await cp(DEFAULT_RULES, dir, { recursive: true });
  await writeAll(dir, files);
}

/**
 * Makes a rules folder as Kubernetes mounts a ConfigMap, or swaps the files of one: the names are links into
 * `..data`, itself a link to a folder of that moment, which is replaced at one stroke.
 */
export async function swapConfigMap(dir: string, files: Files, moment: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const before = (await readdir(dir)).filter((name) => /^\.\.\d/.test(name));
  await makeFolder(join(dir, `..${moment}`), files);
  await symlink(`..${moment}`, join(dir, '..data_tmp'));
  await rename(join(dir, '..data_tmp'), join(dir, '..data'));
  for (const name of before) await rm(join(dir, name), { recursive: true });
  const there = new Set(await readdir(dir));
  for (const name of await readdir(join(dir, `..${moment}`))) {
    if (!there.has(name)) await symlink(`..data/${name}`, join(dir, name));
  }
}
