import { Command } from 'commander';
import pc from 'picocolors';
import { showMistake } from '../guidelines/guidelines.js';
import { expiryWarnings, loadGuidelines } from '../guidelines/load.js';
import { rulesFolder, rulesOption, today } from './rules-folder.js';

/** `stet rules lint`: every mistake in the rule files, with its place. */
export const lintRules = new Command('lint')
  .description('Tells every mistake in the rule files, each with file, line and column.')
  .addOption(rulesOption())
  .addHelpText('after', '\nExit status: 0 when the rules can be put in force, 78 when not.')
  .action(async (options: { rules?: string }) => {
    const folder = rulesFolder(options.rules);
    const guidelines = await loadGuidelines(folder, { examples: false });
    for (const warning of [...guidelines.warnings, ...expiryWarnings(guidelines, today())]) {
      process.stderr.write(`${pc.yellow('warning')} ${showMistake(warning)}\n`);
    }
    process.stdout.write(`${guidelines.ruleset.rules.length} rules in ${folder} can be put in force\n`);
  });
