import type { Detector } from '../detectors/detector.js';
import { compileGuidelines } from './compile/compile.js';
import { contradictions } from './examples/contradictions.js';
import { runExamples } from './examples/examples.js';
import { type Guidelines, type ReportedMistake, RulesError } from './guidelines.js';
import { exampleMistakes, expiryWarnings } from './load.js';
import { withExcerpts } from './mistakes/excerpt.js';
import { inOrder } from './mistakes/report.js';

/** All that there is to say of a rules folder. */
export interface LintResult {
  /** For which the folder cannot be put in force. */
  readonly mistakes: readonly ReportedMistake[];
  /** What an editor should know besides. */
  readonly warnings: readonly ReportedMistake[];
  /** None where there are mistakes in the files; there are where only examples contradict each other. */
  readonly guidelines: Guidelines | undefined;
}

/**
 * Looks for all that is wrong or odd in the files of a rules folder. Pure; the examples are not run.
 * @param files as `readRulesFolder` returns them
 * @param today the day in UTC, `YYYY-MM-DD`, by which rules have expired or not
 * @param detectors that conditions may ask for; all there are unless said otherwise
 */
export function lintGuidelines(
  files: ReadonlyMap<string, string>,
  today: string,
  detectors?: readonly Detector[],
): LintResult {
  try {
    const guidelines = compileGuidelines(files, detectors);
    const expired = withExcerpts(expiryWarnings(guidelines, today), files);
    return {
      mistakes: withExcerpts(contradictions(guidelines, today), files),
      warnings: inOrder([...guidelines.warnings, ...expired]),
      guidelines,
    };
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    return { mistakes: error.mistakes, warnings: error.warnings, guidelines: undefined };
  }
}

/**
 * The same, and the examples are tried: those that do not hold are mistakes.
 * @param files as `readRulesFolder` returns them
 * @param today the day in UTC, `YYYY-MM-DD`
 * @param detectors that conditions may ask for; all there are unless said otherwise
 */
export async function lintWithExamples(
  files: ReadonlyMap<string, string>,
  today: string,
  detectors?: readonly Detector[],
): Promise<LintResult> {
  const result = lintGuidelines(files, today, detectors);
  const { guidelines } = result;
  if (!guidelines) return result;
  const failures = exampleMistakes(guidelines, today, await runExamples(guidelines, { today }));
  return { ...result, mistakes: withExcerpts(failures, files) };
}
