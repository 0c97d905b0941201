import { readFileSync } from 'node:fs';
import { Argument, Command } from 'commander';

/** What an operator takes over and changes, by the name it is asked for. */
const FILES = {
  dashboard: 'dashboard.json',
  alerts: 'alerts.yaml',
  kubernetes: 'kubernetes.yaml',
  compose: 'compose.yaml',
} as const;

/** `stet ops`: prints a file to run the service with. */
export const command = new Command()
  .addArgument(new Argument('<what>', 'what to print').choices(Object.keys(FILES)))
  .action((what: keyof typeof FILES) => {
    process.stdout.write(readFileSync(new URL(`../deploy/${FILES[what]}`, import.meta.url)));
  });
