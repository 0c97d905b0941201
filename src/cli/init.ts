import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Command } from 'commander';
import { PACKAGE_RULES } from '../sites/folders.js';
import { counted } from './counted.js';
import { CommandError, EXIT } from './exit.js';
import { shownFolder } from './mistakes.js';

/** `stet init`: a rules folder of one's own. */
export const command = new Command()
  .argument('[folder]', 'the folder to make, or to add what is missing to', 'rules')
  .addHelpText(
    'after',
    `
A file that is there already is left as it is.

Exit status: 0 when the folder has all files, ${EXIT.usage} when it cannot be written.`,
  )
  .action(async (folder: string) => {
    const written: string[] = [];
    const kept: string[] = [];
    for (const name of await filesIn(PACKAGE_RULES)) {
      const target = join(folder, name);
      (await copyNew(join(PACKAGE_RULES, name), target)) ? written.push(target) : kept.push(target);
    }
    for (const path of written) process.stdout.write(`${path} written\n`);
    for (const path of kept) process.stdout.write(`${path} is there already, and was left as it is\n`);
    process.stdout.write(nextSteps(shownFolder(folder), written.length, kept.length));
  });

/** By name within the folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** @returns whether the file was not there before */
async function copyNew(source: string, target: string): Promise<boolean> {
  if (existsSync(target)) return false;
  try {
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new CommandError(`${target} cannot be written (${error.code})`, EXIT.usage);
  }
}

function nextSteps(folder: string, written: number, kept: number): string {
  const isHere = folder === 'rules';
  const option = isHere ? '' : ` --rules ${folder}`;
  const serve = isHere ? 'stet serve' : `RULES_DIR=${folder} stet serve`;
  return `
${counted(written, 'file')} written to ${folder}${kept > 0 ? `, ${counted(kept, 'file')} left as before` : ''}. What to do next:
  change the rules in ${folder}/*.yaml and the words in ${folder}/lists/
  stet rules check${option}      says whether they can be put in force
  stet check${option} "A comment."   judges a comment by them
  ${serve}      starts the service with them
`;
}
