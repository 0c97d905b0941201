#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.js';
import { RulesError } from '../guidelines/guidelines.js';
import { check } from './check.js';
import { evaluate } from './evaluate.js';
import { CommandError, EXIT } from './exit.js';
import { describeMistake } from './mistakes.js';
import { ops } from './ops.js';
import { replay } from './replay.js';
import { lintRules } from './rules-lint.js';
import { writeSchemas } from './rules-schema.js';
import { testRules } from './rules-test.js';
import { serve } from './serve.js';
import { train } from './train.js';

const program = new Command('stet')
  .description("Moderates comments by a newspaper's own guidelines.")
  .exitOverride()
  .showHelpAfterError('(stet --help tells how)');

for (const command of [serve, check, replay, ops, train, evaluate])
  program.addCommand(command.copyInheritedSettings(program));
const rules = program.command('rules').description('Checks the rule files.').copyInheritedSettings(program);
for (const command of [lintRules, testRules, writeSchemas])
  rules.addCommand(command.copyInheritedSettings(rules));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = told(error);
}

/** Tells the person who called what went wrong, without a stack; a defect of the program keeps its stack. */
function told(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof CommandError) {
    process.stderr.write(`stet: ${error.message}\n`);
    return error.status;
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
