import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command, Option } from 'commander';
import { CommandError, EXIT } from '../cli/exit.js';
import { showProgress } from '../cli/progress.js';
import { rulesFolder, rulesOption, today } from '../cli/rules-folder.js';
import { loadGuidelines } from '../guidelines/load.js';
import { isFolder } from '../sites/folders.js';
import { lookFor, RowError } from './corpus/rows.js';
import type { Figure } from './evaluation/figure.js';
import { FIGURE_GROUPS } from './evaluation/index.js';
import { loadLibraries } from './evaluation/libraries.js';
import { type FigureGroup, NoSuchRule, type Subject } from './evaluation/subject.js';
import { toTable } from './evaluation/table.js';

interface Options {
  readonly data: string;
  readonly json?: string;
  readonly rules?: string;
  readonly only?: readonly string[];
}

/** `lab evaluate`: how good the detectors are, on labelled data. */
export const evaluate = new Command('evaluate')
  .description('Measures every detector on labelled data, beside plain libraries on the same rows.')
  .requiredOption('-d, --data <folder>', 'folder of the labelled data, with abuse/, language/ and sentences/')
  .option('--json <file>', 'write the figures as JSON, too')
  .addOption(
    new Option('--only <groups...>', 'measure these groups of figures alone').choices(
      FIGURE_GROUPS.map(({ name }) => name),
    ),
  )
  .addOption(rulesOption())
  .addHelpText(
    'after',
    '\nExit status: 0 when all was measured, whether or not each figure is reached; 64 or above when not.',
  )
  .action(async ({ data, json, rules, only }: Options) => {
    if (!isFolder(data)) throw new CommandError(`${data} is no folder`, EXIT.noInput);
    if (json !== undefined && !isFolder(dirname(json)))
      throw new CommandError(`there is no folder ${dirname(json)} to write ${json} in`, EXIT.usage);
    const rulesDir = rulesFolder(rules);
    const groups = FIGURE_GROUPS.filter(({ name }) => only?.includes(name) ?? true);
    lookFor(
      data,
      groups.flatMap(({ reads }) => reads),
    );
    const day = today();
    const { ruleset } = await loadGuidelines(rulesDir, { today: day });
    const libraries = await loadLibraries();
    const figures = await measureAll(groups, { dataDir: data, rulesDir, ruleset, today: day, libraries });
    process.stdout.write(`${toTable(figures)}\n`);
    for (const name of libraries.missing)
      process.stdout.write(`${name} is not installed, and so is not in the table\n`);
    if (json !== undefined) {
      const content = { rulesVersion: ruleset.version, date: day, node: process.version, figures };
      await writeFile(json, `${JSON.stringify(content, null, 2)}\n`);
    }
  });

/** One group of figures after the other. On a terminal, a bar on standard error tells how far it is. */
async function measureAll(groups: readonly FigureGroup[], subject: Subject): Promise<Figure[]> {
  const progress = showProgress({ total: groups.length, beside: '{group}', fields: { group: '' } });
  const figures: Figure[] = [];
  try {
    for (const { name, measure } of groups) {
      progress.say({ group: name });
      figures.push(...(await measure(subject)));
      progress.add(1);
    }
  } catch (error) {
    throw toCommandError(error);
  } finally {
    progress.stop();
  }
  return figures;
}

function toCommandError(error: unknown): unknown {
  if (error instanceof RowError) return new CommandError(error.message, EXIT.data);
  if (error instanceof NoSuchRule) return new CommandError(error.message, EXIT.config);
  return error;
}
