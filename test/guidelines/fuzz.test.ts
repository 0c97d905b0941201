import fc from 'fast-check';
import { ruleWith, TEST_DETECTORS } from './rules-folder.js';
import { changed, compileOrTell, SCRAPS } from './slips.js';

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

/** As `compileOrTell`, with the detectors of these tests. */
const orTell = (files: ReadonlyMap<string, string>) => compileOrTell(files, TEST_DETECTORS);

describe('whatever stands in the files, they compile or tell what is wrong', () => {
  test('the rule file that is changed here is right', () => {
    const files = new Map([
      ['a.yaml', FULL],
      ['limits.yaml', LIMITS],
      ['lists/insults.txt', LIST],
    ]);
    expect(orTell(files)).toHaveProperty('ruleset');
  });

  test('rule files, lists and limits with slips', () => {
    fc.assert(
      fc.property(changed(FULL), changed(LIST), changed(LIMITS), (rule, list, limits) => {
        orTell(
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
        orTell(new Map([['a.yaml', alone ? text : ruleWith({ 7: text })]]));
      }),
      { numRuns: 300 },
    );
  });

  test('any text', () => {
    const any = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(fc.property(any, (text) => orTell(new Map([['a.yaml', text]])) !== undefined));
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
      orTell(new Map([['a.yaml', text]]));
      // Seconds at most where the slip is absurd; a hang would take hours.
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    30_000,
  );
});
