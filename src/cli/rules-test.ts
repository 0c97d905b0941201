import { Command, Option } from 'commander';
import pc from 'picocolors';
import {
  type ExampleResult,
  explain,
  runExamples,
  showNeed,
  showTrace,
  traceOf,
} from '../guidelines/examples/examples.js';
import { loadGuidelines } from '../guidelines/load.js';
import { shown } from '../guidelines/mistakes/suggest.js';
import { EXIT } from './exit.js';
import { fileIn, shownFolder } from './mistakes.js';
import { PAINT } from './report.js';
import { rulesFolder, rulesOption, today } from './rules-folder.js';

const FORMATS = ['text', 'json'] as const;

interface Options {
  readonly rules?: string;
  readonly format: (typeof FORMATS)[number];
}

/** `stet rules test`: whether the examples in the rule files hold. */
export const testRules = new Command('test')
  .description('Judges the examples that stand in the rule files, against all rules together.')
  .addOption(rulesOption())
  .addOption(
    new Option('--format <format>', 'text is for people, json for programs').choices(FORMATS).default('text'),
  )
  .addHelpText(
    'after',
    `\nExit status: 0 when all hold, ${EXIT.reject} when one does not, ${EXIT.config} when the rules cannot be loaded.`,
  )
  .action(async (options: Options) => {
    const path = rulesFolder(options.rules);
    const guidelines = await loadGuidelines(path, { examples: false });
    const results = await runExamples(guidelines, { today: today() });
    const print = options.format === 'json' ? toJson : toText;
    process.stdout.write(`${print(results, shownFolder(path))}\n`);
    if (results.some((result) => !result.holds)) process.exitCode = EXIT.reject;
  });

function toText(results: readonly ExampleResult[], folder: string): string {
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

function toJson(results: readonly ExampleResult[], folder: string): string {
  const failed = results.filter((result) => !result.holds);
  return JSON.stringify(
    {
      folder,
      examples: results.length,
      held: results.length - failed.length,
      failures: failed.map((result) => {
        const { file, line, column, rule, expected, text } = result.example;
        const conditions = traceOf(result);
        return { file, line, column, rule, expected, text, message: explain(result), conditions };
      }),
    },
    undefined,
    2,
  );
}
