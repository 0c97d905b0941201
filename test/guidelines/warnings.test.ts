import { showMistake } from '../../src/guidelines/guidelines.js';
import { lintGuidelines } from '../../src/guidelines/lint.js';
import { ruleWith, TEST_DETECTORS } from './rules-folder.js';

type Lines = Readonly<Record<number, string>>;

/** All that is told of files in which nothing is wrong. */
function warningsOf(files: Readonly<Record<string, string>>, today = '2026-05-31'): string[] {
  const { mistakes, warnings } = lintGuidelines(new Map(Object.entries(files)), today, TEST_DETECTORS);
  expect(mistakes).toEqual([]);
  return warnings.map(showMistake);
}

const LISTS: Readonly<Record<string, string>> = {
  'l.txt': '# words\nfool\nclown\n',
  'twice.txt': 'fool\nclown\nfool\n',
};

const list = (format: string) => ({ 6: '  - phrases: ["{insult}"]', 7: `lists: { insult: ${format} }` });
const phrases = (...texts: string[]) => ({ 6: '  - phrases:', ...numbered(7, texts) });
const numbered = (from: number, texts: readonly string[]) =>
  Object.fromEntries(texts.map((text, i) => [from + i, `      - ${text}`]));
const unless = (phrase: string, exception: string) => ({
  6: `  - ${phrase}`,
  7: 'unless:',
  8: `  - ${exception}`,
});

/** What is odd, the lines that make it so, and all that is told of it. */
const WARNED: readonly (readonly [why: string, lines: Lines, told: string | readonly string[]])[] = [
  // Lists.
  [
    'a list that nothing names',
    { 7: 'lists: { insult: [fool] }' },
    '7:10: list "insult" is used nowhere; name it in a phrase as {insult}, or delete it',
  ],
  [
    'a word added that is there',
    list('{ file: l.txt, add: [Fool] }'),
    '7:39: "Fool" is in the list already, in l.txt:2',
  ],
  ['a word twice', list('[fool, clown, fool]'), '7:32: "fool" is in the list already, in line 7'],
  [
    'a word removed that is not there',
    list('{ file: l.txt, remove: [clwn] }'),
    '7:42: "clwn" is not in the list, so there is nothing to remove (did you mean "clown"?)',
  ],
  [
    'a word removed that is like none',
    list('{ file: l.txt, remove: [nincompoop] }'),
    '7:42: "nincompoop" is not in the list, so there is nothing to remove',
  ],

  [
    'a comma in an entry',
    list('["fool, clown"]'),
    '7:19: "fool, clown" has a comma, so it is looked for as one phrase; if several words were meant, write each as an entry of its own',
  ],
  [
    'a comma in an entry on a line of its own',
    {
      6: '  - phrases: ["{insult}"]',
      7: 'lists:',
      8: '  insult:',
      9: '    - idiot',
      10: '    - fool, clown',
    },
    '10:7: "fool, clown" has a comma, so it is looked for as one phrase; if several words were meant, write each as an entry of its own',
  ],
  [
    'a comma in an entry that is added',
    list('{ file: l.txt, add: ["oaf, lout"] }'),
    '7:39: "oaf, lout" has a comma, so it is looked for as one phrase; if several words were meant, write each as an entry of its own',
  ],
  ['the comma of a number', list('["10,000 fools"]'), []],

  // Phrases that another one of the condition finds.
  [
    'a phrase twice, but for case',
    phrases('fool', 'clown', 'Fool'),
    '9:9: "Fool" adds nothing, for "fool" in line 7 is found wherever it is; delete it',
  ],
  [
    'a longer phrase',
    phrases('utter fool', 'fool'),
    '7:9: "utter fool" adds nothing, for "fool" in line 8 is found wherever it is; delete it',
  ],
  [
    'in the middle',
    phrases('you utter fool you', 'utter fool'),
    '7:9: "you utter fool you" adds nothing, for "utter fool" in line 8 is found wherever it is; delete it',
  ],
  [
    'a word and its start',
    phrases('idiots', 'idiot*'),
    '7:9: "idiots" adds nothing, for "idiot*" in line 8 is found wherever it is; delete it',
  ],
  [
    'a start and a shorter one',
    phrases('idi*', 'you idiot*'),
    '8:9: "you idiot*" adds nothing, for "idi*" in line 7 is found wherever it is; delete it',
  ],
  [
    'a start is not found by its word',
    phrases('idiot', 'idiot*'),
    ['7:9: "idiot" adds nothing, for "idiot*" in line 8 is found wherever it is; delete it'],
  ],
  [
    'a word of a list',
    { ...phrases('fool', '"{insult}"'), 9: 'lists: { insult: [clown, fool] }' },
    '7:9: "fool" adds nothing, for "{insult}" in line 8 is found wherever it is; delete it',
  ],
  [
    'words of a list, before it',
    { ...phrases('fool', 'clown', '"{insult}"'), 10: 'lists: { insult: [clown, fool] }' },
    [
      '7:9: "fool" adds nothing, for "{insult}" in line 9 is found wherever it is; delete it',
      '8:9: "clown" adds nothing, for "{insult}" in line 9 is found wherever it is; delete it',
    ],
  ],
  [
    'all of a list',
    { ...phrases('fool', 'clown*', '"you {insult}"'), 10: 'lists: { insult: [clown, fool] }' },
    '9:9: "you {insult}" adds nothing, for "clown*" in line 8 is found wherever it is; delete it',
  ],
  ['a part of a list only', { ...phrases('fool', '"{insult}"'), 9: 'lists: { insult: [clown] }' }, []],
  ['words in another order', phrases('fool utter', 'utter fool'), []],
  ['words with another between', phrases('utter fool', 'utter old fool'), []],
  [
    'the same in another condition',
    { 6: '  - phrases: [fool]', 7: '  - { phrases: [fool], action: review }' },
    [],
  ],

  // Phrases that an exception takes out.
  [
    'the same phrase under unless',
    unless('phrases: [idiot, fool]', 'phrases: [Idiot]'),
    '6:15: "idiot" never fires, for unless has "Idiot" in line 8; delete one of the two',
  ],
  [
    'a part of the phrase under unless',
    unless('phrases: [useful idiots]', 'phrases: [idiot*]'),
    '6:15: "useful idiots" never fires, for unless has "idiot*" in line 8; delete one of the two',
  ],
  ['more than the phrase under unless', unless('phrases: [idiots]', 'phrases: [useful idiots]'), []],
  ['a disguise that is not excepted', unless('phrases: [idiot]', '{ phrases: [idiot], exact: true }'), []],
  [
    'as written, which is excepted',
    unless('{ phrases: [idiot], exact: true }', '{ phrases: [idiot], exact: true }'),
    '6:17: "idiot" never fires, for unless has "idiot" in line 8; delete one of the two',
  ],

  // Patterns.
  [
    'a mark in a pattern',
    { 6: "  - pattern: '\\bcafés?\\b'" },
    '6:14: pattern has "é", which comments are read without: they have "e" in its place; write that',
  ],
  [
    'a curly apostrophe in a pattern',
    { 6: "  - pattern: 'you’re a fool'" },
    `6:14: pattern has "’", which comments are read without: they have "'" in its place; write that`,
  ],
  [
    'an invisible letter in a pattern',
    { 6: "  - pattern: 'fo\u200bol'" },
    '6:14: pattern has the character U+200B, which comments are read without; delete it',
  ],
  ['another script in a pattern', { 6: "  - pattern: 'मूर्ख'" }, []],

  // Thresholds.
  [
    'two scores of a pattern',
    { 6: "  - pattern: 'fool'", 7: '    reject: 0.9', 8: '    review: 0.6' },
    '8:5: review never happens, for what is found here scores 1, and reject comes first; keep one of the two',
  ],
  [
    'two scores of a phrase as written',
    { 6: '  - { phrases: [fool], exact: true, review: 0.9, flag: 0.6 }' },
    '6:50: flag never happens, for what is found here scores 1, and review comes first; keep one of the two',
  ],
  ['two scores of a phrase', { 6: '  - { phrases: [fool], reject: 0.96, review: 0.6 }' }, []],

  ['nothing', {}, []],
];

describe('warnings', () => {
  test.each(WARNED)('%s', (_, lines, told) => {
    const rule = ruleWith(lines);
    const files = Object.fromEntries(Object.entries(LISTS).filter(([name]) => rule.includes(name)));
    const expected = [told].flat().map((warning) => `abuse.yaml:${warning}`);
    expect(warningsOf({ 'abuse.yaml': rule, ...files })).toEqual(expected);
  });

  test('commas in a file of words', () => {
    const files = {
      'abuse.yaml': ruleWith(list('{ file: words.txt }')),
      'words.txt': 'idiot\n  fool, clown # both\noaf,\n',
    };
    expect(warningsOf(files)).toEqual([
      'words.txt:2:3: "fool, clown" has a comma, so it is looked for as one phrase; if several words were meant, write each on a line of its own',
      'words.txt:3:1: "oaf," has a comma, so it is looked for as one phrase; if several words were meant, write each on a line of its own',
    ]);
  });

  const NAMING_A_FILE = ruleWith(list('{ file: twice.txt }'));
  test('a word twice in a file, told once however many rules use it', () => {
    const files = {
      'a.yaml': NAMING_A_FILE,
      'b.yaml': NAMING_A_FILE.replace('abuse', 'b'),
      'twice.txt': 'fool\nclown\nfool\n',
    };
    expect(warningsOf(files)).toEqual(['twice.txt:3:1: "fool" is in the list already, in line 1']);
  });

  test('a list file that no rule uses', () => {
    expect(warningsOf({ 'abuse.yaml': ruleWith(), 'lists/Old words.txt': 'fool' })).toEqual([
      'lists/Old words.txt:1:1: no rule uses this file; name it under lists, like old-words: { file: lists/Old words.txt }, or delete it',
    ]);
  });

  const EXPIRY: readonly (readonly [today: string, told: readonly string[]])[] = [
    ['2026-05-31', []],
    [
      '2026-06-01',
      ['abuse.yaml:7:10: rule abuse ended on 2026-05-31 and is off; delete the file, or write a later date'],
    ],
  ];
  test.each(EXPIRY)('on %s of a rule that ends on 2026-05-31', (today, told) => {
    const files = {
      'abuse.yaml': ruleWith({ 7: 'expires: 2026-05-31' }),
      'b.yaml': ruleWith({ 1: 'id: b' }),
    };
    expect(warningsOf(files, today)).toEqual(told);
  });

  test('are told beside mistakes', () => {
    const files = { 'abuse.yaml': ruleWith({ 4: 'action: rejct', 7: 'lists: { insult: [fool] }' }) };
    const { mistakes, warnings } = lintGuidelines(
      new Map(Object.entries(files)),
      '2026-05-31',
      TEST_DETECTORS,
    );
    expect(mistakes.map((mistake) => mistake.line)).toEqual([4]);
    expect(warnings.map((warning) => warning.line)).toEqual([7]);
  });
});
