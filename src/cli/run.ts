import { type Command, CommanderError } from 'commander';
import { EXIT } from './exit.js';

/**
 * Runs a program with the arguments of this process, and sets its exit status. What went wrong is explained to the person
 * who called it, without a stack.
 * @param program with `exitOverride` set, so that the status is chosen here
 * @throws a defect of the program, with its stack
 */
export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
      return;
    }
    // Loaded when it is needed: it knows errors of the whole house.
    const { explain } = await import('./explain.js');
    const explanation = explain(error);
    if (!explanation) throw error;
    process.stderr.write(`${explanation.message}\n`);
    process.exitCode = explanation.status;
  }
}
