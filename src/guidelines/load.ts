import type { Detector } from '../detectors/detector.js';
import { toDay } from '../moderation/day.js';
import { compileGuidelines } from './compile.js';
import { explain, runExamples } from './examples.js';
import { readRulesFolder } from './folder.js';
import { type Guidelines, type Mistake, RulesError } from './guidelines.js';
import { inOrder } from './report.js';
import { shown } from './suggest.js';

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
  const guidelines = compileGuidelines(await readRulesFolder(dir), detectors);
  const failures = examples ? exampleMistakes(guidelines, today) : [];
  if (failures.length > 0) throw new RulesError(failures);
  return guidelines;
}

/** The examples that do not hold, each with what came of it. */
export function exampleMistakes(guidelines: Guidelines, today: string): Mistake[] {
  return inOrder(
    runExamples(guidelines, today)
      .filter((result) => !result.holds)
      .map((result) => {
        const { file, line, column, text } = result.example;
        return { file, line, column, message: `example "${shown(text)}" does not hold: ${explain(result)}` };
      }),
  );
}

/**
 * What to tell of rules that have ended by themselves.
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function expiryWarnings({ expiries }: Guidelines, today: string): Mistake[] {
  return expiries
    .filter(({ on }) => on < today)
    .map(({ file, line, column, rule, on }) => ({
      file,
      line,
      column,
      message: `rule ${rule} ended on ${on} and is off; delete the file, or write a later date`,
    }));
}
