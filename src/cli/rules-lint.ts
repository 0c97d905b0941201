import { Command, Option } from 'commander';
import pc from 'picocolors';
import { readRulesFolder } from '../guidelines/files/folder.js';
import { RulesError } from '../guidelines/guidelines.js';
import { type LintResult, lintGuidelines } from '../guidelines/lint.js';
import { EXIT } from './exit.js';
import { describeMistake, shownFolder } from './mistakes.js';
import { rulesFolder, rulesOption, today } from './rules-folder.js';
import { toSarif } from './rules-sarif.js';

const FORMATS = ['text', 'json', 'sarif'] as const;

interface Options {
  readonly rules?: string;
  readonly format: (typeof FORMATS)[number];
  readonly strict?: boolean;
}

/** `stet rules lint`: every mistake in the rule files, with its place. */
export const lintRules = new Command('lint')
  .description('Tells every mistake in the rule files, each with file, line and column, and what is odd.')
  .addOption(rulesOption())
  .addOption(
    new Option('--format <format>', 'text is for people, json and sarif (2.1.0) for programs')
      .choices(FORMATS)
      .default('text'),
  )
  .option('--strict', 'let warnings count in the exit status')
  .addHelpText(
    'after',
    `
Exit status: 0 when the files have no mistakes, ${EXIT.config} when they have, so that the rules cannot be put in
force; with --strict, ${EXIT.reject} when there are warnings only. Whether the examples hold, stet rules test tells.`,
  )
  .action(async (options: Options) => {
    const path = rulesFolder(options.rules);
    const folder = shownFolder(path);
    const result = await lint(path);
    process.stdout.write(`${PRINT[options.format](result, folder)}\n`);
    const { mistakes, warnings } = result;
    if (mistakes.length > 0) process.exitCode = EXIT.config;
    else if (options.strict && warnings.length > 0) process.exitCode = EXIT.reject;
  });

async function lint(path: string): Promise<LintResult> {
  try {
    return lintGuidelines(await readRulesFolder(path), today());
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    return { mistakes: error.mistakes, warnings: [], guidelines: undefined };
  }
}

const PRINT: Readonly<Record<Options['format'], (result: LintResult, folder: string) => string>> = {
  text: toText,
  json: toJson,
  sarif: (result, folder) => JSON.stringify(toSarif(result, folder), undefined, 2),
};

function toText({ mistakes, warnings, guidelines }: LintResult, folder: string): string {
  const sum = [counted(mistakes.length, 'mistake'), counted(warnings.length, 'warning')].join(', ');
  const rules = guidelines?.ruleset.rules.length ?? 0;
  return [
    ...mistakes.map((mistake) => describeMistake(mistake, 'error', folder)),
    ...warnings.map((warning) => describeMistake(warning, 'warning', folder)),
    mistakes.length > 0
      ? pc.red(`${folder} cannot be put in force: ${sum}`)
      : `${pc.green(`${counted(rules, 'rule')} in ${folder}`)}: ${sum}`,
  ].join('\n');
}

function toJson({ mistakes, warnings, guidelines }: LintResult, folder: string): string {
  const rulesVersion = guidelines?.ruleset.version;
  return JSON.stringify(
    { folder, valid: mistakes.length === 0, rulesVersion, mistakes, warnings },
    undefined,
    2,
  );
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}
