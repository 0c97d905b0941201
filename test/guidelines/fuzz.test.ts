import fc from 'fast-check';
import { compileGuidelines } from '../../src/guidelines/compile.js';
import { type Guidelines, RulesError } from '../../src/guidelines/guidelines.js';
import { ruleWith, TEST_DETECTORS } from './rules-folder.js';

/** A rule file with something of everything. */
const FULL = `# A comment
id: abuse
guideline: Comments cannot be abusive or personal.
message: >
  Please discuss the article,
  not the people.
action: reject
mode: enforce
enabled: true
owner: desk
expires: 2026-12-31
applies: { url: ["/sport/*", "https://blog.example/*"] }
when:
  - phrases: [paid troll, "you {insult}", traitor*]
    exact: true
    reject: 0.9
    review: 0.6
  - pattern: '\\b(?:u|you) (?:people|lot) are all {insult}s\\b'
    action: review
  - { detector: loudness, least: 3, sign: "question", words: [wow] }
unless:
  - phrases: ['idiot-proof', useful idiots]
  - quoted: true
lists:
  insult: { file: lists/insults.txt, add: [buffoon], remove: [fool] }
  other:
    - a
    - b
examples:
  reject:
    - You are an idiot.
  approve:
    - "Fine: it is."
`;
const LIMITS = `tiers:
  default:
    - { name: burst, points: 5, per: 60s }
    - name: daily
      points: 60
      per: 1d
`;
const LIST = '# insults\nidiot*\nfool # mild\nutter clown\n';

/** What editors, and their editors, put where it does not belong. */
const SCRAPS = [
  ...[
    '\n',
    '\r\n',
    ' ',
    '  ',
    '\t',
    '-',
    '- ',
    ':',
    ': ',
    ',',
    '#',
    ' #',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '\\',
    '|',
    '>',
    '|-\n',
  ],
  ...[
    '&a ',
    '*a',
    '!a ',
    '!!str ',
    '? ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '<<: ',
    '~',
    'null',
    'true',
    '1e9',
    '.nan',
    '0x1F',
  ],
  ...[
    '\0',
    '\u0008',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\ud800',
    '\u{1f600}',
    'é',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '{insult}',
    '{__proto__}',
    '{}',
    '[]',
    '*',
    '**',
    '(?:',
    '(',
    ')',
    '+',
    '{2,}',
    '{999999}',
  ],
  ...[
    '- phrases: [',
    '- pattern: ',
    'detector: ',
    'phrases: ',
    'pattern: ',
    'quoted: ',
    'lists: ',
    '../',
    'x'.repeat(2000),
    '['.repeat(50),
  ],
];

type Change = (text: string) => string;

const cut = (at: number, text: string) => Math.floor(at * text.length);
const place = fc.double({ min: 0, max: 1, noNaN: true });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...SCRAPS)).map(
    ([at, scrap]): Change =>
      (text) =>
        text.slice(0, cut(at, text)) + scrap + text.slice(cut(at, text)),
  ),
  fc.tuple(place, fc.nat(30)).map(
    ([at, length]): Change =>
      (text) =>
        text.slice(0, cut(at, text)) + text.slice(cut(at, text) + length),
  ),
  fc.tuple(place, fc.nat(60), place).map(
    ([from, length, to]): Change =>
      (text) => {
        const piece = text.slice(cut(from, text), cut(from, text) + length);
        return text.slice(0, cut(to, text)) + piece + text.slice(cut(to, text));
      },
  ),
  fc.tuple(place, fc.nat(6)).map(
    ([at, indent]): Change =>
      (text) => {
        const lines = text.split('\n');
        const line = cut(at, 'x'.repeat(lines.length));
        lines[line] = ' '.repeat(indent) + (lines[line] ?? '').trimStart();
        return lines.join('\n');
      },
  ),
  fc.tuple(place, place).map(
    ([one, other]): Change =>
      (text) => {
        const lines = text.split('\n');
        const [a, b] = [one, other].map((at) => Math.min(lines.length - 1, Math.floor(at * lines.length)));
        const [first, second] = [lines[a ?? 0] ?? '', lines[b ?? 0] ?? ''];
        return lines.map((line, i) => (i === a ? second : i === b ? first : line)).join('\n');
      },
  ),
);
const changes = fc.array(change, { minLength: 1, maxLength: 6 });
const changed = (original: string) => changes.map((all) => all.reduce((text, make) => make(text), original));

/** Compiles, or tells mistakes each with a place that is in the file. Anything else is thrown. */
function compileOrTell(files: ReadonlyMap<string, string>): Guidelines | RulesError {
  try {
    return compileGuidelines(files, TEST_DETECTORS);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    expect(error.mistakes).not.toEqual([]);
    for (const { file, line, column, message } of error.mistakes) {
      const lines = (files.get(file) ?? '').split('\n');
      const isThere =
        line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1;
      expect({ file, line, column, message, isThere }).toMatchObject({ isThere: true });
      expect(message).toMatch(/^\S[^\n\r\0]*$/);
    }
    return error;
  }
}

describe('whatever stands in the files, they compile or tell what is wrong', () => {
  test('the rule file that is changed here is right', () => {
    const files = new Map([
      ['a.yaml', FULL],
      ['limits.yaml', LIMITS],
      ['lists/insults.txt', LIST],
    ]);
    expect(compileOrTell(files)).toHaveProperty('ruleset');
  });

  test('rule files, lists and limits with slips', () => {
    fc.assert(
      fc.property(changed(FULL), changed(LIST), changed(LIMITS), (rule, list, limits) => {
        compileOrTell(
          new Map([
            ['a.yaml', rule],
            ['limits.yaml', limits],
            ['lists/insults.txt', list],
          ]),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('scraps of YAML', () => {
    const scraps = fc
      .array(fc.constantFrom(...SCRAPS, 'id', 'when'), { maxLength: 40 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(scraps, fc.boolean(), (text, alone) => {
        compileOrTell(new Map([['a.yaml', alone ? text : ruleWith({ 7: text })]]));
      }),
      { numRuns: 300 },
    );
  });

  test('any text', () => {
    const any = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(fc.property(any, (text) => compileOrTell(new Map([['a.yaml', text]])) !== undefined));
  });

  const LARGE: readonly (readonly [why: string, text: string])[] = [
    ['brackets', '['.repeat(200_000)],
    ['pairs of brackets', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['dashes', '- '.repeat(20_000)],
    ['keys within keys', 'a: {b: '.repeat(30_000)],
    ['keys side by side', Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['one key over and over', 'a: 1\n'.repeat(120_000)],
    ['anchors', '&a '.repeat(70_000)],
    ['aliases', `a: &a [x]\nb: [${'*a, '.repeat(20_000)}]`],
    ['tags', '!a '.repeat(70_000)],
    ['documents', '---\n'.repeat(50_000)],
    ['empty lines', '\n'.repeat(200_000)],
    ['a single word', 'x'.repeat(200_000)],
    ['conditions that are none', ruleWith({ 7: '  - x\n'.repeat(20_000) })],
    ['phrases', ruleWith({ 6: `  - phrases: [${'"a b", '.repeat(20_000)}]` })],
    ['phrases of a list that is not there', ruleWith({ 6: `  - phrases: [${'"{a}", '.repeat(20_000)}]` })],
    [
      'phrases of long lists',
      ruleWith({
        6: `  - phrases: [${'"{n} {n}", '.repeat(20_000)}]`,
        7: `lists: { n: [${Array.from({ length: 9000 }, (_, i) => `n${i}`).join(', ')}] }`,
      }),
    ],
    ['groups in a pattern', ruleWith({ 6: `  - pattern: '${'('.repeat(900)}a${')'.repeat(900)}'` })],
    ['repeats in a pattern', ruleWith({ 6: "  - pattern: '(?:(?:a{1,1000}){1,1000}){1,1000}'" })],
  ];
  test.each(LARGE)(
    '%s without end',
    (_, text) => {
      const started = performance.now();
      compileOrTell(new Map([['a.yaml', text]]));
      // Seconds at most where the slip is absurd; a hang would take hours.
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    30_000,
  );
});
