import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { RulesError } from './guidelines.js';
import { Report } from './report.js';
import { MOST_BYTES } from './source-text.js';

/** What is deeper, or has more files, is no rules folder but something else that was named by mistake. */
const DEEPEST = 5;
const MOST_FILES = 1000;

/**
 * Reads the files of a rules folder that may be rules or lists: `*.yaml` and `*.yml` directly in it, `*.txt` at
 * any depth down to five. Names that start with a dot are passed over (an editor's locks, a ConfigMap's
 * `..data`), links are followed. What the files hold is not looked at; of one over 1 MB just so much is read
 * that `compileGuidelines` refuses it.
 * @param dir the folder
 * @returns the contents by name within the folder, with `/` between folders
 * @throws RulesError where the folder or such a file cannot be read
 */
export async function readRulesFolder(dir: string): Promise<Map<string, string>> {
  const report = new Report();
  const names = await namesIn(dir, [], report);
  if (names.length > MOST_FILES) {
    tell(
      report,
      dir,
      `it holds ${names.length} files, so it can be no rules folder; it may hold ${MOST_FILES}`,
    );
  }
  const files = await Promise.all(
    names.slice(0, MOST_FILES).map(async (name): Promise<[string, string][]> => {
      const path = join(dir, name);
      const bytes = await orTell(report, name, () => buffer(createReadStream(path, { end: MOST_BYTES })));
      return bytes ? [[name, decode(bytes)]] : [];
    }),
  );
  if (report.mistakes.length > 0) throw new RulesError(report.mistakes);
  return new Map(files.flat());
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

/** Where a link leads. A link to nowhere matters only under a name that would be read. */
function linkTarget(
  dir: string,
  path: readonly string[],
  isWanted: boolean,
  report: Report,
): Promise<Pick<Dirent, 'isFile' | 'isDirectory'> | undefined> {
  return orTell(isWanted ? report : new Report(), path.join('/'), () => stat(join(dir, ...path)));
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

/** An error that the operating system gave: `ENOENT`. */
const systemFault = z.object({ code: z.string() });

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'it is not a folder',
  EACCES: 'it may not be read; mend its permissions',
  EPERM: 'it may not be read; mend its permissions',
};

function tell(report: Report, file: string, message: string): void {
  report.mistake({ file, line: 1, column: 1 }, message);
}
