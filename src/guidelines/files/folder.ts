import { type BigIntStats, constants, type Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type Mistake, type ReportedMistake, RulesError } from '../guidelines.js';
import { Report } from '../mistakes/report.js';
import { MOST_BYTES } from './source-text.js';

/** What is deeper, or has more files, is no rules folder but something else that was named by mistake. */
const DEEPEST = 5;
const MOST_FILES = 1000;

/** What a rules folder holds. */
export interface FolderState {
  /** The contents by name within the folder, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
  /** What could not be read, and so is not among the files. */
  readonly mistakes: readonly ReportedMistake[];
  /** As `fingerprintFolder` takes it; here of the very files that were read. */
  readonly fingerprint: string;
}

/**
 * Reads the files of a rules folder that may be rules or lists: `*.yaml` and `*.yml` directly in it, `*.txt` at
 * any depth down to five. Names that start with a dot are passed over (an editor's locks, a ConfigMap's
 * `..data`). Links are followed within the folder, as a ConfigMap has them; one that leads out of it is refused, for what
 * is told of a rule file quotes it, and whoever may ask for the rules may not read any file of the machine. What the
 * files hold is not looked at; of one over 1 MB just so much is read that `compileGuidelines` refuses it.
 * @param dir the folder
 * @returns the contents by name within the folder, with `/` between folders
 * @throws RulesError where the folder or such a file cannot be read
 */
export async function readRulesFolder(dir: string): Promise<ReadonlyMap<string, string>> {
  const { files, mistakes } = await readFolderState(dir);
  if (mistakes.length > 0) throw new RulesError(mistakes);
  return files;
}

/** As `readRulesFolder`, with what tells this state of the folder from others. Does not throw for what it cannot read. */
export async function readFolderState(dir: string): Promise<FolderState> {
  const report = new Report();
  const names = await walk(dir, report);
  // As of now: whether a file can be read is no part of its fingerprint, which is also taken without reading.
  const walked = report.mistakes;
  const read = await Promise.all(names.map((name) => readFile(dir, name, report)));
  return {
    files: new Map(read.flatMap(({ name, content }) => (content === undefined ? [] : [[name, content]]))),
    mistakes: report.mistakes,
    fingerprint: fingerprintOf(walked, read),
  };
}

/**
 * What tells states of a rules folder apart without reading its files: their names, and for each file that a name
 * leads to, through however many links, which one it is, its size and when it last changed.
 */
export async function fingerprintFolder(dir: string): Promise<string> {
  const report = new Report();
  const names = await walk(dir, report);
  const marks = await Promise.all(names.map(async (name) => ({ name, mark: await markAt(join(dir, name)) })));
  return fingerprintOf(report.mistakes, marks);
}

interface Marked {
  readonly name: string;
  readonly mark: string;
}

function fingerprintOf(mistakes: readonly Mistake[], marked: readonly Marked[]): string {
  return JSON.stringify([mistakes, marked.map(({ name, mark }) => [name, mark]).sort()]);
}

async function readFile(
  dir: string,
  name: string,
  report: Report,
): Promise<Marked & { content: string | undefined }> {
  const path = join(dir, name);
  const read = await orTell(report, name, async () => {
    // What was asked about is what is opened, whatever the name leads to by now.
    const real = await realpath(path);
    if (!isWithin(await realpath(dir), real)) throw new LinkOut();
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const stream = handle.createReadStream({ end: MOST_BYTES, autoClose: false });
      const content = decode(await buffer(stream));
      // Asked of the open file, after its last byte: of the one that was read, whatever the name leads to by now.
      return { name, content, mark: markOf(await handle.stat({ bigint: true })) };
    } finally {
      await handle.close();
    }
  });
  return read ?? { name, content: undefined, mark: await markAt(path) };
}

async function markAt(path: string): Promise<string> {
  const found = await orTell(new Report(), path, () => stat(path, { bigint: true }));
  return found ? markOf(found) : 'none';
}

function markOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** The names of the files to read; too many are told. */
async function walk(dir: string, report: Report): Promise<string[]> {
  const names = await namesIn(dir, [], report);
  if (names.length > MOST_FILES) {
    tell(
      report,
      dir,
      `it holds ${names.length} files, so it can be no rules folder; it may hold ${MOST_FILES}`,
    );
  }
  return names.slice(0, MOST_FILES);
}

/** The names of the files to read, by the folders that lead to them. */
async function namesIn(dir: string, within: readonly string[], report: Report): Promise<string[]> {
  const entries = await orTell(report, within.length === 0 ? dir : within.join('/'), () =>
    readdir(join(dir, ...within), { withFileTypes: true }),
  );
  const names: string[] = [];
  for (const entry of entries ?? []) {
    if (entry.name.startsWith('.')) continue;
    const path = [...within, entry.name];
    const isWanted = entry.name.endsWith('.txt') || (within.length === 0 && /\.ya?ml$/.test(entry.name));
    const target = entry.isSymbolicLink() ? await linkTarget(dir, path, isWanted, report) : entry;
    if (target?.isDirectory() && path.length <= DEEPEST) names.push(...(await namesIn(dir, path, report)));
    else if (target?.isFile() && isWanted) names.push(path.join('/'));
  }
  return names;
}

/** Where a link leads. A link to nowhere matters only under a name that would be read, and so does one to a file elsewhere. */
async function linkTarget(
  dir: string,
  path: readonly string[],
  isWanted: boolean,
  report: Report,
): Promise<Pick<Dirent, 'isFile' | 'isDirectory'> | undefined> {
  const name = path.join('/');
  const target = await orTell(isWanted ? report : new Report(), name, () => stat(join(dir, ...path)));
  if (!target?.isDirectory() && !isWanted) return undefined;
  return (
    target &&
    orTell(report, name, async () => {
      if (!isWithin(await realpath(dir), await realpath(join(dir, ...path)))) throw new LinkOut();
      return target;
    })
  );
}

/** A link that leads out of the rules folder. */
class LinkOut extends Error {
  readonly code = 'LINK_OUT';
}

/** Whether a path lies within a folder; of both, no part is a link. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Bytes that are not UTF-8 become U+FFFD, for which `compileGuidelines` looks. */
function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Runs a step that asks the file system; where that fails, it is told. */
async function orTell<Result>(
  report: Report,
  name: string,
  step: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await step();
  } catch (error) {
    const fault = systemFault.safeParse(error);
    if (!fault.success) throw error;
    tell(report, name, WHY[fault.data.code] ?? `it cannot be read (${fault.data.code})`);
    return undefined;
  }
}

/** An error that the operating system gave, `ENOENT`, or one of ours in its form. */
const systemFault = z.object({ code: z.string() });

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'it is not a folder',
  EACCES: 'it may not be read; mend its permissions',
  EPERM: 'it may not be read; mend its permissions',
  ELOOP: 'it is a link that leads nowhere',
  LINK_OUT: 'it is a link that leads out of the rules folder; put what it leads to in the folder',
};

function tell(report: Report, file: string, message: string): void {
  report.mistake({ file, line: 1, column: 1 }, message, 'unreadable');
}
