import fc from 'fast-check';
import { readRulesFolder } from '../../src/guidelines/files/folder.js';
import { changed, compileOrTell } from './slips.js';

/** For each file. */
const RUNS = 25;

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

test.each(CHANGED)('%s with slips compiles or tells what is wrong', (name, ...beside) => {
  const original = files.get(name) ?? '';
  expect(compileOrTell(folderWith(name, original, beside))).toHaveProperty('ruleset');
  fc.assert(
    fc.property(changed(original), (text) => {
      compileOrTell(folderWith(name, text, beside));
    }),
    { numRuns: RUNS },
  );
});
