#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addCommands, type LazyCommand } from './lazy.js';
import { run } from './run.js';

/** Every command. The only list to extend. */
const COMMANDS: readonly LazyCommand[] = [
  {
    name: 'serve',
    about: 'Starts the service. Its settings are environment variables.',
    load: () => import('./serve.js'),
  },
  {
    name: 'check',
    about: 'Judges a comment by the rules, or each comment of a file.',
    load: () => import('./check.js'),
  },
  {
    name: 'init',
    about: 'Makes a rules folder of your own: a copy of the rules that come with stet.',
    load: () => import('./init.js'),
  },
  {
    name: 'rules',
    about: 'Checks the rule files.',
    load: [
      {
        name: 'check',
        about: 'Reports every mistake in the rule files, then whether the examples in them hold.',
        load: () => import('./rules-check.js'),
      },
      {
        name: 'lint',
        about: 'Reports every mistake in the rule files, each with file, line and column, and what is odd.',
        load: () => import('./rules-lint.js'),
      },
      {
        name: 'test',
        about: 'Judges the examples that stand in the rule files, against all rules together.',
        load: () => import('./rules-test.js'),
      },
      {
        name: 'schema',
        about: 'Writes schema.json and limits.schema.json, by which editors complete and check rule files.',
        load: () => import('./rules-schema.js'),
      },
    ],
  },
  {
    name: 'replay',
    about:
      'Judges comments of the past by a draft of the rules: which verdicts change against the rules in force, by which rule, and how well both agree with moderators.',
    load: () => import('./replay.js'),
  },
  {
    name: 'ops',
    about:
      'Prints a Grafana dashboard, alert rules for Prometheus, or how to run it on Kubernetes or Docker.',
    load: () => import('./ops.js'),
  },
  {
    name: 'docs',
    about: 'Prints a page of the documentation; without a name, the list of pages.',
    load: () => import('./docs.js'),
  },
];

const program = new Command('stet')
  .description("Moderates comments by a newspaper's own guidelines.")
  .version(versionOf(new URL('../../package.json', import.meta.url)))
  .exitOverride()
  .showHelpAfterError('(stet --help tells how)');

await addCommands(program, COMMANDS, process.argv.slice(2));
await run(program);

function versionOf(file: URL): string {
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
