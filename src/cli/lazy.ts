import { Command } from 'commander';

/** A command that is loaded only once it is asked for: what it needs may take a second to load. */
export interface LazyCommand {
  /** As it is called. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** Imports its module, or lists the commands below it. */
  readonly load: (() => Promise<{ readonly command: Command }>) | readonly LazyCommand[];
}

/**
 * Adds commands to a program. Of those that are not asked for only name and sentence are known, which is all that help
 * shows.
 * @param args of the program, without those of Node
 */
export async function addCommands(
  program: Command,
  commands: readonly LazyCommand[],
  args: readonly string[],
): Promise<void> {
  // The words that may be commands: `stet help rules lint` asks for those of `stet rules lint`.
  const [asked, ...rest] = args.filter((arg) => !arg.startsWith('-') && arg !== 'help');
  for (const { name, about, load } of commands) {
    const isAsked = name === asked;
    const command = typeof load === 'function' && isAsked ? (await load()).command : new Command();
    command.name(name).description(about).copyInheritedSettings(program);
    if (typeof load !== 'function') await addCommands(command, load, isAsked ? rest : []);
    program.addCommand(command);
  }
}
