import { type Command, CommanderError } from 'commander';
import { RulesError } from '../guidelines/guidelines.js';
import { ConfigError } from '../settings/setting.js';
import { CommentFileError } from '../wire/comment-files.js';
import { CommandError, EXIT } from './exit.js';
import { describeMistake } from './mistakes.js';

/**
 * Runs a program with the arguments of this process, and sets its exit status. What went wrong is told to the person
 * who called it, without a stack.
 * @param program with `exitOverride` set, so that the status is chosen here
 * @throws a defect of the program, with its stack
 */
export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = told(error);
  }
}

function told(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof CommandError) {
    process.stderr.write(`stet: ${error.message}\n`);
    return error.status;
  }
  if (error instanceof CommentFileError) {
    process.stderr.write(`stet: ${error.message}\n`);
    return EXIT.noInput;
  }
  if (error instanceof RulesError) {
    for (const mistake of error.mistakes) process.stderr.write(`${describeMistake(mistake, 'error')}\n`);
    return EXIT.config;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.config;
  }
  throw error;
}
