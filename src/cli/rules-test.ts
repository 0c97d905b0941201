import { Command } from 'commander';
import pc from 'picocolors';
import { explain, runExamples } from '../guidelines/examples.js';
import { showMistake } from '../guidelines/guidelines.js';
import { loadGuidelines } from '../guidelines/load.js';
import { EXIT } from './exit.js';
import { rulesFolder, rulesOption, today } from './rules-folder.js';

/** `stet rules test`: whether the examples in the rule files hold. */
export const testRules = new Command('test')
  .description('Judges the examples that stand in the rule files, against all rules together.')
  .addOption(rulesOption())
  .addHelpText(
    'after',
    '\nExit status: 0 when all hold, 1 when one does not, 78 when the rules cannot be loaded.',
  )
  .action(async (options: { rules?: string }) => {
    const guidelines = await loadGuidelines(rulesFolder(options.rules), { examples: false });
    const results = runExamples(guidelines, today());
    const failed = results.filter((result) => !result.holds);
    for (const result of failed) {
      const { example } = result;
      process.stdout.write(
        `${pc.red('✗')} ${showMistake({ ...example, message: JSON.stringify(example.text) })}\n`,
      );
      process.stdout.write(`  ${explain(result)}\n`);
    }
    const sum = `${results.length - failed.length} of ${results.length} examples hold`;
    process.stdout.write(`${failed.length === 0 ? pc.green(sum) : pc.red(sum)}\n`);
    if (failed.length > 0) process.exitCode = EXIT.reject;
  });
