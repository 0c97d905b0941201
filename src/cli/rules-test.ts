import { Command, Option } from 'commander';
import pc from 'picocolors';
import type { Detector } from '../detectors/detector.js';
import {
  type ExampleResult,
  explain,
  runExamples,
  showNeed,
  showTrace,
  traceOf,
} from '../guidelines/examples/examples.js';
import { RulesError } from '../guidelines/guidelines.js';
import { loadGuidelines } from '../guidelines/load.js';
import { shown } from '../guidelines/mistakes/suggest.js';
import { EXIT } from './exit.js';
import { describeMistake, fileIn, shownFolder } from './mistakes.js';
import { today } from './rules-folder.js';
import { detectorsOf, foldersOf, jsonOf, textOf, withSiteOptions } from './sites.js';
import { PAINT } from './verdict-text.js';
import { withClassifier } from './with-classifier.js';

const FORMATS = ['text', 'json'] as const;

interface Options {
  readonly format: (typeof FORMATS)[number];
}

/** What became of the examples in a rules folder. */
interface FolderExamples {
  readonly results: readonly ExampleResult[];
  /** As it is shown to people. */
  readonly folder: string;
  readonly site: string | undefined;
}

/** `stet rules test`: whether the examples in the rule files hold. */
export const command = withSiteOptions(new Command())
  .addOption(
    new Option('--format <format>', 'text is for people, json for programs').choices(FORMATS).default('text'),
  )
  .addHelpText(
    'after',
    `
With --sites and no --site, the examples of all sites are tried, one site after the other.

Exit status: 0 when all hold, ${EXIT.reject} when one does not, ${EXIT.config} when the rules cannot be loaded.`,
  )
  .action(async ({ format }: Options, self: Command) => {
    const { detectors } = await detectorsOf(self);
    const found: FolderExamples[] = [];
    for (const { path, site } of foldersOf(self)) {
      const folder = shownFolder(path);
      const results = await tryExamples(path, detectors).catch((error: unknown) => {
        // Of several sites the others are still tried.
        if (!(error instanceof RulesError) || site === undefined) throw error;
        for (const mistake of error.mistakes)
          process.stderr.write(`${describeMistake(mistake, 'error', folder)}\n`);
        process.exitCode = EXIT.config;
        return undefined;
      });
      if (results) found.push({ results, folder, site });
    }
    if (found.length > 0) process.stdout.write(`${PRINT[format](found)}\n`);
    if (found.some(({ results }) => results.some((result) => !result.holds)))
      process.exitCode ??= EXIT.reject;
  });

async function tryExamples(path: string, detectors: readonly Detector[]): Promise<ExampleResult[]> {
  const day = today();
  const guidelines = await loadGuidelines(path, { examples: false, detectors, today: day });
  return withClassifier((classifier) => runExamples(guidelines, { today: day, classifier }));
}

const PRINT: Readonly<Record<Options['format'], (found: readonly FolderExamples[]) => string>> = {
  text: (found) => textOf(found, ({ results, folder }) => examplesText(results, folder)),
  json: (found) => jsonOf(found, toJson),
};

/** For people: those that do not hold, and how many do. */
export function examplesText(results: readonly ExampleResult[], folder: string): string {
  const held = results.filter((result) => result.holds).length;
  const sum = `${held} of ${results.length} examples hold`;
  return [
    ...results.filter((result) => !result.holds).map((result) => describeFailure(result, folder)),
    held === results.length ? pc.green(sum) : pc.red(sum),
  ].join('\n');
}

/** An example that does not hold, then a line for each condition that matters to it. */
function describeFailure(result: ExampleResult, folder: string): string {
  const { example } = result;
  const { file, line, column, expected, rule, text } = example;
  const place = `${fileIn(folder, file)}:${line}:${column}:`;
  const traces = traceOf(result);
  const by = expected === 'approve' ? '' : ` by ${rule}`;
  const conditions = traces.map((trace) => {
    const { action } = trace;
    const said = `condition ${trace.entry} of ${trace.rule}: ${showTrace(trace)}${showNeed(trace, example)}`;
    return action === undefined ? pc.dim(said) : PAINT[action](said);
  });
  return [
    `${pc.red('✗')} ${pc.bold(place)} "${shown(text)}"`,
    `  expected ${PAINT[expected](expected)}${by}, got ${cameOf(result)}`,
    ...conditions.map((condition) => `    ${condition}`),
  ].join('\n');
}

function cameOf({ example, results }: ExampleResult): string {
  const judged = results.filter(({ rule }) => example.expected === 'approve' || rule.id === example.rule);
  const came = judged.flatMap(({ rule, action }) =>
    action === undefined || rule.mode !== 'enforce' ? [] : [`${PAINT[action](action)} by ${rule.id}`],
  );
  return came.length > 0 ? came.join(', ') : 'nothing';
}

function toJson({ results, folder, site }: FolderExamples): object {
  const failed = results.filter((result) => !result.holds);
  return {
    ...(site !== undefined && { site }),
    folder,
    examples: results.length,
    held: results.length - failed.length,
    failures: failed.map((result) => {
      const { file, line, column, rule, expected, text } = result.example;
      const conditions = traceOf(result);
      return { file, line, column, rule, expected, text, message: explain(result), conditions };
    }),
  };
}
