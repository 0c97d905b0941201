import { Command } from 'commander';
import { runExamples } from '../guidelines/examples/examples.js';
import { lintGuidelines } from '../guidelines/lint.js';
import { EXIT } from './exit.js';
import { shownFolder } from './mistakes.js';
import { today } from './rules-folder.js';
import { lint, lintText, statusOf } from './rules-lint.js';
import { examplesText } from './rules-test.js';
import { detectorsOf, foldersOf, siteHeading, withSiteOptions } from './sites.js';
import { withClassifier } from './with-classifier.js';

/** `stet rules check`: what `stet rules lint` and `stet rules test` say, in one. */
export const command = withSiteOptions(new Command())
  .option('--strict', 'let warnings count in the exit status')
  .addHelpText(
    'after',
    `
With --sites and no --site, the rules of all sites are checked, one after the other.

Exit status: 0 when the rules can be put in force, ${EXIT.config} when files have mistakes, ${EXIT.reject} when an example does not hold
or, with --strict, when there are warnings.`,
  )
  .action(async ({ strict = false }: { strict?: boolean }, self: Command) => {
    const { detectors } = await detectorsOf(self);
    const statuses: number[] = [];
    for (const { path, site } of foldersOf(self)) {
      const folder = shownFolder(path);
      const found = await lint(path, detectors, lintGuidelines);
      process.stdout.write(`${siteHeading(site)}${lintText({ ...found, folder })}\n`);
      statuses.push(statusOf([found], strict));
      if (!found.guidelines) continue;
      const { guidelines } = found;
      const results = await withClassifier((classifier) =>
        runExamples(guidelines, { today: today(), classifier }),
      );
      process.stdout.write(`${examplesText(results, folder)}\n`);
      if (results.some((result) => !result.holds)) statuses.push(EXIT.reject);
    }
    process.exitCode = Math.max(...statuses);
  });
