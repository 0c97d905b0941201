import { Argument, Command } from 'commander';
import { PAGES, readPage } from '../docs/index.js';
import { CommandError, EXIT } from './exit.js';

/** `stet docs`: prints a page of the documentation, or the list of pages. */
export const command = new Command()
  .addArgument(new Argument('[page]', 'which page').choices(PAGES.map(({ name }) => name)))
  .action((name: string | undefined) => {
    process.stdout.write(name === undefined ? contents() : text(name));
  });

function contents(): string {
  const width = Math.max(...PAGES.map(({ name }) => name.length));
  return PAGES.map(({ name, about }) => `${name.padEnd(width)}  ${about}\n`).join('');
}

function text(name: string): string {
  const page = PAGES.find((known) => known.name === name);
  const markdown = page && readPage(page);
  if (markdown === undefined) throw new CommandError(`the page ${name} is not installed`, EXIT.noInput);
  return markdown;
}
