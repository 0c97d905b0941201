import fc from 'fast-check';
import { steepTexts } from '../helpers/growth.js';
import { LARGE, LARGE_FILES, LARGE_PATTERNS } from './large-files.js';
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

  test.each(LARGE_FILES)('%s without end, in a time in proportion to the length', (what, make) => {
    const tell = (text: string) => orTell(new Map([['a.yaml', text]]));
    expect(steepTexts(tell, [[what, make]], LARGE / 2)).toEqual([]);
  });

  test.each(LARGE_PATTERNS)('many %s in a pattern', (_, pattern) => {
    const text = ruleWith({ 6: `  - pattern: '${pattern}'` });
    expect(String(orTell(new Map([['a.yaml', text]])))).toContain('a.yaml:6:14: pattern ');
  });
});
