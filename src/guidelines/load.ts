import type { Classifier } from '../classifier/classifier.js';
import { linear } from '../classifier/linear/linear.js';
import type { Detector } from '../detectors/detector.js';
import { toDay } from '../moderation/day.js';
import type { Ruleset } from '../moderation/ruleset.js';
import { compileInSteps } from './compile/compile.js';
import { contradictionsInSteps } from './examples/contradictions.js';
import { type ExampleResult, explain, runExamples } from './examples/examples.js';
import { readRulesFolder } from './files/folder.js';
import { type Guidelines, type Place, type ReportedMistake, RulesError } from './guidelines.js';
import { withExcerpts } from './mistakes/excerpt.js';
import { inOrder } from './mistakes/report.js';
import { shown } from './mistakes/suggest.js';
import { finish, type InSteps } from './steps.js';

export interface LoadOptions {
  /** Whether the examples in the files must hold. @default true */
  readonly examples?: boolean;
  /** The day in UTC, `YYYY-MM-DD`, by which rules have expired or not. @default today */
  readonly today?: string;
  /** What conditions may ask for. @default all detectors of the package */
  readonly detectors?: readonly Detector[];
  /** What reads the examples. @default the linear classifier */
  readonly classifier?: Classifier;
  /** The rules that these are to replace: what was made for their patterns is used again where it can be. */
  readonly before?: Ruleset;
  /**
   * Awaited between steps of some milliseconds at most, of which there are many, so that a service that is loading
   * rules can answer requests meanwhile; what it throws ends the work.
   */
  readonly pause?: () => Promise<void>;
}

/**
 * Loads a rules folder, whole or not at all.
 * @param dir the folder
 * @throws RulesError with every mistake in it, by file and line; where there is no other, with every example
 * that does not hold
 * @example
 * const { ruleset } = await loadGuidelines('rules');
 */
export async function loadGuidelines(dir: string, options: LoadOptions = {}): Promise<Guidelines> {
  return makeGuidelines(await readRulesFolder(dir), options);
}

/**
 * Makes guidelines of the files of a rules folder. Compiling and trying the examples takes some 0.1 to 0.5 s; a
 * thread of its own could try the rules, but not hand them over, for they hold functions.
 * @param files by name within the folder, as `readRulesFolder` returns them
 * @throws RulesError as `loadGuidelines` does
 */
export async function makeGuidelines(
  files: ReadonlyMap<string, string>,
  options: LoadOptions = {},
): Promise<Guidelines> {
  const {
    examples = true,
    today = toDay(new Date()),
    detectors,
    classifier = linear,
    before,
    pause,
  } = options;
  const guidelines = await pausing(compileInSteps(files, detectors, before), pause);
  if (!examples) return guidelines;
  const results = await runExamples(guidelines, { today, classifier, ...(pause && { pause }) });
  const failures = await pausing(exampleMistakesInSteps(guidelines, today, results), pause);
  if (failures.length > 0) throw new RulesError(withExcerpts(failures, files), guidelines.warnings);
  return guidelines;
}

/** Takes steps with a pause between them. */
async function pausing<Result>(steps: InSteps<Result>, pause: LoadOptions['pause']): Promise<Result> {
  if (!pause) return finish(steps);
  let step = steps.next();
  while (!step.done) {
    await pause();
    step = steps.next();
  }
  return step.value;
}

/**
 * The examples that do not hold, each with what came of it or with the example that contradicts it.
 * @param results of all examples of the guidelines
 */
export function exampleMistakes(
  guidelines: Guidelines,
  today: string,
  results: readonly ExampleResult[],
): ReportedMistake[] {
  return finish(exampleMistakesInSteps(guidelines, today, results));
}

function* exampleMistakesInSteps(
  guidelines: Guidelines,
  today: string,
  results: readonly ExampleResult[],
): InSteps<ReportedMistake[]> {
  const contradictory = yield* contradictionsInSteps(guidelines, today);
  const placeOf = ({ file, line, column }: Place) => `${line}:${column}:${file}`;
  const told = new Set(contradictory.map(placeOf));
  const failures: ReportedMistake[] = [];
  for (const result of results) {
    if (result.holds || told.has(placeOf(result.example))) continue;
    yield;
    const { file, line, column, text } = result.example;
    const message = `example "${shown(text)}" does not hold: ${explain(result)}`;
    failures.push({ file, line, column, kind: 'example', message });
  }
  return inOrder([...contradictory, ...failures]);
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
