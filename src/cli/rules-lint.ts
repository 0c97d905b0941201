import { Command, Option } from 'commander';
import pc from 'picocolors';
import type { Detector } from '../detectors/detector.js';
import { readRulesFolder } from '../guidelines/files/folder.js';
import { RulesError } from '../guidelines/guidelines.js';
import { type LintResult, type lintGuidelines, lintWithExamples } from '../guidelines/lint.js';
import { counted } from './counted.js';
import { EXIT } from './exit.js';
import { describeMistake, shownFolder } from './mistakes.js';
import { today } from './rules-folder.js';
import { toSarif } from './rules-sarif.js';
import { detectorsOf, foldersOf, jsonOf, textOf, withSiteOptions } from './sites.js';

const FORMATS = ['text', 'json', 'sarif'] as const;

interface Options {
  readonly format: (typeof FORMATS)[number];
  readonly strict?: boolean;
}

/** What is wrong in a rules folder. */
export interface FolderLint extends LintResult {
  /** As it is shown to people. */
  readonly folder: string;
  readonly site: string | undefined;
}

/** `stet rules lint`: everything that is wrong in the rule files, with its place. */
export const command = withSiteOptions(new Command())
  .addOption(
    new Option('--format <format>', 'text is for people, json and sarif (2.1.0) for programs')
      .choices(FORMATS)
      .default('text'),
  )
  .option('--strict', 'let warnings count in the exit status')
  .addHelpText(
    'after',
    `
An example that does not hold is a mistake: it keeps the rules from being put in force. stet rules test tells in full why.
With --sites and no --site, the rules of all sites are looked at, one after the other.

Exit status: 0 when the files have no mistakes, ${EXIT.config} when they have, so that the rules cannot be put in
force; with --strict, ${EXIT.reject} when there are warnings only.`,
  )
  .action(async ({ format, strict }: Options, self: Command) => {
    const { detectors } = await detectorsOf(self);
    const found: FolderLint[] = [];
    for (const { path, site } of foldersOf(self)) {
      found.push({ ...(await lint(path, detectors, lintWithExamples)), folder: shownFolder(path), site });
    }
    process.stdout.write(`${PRINT[format](found)}\n`);
    process.exitCode = statusOf(found, strict ?? false);
  });

/**
 * Lints a rules folder.
 * @param by whether the examples are tried, too
 */
export async function lint(
  path: string,
  detectors: readonly Detector[],
  by: typeof lintGuidelines | typeof lintWithExamples,
): Promise<LintResult> {
  try {
    return await by(await readRulesFolder(path), today(), detectors);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    return { mistakes: error.mistakes, warnings: [], guidelines: undefined };
  }
}

/** The exit status that tells what was found. */
export function statusOf(found: readonly LintResult[], strict: boolean): number {
  if (found.some(({ mistakes }) => mistakes.length > 0)) return EXIT.config;
  return strict && found.some(({ warnings }) => warnings.length > 0) ? EXIT.reject : EXIT.approve;
}

const PRINT: Readonly<Record<Options['format'], (found: readonly FolderLint[]) => string>> = {
  text: (found) => textOf(found, lintText),
  json: (found) => jsonOf(found, toJson),
  sarif: (found) => JSON.stringify(toSarif(found), undefined, 2),
};

/** For people. */
export function lintText({ mistakes, warnings, guidelines, folder }: Omit<FolderLint, 'site'>): string {
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

function toJson({ mistakes, warnings, guidelines, folder, site }: FolderLint): object {
  const rulesVersion = guidelines?.ruleset.version;
  return {
    ...(site !== undefined && { site }),
    folder,
    valid: mistakes.length === 0,
    rulesVersion,
    mistakes,
    warnings,
  };
}
