import fc from 'fast-check';
import { readRulesFolder } from '../../src/guidelines/files/folder.js';
import { changed, compileOrTell } from './slips.js';

/** For each file. */
const RUNS = 25;

const files = await readRulesFolder('rules');

/** What a file needs beside it; a rule needs no other. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'limits.yaml': ['language.yaml'],
  'lists/text-speak.txt': ['house-style.yaml'],
};

/** The default files that are changed, each with the others that it needs beside it. */
const CHANGED = [...files.keys()]
  .filter((name) => !name.endsWith('.txt') || Object.hasOwn(BESIDE, name))
  .map((name): readonly [name: string, ...beside: string[]] => [name, ...(BESIDE[name] ?? [])]);

/** All lists, some rule files, and a file as it was changed. */
function folderWith(name: string, content: string, beside: readonly string[]): Map<string, string> {
  const kept = [...files].filter(([other]) => other.endsWith('.txt') || beside.includes(other));
  return new Map([...kept, [name, content]]);
}

test('rules, limits and a list are changed here', () => {
  expect(CHANGED.map(([name]) => name)).toEqual(
    expect.arrayContaining(['abuse.yaml', ...Object.keys(BESIDE)]),
  );
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
