import { ruleWith } from './rules-folder.js';

/** Files of a rules folder that have so many of something. */
export type Long = readonly [what: string, make: (count: number) => Readonly<Record<string, string>>];

const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));
const lines = (entries: readonly string[], indent: number) =>
  entries.map((entry) => `${' '.repeat(indent)}- ${entry}`).join('\n');
const file = (changes: Readonly<Record<number, string>>) => ({ 'abuse.yaml': ruleWith(changes) });

/** What there can be much of in a rules folder, right and wrong. */
export const LONG: readonly Long[] = [
  [
    'phrases in lines',
    (count) =>
      file({
        6: `  - phrases:\n${lines(
          many(count, (i) => `word${i} zq`),
          6,
        )}`,
      }),
  ],
  [
    'phrases in brackets',
    (count) => file({ 6: `  - phrases: [${many(count, (i) => `word${i}`).join(', ')}]` }),
  ],
  ['the same phrase', (count) => file({ 6: `  - phrases: [${many(count, () => 'word').join(', ')}]` })],
  [
    'phrases that are excepted',
    (count) =>
      file({
        6: `  - phrases: [${many(count, () => 'word').join(', ')}]`,
        7: `unless:\n  - phrases: [${many(count, () => 'word').join(', ')}]\n    exact: true`,
      }),
  ],
  [
    'a phrase of a list',
    (count) =>
      file({
        6: '  - phrases: ["{a} b"]',
        7: `lists:\n  a:\n${lines(
          many(count, (i) => `word${i}`),
          4,
        )}`,
      }),
  ],
  [
    'a list in a file, and what is taken out of it',
    (count) => ({
      ...file({
        6: '  - phrases: ["{a}"]',
        7: `lists:\n  a:\n    file: a.txt\n    remove:\n${lines(
          many(count / 4, (i) => `no${i}`),
          6,
        )}`,
      }),
      'a.txt': many(count, (i) => `word${i}\n`).join(''),
    }),
  ],
  [
    'conditions',
    (count) =>
      file({
        6: lines(
          many(count / 4, (i) => `phrases: [word${i}]`),
          2,
        ),
      }),
  ],
  [
    'examples',
    (count) =>
      file({
        7: `examples:\n  approve:\n${lines(
          many(count / 4, (i) => `Comment ${i}.`),
          4,
        )}`,
      }),
  ],
  [
    'examples of one comment that do not hold',
    (count) =>
      file({
        7: `examples:\n  reject:\n${lines(
          many(count / 4, () => 'All is well.'),
          4,
        )}`,
      }),
  ],
  ['numbers for phrases', (count) => file({ 6: `  - phrases: [${many(count, (i) => `${i}`).join(', ')}]` })],
  ['phrases that are none', (count) => file({ 6: `  - phrases: [${many(count, () => '"?"').join(', ')}]` })],
  [
    'lists that are not there',
    (count) => file({ 6: `  - phrases: [${many(count, (i) => `"{a${i}}"`).join(', ')}]` }),
  ],
  [
    'conditions that are none',
    (count) =>
      file({
        6: lines(
          many(count / 4, () => 'phrase: [a]'),
          2,
        ),
      }),
  ],
  [
    'texts with a slip',
    (count) =>
      file({
        6: `  - phrases:\n${lines(
          many(count, (i) => `"\\q${i}"`),
          6,
        )}`,
      }),
  ],
  ['anchors', (count) => file({ 6: `  - phrases: [${many(count, (i) => `&a${i} b`).join(', ')}]` })],
];
