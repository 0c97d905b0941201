#!/usr/bin/env node
import { Command } from 'commander';
import { check } from './check.js';
import { docs } from './docs.js';
import { ops } from './ops.js';
import { replay } from './replay.js';
import { lintRules } from './rules-lint.js';
import { writeSchemas } from './rules-schema.js';
import { testRules } from './rules-test.js';
import { run } from './run.js';
import { serve } from './serve.js';

const program = new Command('stet')
  .description("Moderates comments by a newspaper's own guidelines.")
  .exitOverride()
  .showHelpAfterError('(stet --help tells how)');

for (const command of [serve, check, replay, ops, docs])
  program.addCommand(command.copyInheritedSettings(program));
const rules = program.command('rules').description('Checks the rule files.').copyInheritedSettings(program);
for (const command of [lintRules, testRules, writeSchemas])
  rules.addCommand(command.copyInheritedSettings(rules));

await run(program);
