import type { Detector } from '../detectors/detector.js';
import { toDay } from '../moderation/day.js';
import { compileGuidelines } from './compile/compile.js';
import { contradictions } from './examples/contradictions.js';
import { type ExampleResult, explain, runExamples } from './examples/examples.js';
import { readRulesFolder } from './files/folder.js';
import { type Guidelines, type Place, type ReportedMistake, RulesError } from './guidelines.js';
import { withExcerpts } from './mistakes/excerpt.js';
import { inOrder } from './mistakes/report.js';
import { shown } from './mistakes/suggest.js';

export interface LoadOptions {
  /** Whether the examples in the files must hold. True unless said otherwise. */
  readonly examples?: boolean;
  /** The day in UTC, `YYYY-MM-DD`, by which rules have expired or not; today unless said otherwise. */
  readonly today?: string;
  /** What conditions may ask for; all detectors there are unless said otherwise. */
  readonly detectors?: readonly Detector[];
}

/**
 * Loads a rules folder, whole or not at all.
 * @param dir the folder
 * @throws RulesError with every mistake in it, by file and line; where there is no other, with every example
 * that does not hold
 */
export async function loadGuidelines(dir: string, options: LoadOptions = {}): Promise<Guidelines> {
  const { examples = true, today = toDay(new Date()), detectors } = options;
  const files = await readRulesFolder(dir);
  const guidelines = compileGuidelines(files, detectors);
  const failures = examples ? exampleMistakes(guidelines, today) : [];
  if (failures.length > 0) throw new RulesError(withExcerpts(failures, files), guidelines.warnings);
  return guidelines;
}

/**
 * The examples that do not hold, each with what came of it or with the example that contradicts it.
 * @param results of all examples of the guidelines, where they have been run already
 */
export function exampleMistakes(
  guidelines: Guidelines,
  today: string,
  results: readonly ExampleResult[] = runExamples(guidelines, today),
): ReportedMistake[] {
  const contradictory = contradictions(guidelines, today);
  const isTold = ({ file, line, column }: Place) =>
    contradictory.some((told) => told.file === file && told.line === line && told.column === column);
  return inOrder([
    ...contradictory,
    ...results
      .filter((result) => !result.holds && !isTold(result.example))
      .map((result): ReportedMistake => {
        const { file, line, column, text } = result.example;
        const message = `example "${shown(text)}" does not hold: ${explain(result)}`;
        return { file, line, column, kind: 'example', message };
      }),
  ]);
}

/**
 * What to tell of rules that have ended by themselves.
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function expiryWarnings({ expiries }: Guidelines, today: string): ReportedMistake[] {
  return expiries
    .filter(({ on }) => on < today)
    .map(
      ({ file, line, column, rule, on }): ReportedMistake => ({
        file,
        line,
        column,
        kind: 'expired',
        message: `rule ${rule} ended on ${on} and is off; delete the file, or write a later date`,
      }),
    );
}
