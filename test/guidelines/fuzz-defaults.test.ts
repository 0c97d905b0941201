import fc from 'fast-check';
import { readRulesFolder } from '../../src/guidelines/files/folder.js';
import { changed, compileOrTell } from './slips.js';

/** Seconds where it takes a tenth of one; a hang would take hours. */
const LONGEST_MS = 5000;
/** For each file. It is some 20 runs of the longest, and all 200 of the shortest. */
const BUDGET_MS = 1000;

const files = await readRulesFolder('rules');

/** The default files that are changed, each with the others that it needs beside it. */
const CHANGED: readonly (readonly [name: string, ...beside: string[]])[] = [
  ['abuse.yaml'],
  ['personal-attack.yaml'],
  ['house-style.yaml'],
  ['language.yaml'],
  ['full-sentences.yaml'],
  ['flood.yaml'],
  ['limits.yaml', 'language.yaml'],
  ['lists/text-speak.txt', 'house-style.yaml'],
];

/** All lists, some rule files, and a file as it was changed. */
function folderWith(name: string, content: string, beside: readonly string[]): Map<string, string> {
  const kept = [...files].filter(([other]) => other.endsWith('.txt') || beside.includes(other));
  return new Map([...kept, [name, content]]);
}

test('every default rule file is changed here', () => {
  const ruleFiles = [...files.keys()].filter((name) => !name.endsWith('.txt'));
  expect(CHANGED.map(([name]) => name)).toEqual(expect.arrayContaining(ruleFiles));
});

test.each(CHANGED)(
  '%s with slips compiles or tells what is wrong',
  (name, ...beside) => {
    const original = files.get(name) ?? '';
    expect(compileOrTell(folderWith(name, original, beside))).toHaveProperty('ruleset');
    let runs = 0;
    fc.assert(
      fc.property(changed(original), (text) => {
        const started = performance.now();
        compileOrTell(folderWith(name, text, beside));
        expect(performance.now() - started).toBeLessThan(LONGEST_MS);
        runs++;
      }),
      { numRuns: 200, interruptAfterTimeLimit: BUDGET_MS, markInterruptAsFailure: false },
    );
    expect(runs).toBeGreaterThan(3);
  },
  30_000,
);
