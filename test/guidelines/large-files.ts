import { fill, type HostileText, textsOf } from '../helpers/hostile-texts.js';
import { ruleWith } from './rules-folder.js';

/** How long the rule files are that editors will not write, in UTF-16 units. */
export const LARGE = 200_000;

/** Rule files that are absurdly long, by what they are full of. */
export const LARGE_FILES: readonly HostileText[] = [
  ...textsOf([
    ['brackets', '['],
    ['dashes', '- '],
    ['keys within keys', 'a: {b: '],
    ['one key over and over', 'a: 1\n'],
    ['anchors', '&a '],
    ['tags', '!a '],
    ['documents', '---\n'],
    ['empty lines', '\n'],
    ['a single word', 'x'],
  ]),
  ['pairs of brackets', (length) => '['.repeat(length / 10) + ']'.repeat(length / 10)],
  ['keys side by side', (length) => Array.from({ length: length / 10 }, (_, i) => `k${i}: 1`).join('\n')],
  ['aliases', (length) => `a: &a [x]\nb: [${fill('*a, ', length / 2)}]`],
  ['conditions that are none', (length) => ruleWith({ 7: fill('  - x\n', length) })],
  ['phrases', (length) => ruleWith({ 6: `  - phrases: [${fill('"a b", ', length)}]` })],
  [
    'phrases of a list that is not there',
    (length) => ruleWith({ 6: `  - phrases: [${fill('"{a}", ', length)}]` }),
  ],
  [
    'phrases of long lists',
    (length) =>
      ruleWith({
        6: `  - phrases: [${fill('"{n} {n}", ', length)}]`,
        7: `lists: { n: [${Array.from({ length: length / 22 }, (_, i) => `n${i}`).join(', ')}] }`,
      }),
  ],
];

/** Patterns that are small to write and large to read. */
export const LARGE_PATTERNS: readonly (readonly [what: string, pattern: string])[] = [
  ['groups', `${'('.repeat(900)}a${')'.repeat(900)}`],
  ['repeats', '(?:(?:a{1,1000}){1,1000}){1,1000}'],
];
