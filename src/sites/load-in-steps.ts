import { compileInSteps } from '../guidelines/compile/compile.js';
import { type ExampleResult, runExamples } from '../guidelines/examples/examples.js';
import { type Guidelines, RulesError } from '../guidelines/guidelines.js';
import { exampleMistakes } from '../guidelines/load.js';
import { withExcerpts } from '../guidelines/mistakes/excerpt.js';
import { toDay } from '../moderation/day.js';

/**
 * Makes guidelines of the files of a rules folder as `loadGuidelines` does, in a service that is answering
 * requests meanwhile: compiling and trying the examples takes some 0.1 to 0.5 s, so it is done in steps. A
 * thread of its own could try the rules, but not hand them over: they hold functions.
 * @param files by name within the folder
 * @param pause waited for between steps of a few milliseconds; what it throws ends the work
 * @throws RulesError with every mistake; where there is no other, with every example that does not hold
 */
export async function loadInSteps(
  files: ReadonlyMap<string, string>,
  pause: () => Promise<void>,
): Promise<Guidelines> {
  const steps = compileInSteps(files);
  let step = steps.next();
  while (!step.done) {
    await pause();
    step = steps.next();
  }
  const guidelines = step.value;
  const today = toDay(new Date());
  const results: ExampleResult[] = [];
  for (const example of guidelines.examples) {
    await pause();
    results.push(...runExamples({ ...guidelines, examples: [example] }, today));
  }
  const failures = exampleMistakes(guidelines, today, results);
  if (failures.length > 0) throw new RulesError(withExcerpts(failures, files), guidelines.warnings);
  return guidelines;
}
