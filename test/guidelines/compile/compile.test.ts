import { z } from 'zod';
import { Comment } from '../../../src/comment/comment.js';
import { DETECTORS } from '../../../src/detectors/index.js';
import { ruleFileSchema } from '../../../src/guidelines/format/schema.js';
import { moderate } from '../../../src/index.js';
import { DEFAULT_LIMITS } from '../../../src/limits/policy.js';
import { limitsFileSchema } from '../../../src/limits/policy-format.js';
import { compile, ruleWith, TEST_DETECTORS } from '../rules-folder.js';

const TODAY = '2026-06-01';

interface Case {
  readonly why: string;
  /** Lines of the rule file written otherwise than in `ruleWith`. */
  readonly lines: Readonly<Record<number, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly text: string;
  readonly url?: string;
  /** The verdict, and the words at fault where there are some. */
  readonly verdict: string;
  readonly words?: readonly string[];
}

const CASES: readonly Case[] = [
  { why: 'a phrase is found', lines: {}, text: 'You idiot!', verdict: 'reject', words: ['idiot'] },
  { why: 'and nothing else is', lines: {}, text: 'You genius!', verdict: 'approve' },
  { why: 'through a disguise', lines: {}, text: 'You 1d1ot!', verdict: 'reject', words: ['1d1ot'] },
  {
    why: 'but not where it must be exact',
    lines: { 7: '    exact: true' },
    text: 'You 1d1ot!',
    verdict: 'approve',
  },
  {
    why: "the rule's action",
    lines: { 4: 'action: review' },
    text: 'You idiot!',
    verdict: 'review',
    words: ['idiot'],
  },
  {
    why: "the condition's action",
    lines: { 7: '    action: review' },
    text: 'You idiot!',
    verdict: 'review',
    words: ['idiot'],
  },
  {
    why: 'a flag lets pass, and tells',
    lines: { 4: 'action: flag' },
    text: 'You idiot!',
    verdict: 'approve',
    words: ['idiot'],
  },
  { why: 'a shadowed rule has no say', lines: { 7: 'mode: shadow' }, text: 'You idiot!', verdict: 'approve' },
  { why: 'nor has one that is off', lines: { 7: 'enabled: false' }, text: 'You idiot!', verdict: 'approve' },
  {
    why: 'nor one that has expired',
    lines: { 7: 'expires: 2026-05-31' },
    text: 'You idiot!',
    verdict: 'approve',
  },
  {
    why: 'on its last day a rule holds',
    lines: { 7: 'expires: 2026-06-01' },
    text: 'You idiot!',
    verdict: 'reject',
    words: ['idiot'],
  },
  {
    why: 'a pattern',
    lines: { 6: "  - pattern: 'idi.ts?'" },
    text: 'Two idiots.',
    verdict: 'reject',
    words: ['idiots'],
  },
  {
    why: 'a detector, below its threshold',
    lines: { 6: '  - { detector: loudness, least: 4, reject: 0.9, review: 0.5 }' },
    text: 'No!',
    verdict: 'approve',
  },
  {
    why: 'from the milder one on',
    lines: { 6: '  - { detector: loudness, least: 4, reject: 0.9, review: 0.5 }' },
    text: 'No!!',
    verdict: 'review',
  },
  {
    why: 'from the stricter one on',
    lines: { 6: '  - { detector: loudness, least: 4, reject: 0.9, review: 0.5 }' },
    text: 'No!!!!',
    verdict: 'reject',
  },
  {
    why: 'without thresholds, from a half on',
    lines: { 6: '  - { detector: loudness, least: 4 }' },
    text: 'No!!',
    verdict: 'reject',
  },
  {
    why: 'any of several conditions',
    lines: { 7: '  - phrases: [fool]' },
    text: 'You fool!',
    verdict: 'reject',
    words: ['fool'],
  },
  {
    why: 'a list of words in the rule',
    lines: { 6: '  - phrases: ["you {insult}"]', 7: 'lists: { insult: [fool, utter clown] }' },
    text: 'O you utter clown.',
    verdict: 'reject',
    words: ['you utter clown'],
  },
  {
    why: 'a list in a file',
    lines: { 6: '  - phrases: ["you {insult}"]', 7: 'lists: { insult: { file: lists/insults.txt } }' },
    files: { 'lists/insults.txt': '\ufeff# Words\r\nfool # and its kin\r\n\r\n  utter clown\r\n' },
    text: 'O you fool. O you utter clown.',
    verdict: 'reject',
    words: ['you fool', 'you utter clown'],
  },
  {
    why: 'with a word added',
    lines: { 6: '  - phrases: ["{insult}"]', 7: 'lists: { insult: { file: ./l.txt, add: [buffoon] } }' },
    files: { 'l.txt': 'fool' },
    text: 'A fool and a buffoon.',
    verdict: 'reject',
    words: ['fool', 'buffoon'],
  },
  {
    why: 'and one removed',
    lines: { 6: '  - phrases: ["{insult}"]', 7: 'lists: { insult: { file: l.txt, remove: [FOOL] } }' },
    files: { 'l.txt': 'fool\nclown' },
    text: 'A fool and a clown.',
    verdict: 'reject',
    words: ['clown'],
  },
  {
    why: 'a list in a pattern',
    lines: { 6: "  - pattern: 'you {insult}s?\\b'", 7: 'lists: { insult: [fool, clown] }' },
    text: 'O you clowns.',
    verdict: 'reject',
    words: ['you clowns'],
  },
  {
    why: 'an exception takes its words out',
    lines: { 7: 'unless:', 8: '  - phrases: [idiot proof]' },
    text: 'It is idiot-proof.',
    verdict: 'approve',
  },
  {
    why: 'and leaves the others',
    lines: { 7: 'unless:', 8: '  - phrases: [idiot proof]' },
    text: 'It is idiot-proof, idiot.',
    verdict: 'reject',
    words: ['idiot'],
  },
  {
    why: 'a pattern for an exception',
    lines: { 7: 'unless:', 8: "  - pattern: 'idiot[- ]\\w+'" },
    text: 'An idiot-proof plan.',
    verdict: 'approve',
  },
  {
    why: 'a list in an exception',
    lines: { 7: 'unless:', 8: '  - phrases: ["idiot {thing}"]', 9: 'lists: { thing: [proof, box] }' },
    text: 'The idiot box.',
    verdict: 'approve',
  },
  {
    why: 'quotations may be left out',
    lines: { 7: 'unless:', 8: '  - quoted: true' },
    text: 'He called her an "utter idiot". Shame on him.',
    verdict: 'approve',
  },
  {
    why: 'in curly quotation marks too',
    lines: { 7: 'unless:', 8: '  - quoted: true' },
    text: 'É he who said “you idiot”.',
    verdict: 'approve',
  },
  {
    why: 'what is told of others may be left out',
    lines: { 7: 'unless:', 8: '  - disowned: true' },
    text: 'He called her an utter idiot. Shame on him.',
    verdict: 'approve',
  },
  {
    why: 'what the commenter says himself counts',
    lines: { 7: 'unless:', 8: '  - disowned: true' },
    text: 'I call her an utter idiot.',
    verdict: 'reject',
    words: ['idiot'],
  },
  {
    why: 'what is not quoted counts',
    lines: { 7: 'unless:', 8: '  - quoted: true' },
    text: '“Éclat”, you idiot.',
    verdict: 'reject',
    words: ['idiot'],
  },
  {
    why: 'sections: the page is in one',
    lines: { 7: 'applies: { url: ["/sport/*"] }' },
    text: 'You idiot!',
    url: 'https://news.example/sport/cricket/1?x=1',
    verdict: 'reject',
    words: ['idiot'],
  },
  {
    why: 'sections: the page is in another',
    lines: { 7: 'applies: { url: ["/sport/*"] }' },
    text: 'You idiot!',
    url: 'https://news.example/world/1',
    verdict: 'approve',
  },
  {
    why: 'sections: nobody told the page',
    lines: { 7: 'applies: { url: ["/sport/*"] }' },
    text: 'You idiot!',
    verdict: 'approve',
  },
];

describe('a rule file that is right', () => {
  test.each(CASES)('$why', ({ lines, files = {}, text, url, verdict: expected, words = [] }) => {
    const { ruleset } = compile({ 'abuse.yaml': ruleWith(lines), ...files });
    const { verdict, reasons } = moderate(new Comment(text, { url }), ruleset, TODAY);
    expect(verdict).toBe(expected);
    expect(reasons.flatMap(({ spans }) => spans.map(({ start, end }) => text.slice(start, end)))).toEqual(
      words,
    );
  });

  test('tells all that it says of itself', () => {
    const { ruleset } = compile({
      'abuse.yaml': ruleWith({
        2: 'guideline: |',
        3: '  Comments cannot\n  be abusive.\nmessage: "  Be kind.  "',
        6: '  - phrases: [idiot, "{insult}"]',
        7: "  - pattern: 'x'",
        8: '  - detector: loudness',
        9: 'lists: { insult: [fool, clown] }\nowner: desk@news.example\nexpires: 2026-12-31\nmode: shadow',
        10: 'examples: { approve: [Hello., Good day.], reject: [x] }',
      }),
    });
    expect(ruleset.rules).toMatchObject([
      {
        id: 'abuse',
        file: 'abuse.yaml',
        guideline: 'Comments cannot\nbe abusive.',
        message: 'Be kind.',
        action: 'reject',
        mode: 'shadow',
        enabled: true,
        owner: 'desk@news.example',
        expires: '2026-12-31',
        conditions: [
          { label: 'phrases', thresholds: [{ action: 'reject', from: 0.5 }] },
          { label: 'pattern', thresholds: [{ action: 'reject', from: 0.5 }] },
          { label: 'detector loudness', thresholds: [{ action: 'reject', from: 0.5 }] },
        ],
        exceptions: [],
        counts: { phrases: 2, patterns: 1, examples: 3 },
      },
    ]);
  });

  test('keeps its examples as written, with their places', () => {
    const { examples } = compile({
      'abuse.yaml': ruleWith({
        7: 'examples:',
        8: '  approve:',
        9: '    - " Hello. "',
        10: '  reject: [a, b]',
      }),
    });
    expect(examples).toEqual([
      { rule: 'abuse', expected: 'approve', text: ' Hello. ', file: 'abuse.yaml', line: 9, column: 7 },
      { rule: 'abuse', expected: 'reject', text: 'a', file: 'abuse.yaml', line: 10, column: 12 },
      { rule: 'abuse', expected: 'reject', text: 'b', file: 'abuse.yaml', line: 10, column: 15 },
    ]);
  });

  test('counts lines as editors do, with a byte order mark and with CRLF', () => {
    const { examples } = compile({
      'abuse.yaml': `\ufeff${ruleWith({ 7: 'examples:', 8: '  approve: [Hello.]' }).replaceAll('\n', '\r\n')}`,
    });
    expect(examples).toMatchObject([{ line: 8, column: 13, text: 'Hello.' }]);
  });
});

describe('a folder that is right', () => {
  test('has its rules in the order of their files', () => {
    const { ruleset } = compile({
      'c.yaml': ruleWith({ 1: 'id: a' }),
      'a.yml': ruleWith({ 1: 'id: c' }),
      'B.yaml': ruleWith({ 1: 'id: b' }),
    });
    expect(ruleset.rules.map((rule) => rule.id)).toEqual(['b', 'c', 'a']);
  });

  test('may hold files that are no rules', () => {
    const { ruleset } = compile({
      'abuse.yaml': ruleWith(),
      'README.md': '# Rules',
      'lists/x.yaml': 'broken: [',
      'notes.txt': '\0',
    });
    expect(ruleset.rules).toHaveLength(1);
  });

  const LIMITS: readonly (readonly [per: string, seconds: number])[] = [
    ['60', 60],
    ['60s', 60],
    ['"5m"', 300],
    ['1h', 3600],
    ['24d', 2_073_600],
  ];
  test.each(LIMITS)('has limits per %s', (per, seconds) => {
    const { limits } = compile({
      'abuse.yaml': ruleWith(),
      'limits.yaml': `tiers:\n  default:\n    - { name: burst, points: 5, per: ${per} }\n    - { name: a day's, points: 1000000, per: 1d }\n`,
    });
    expect(limits.windows).toEqual([
      { name: 'burst', points: 5, seconds },
      { name: "a day's", points: 1_000_000, seconds: 86_400 },
    ]);
  });

  test('has tiers, costs and a block', () => {
    const { limits } = compile({
      'abuse.yaml': ruleWith(),
      'limits.yaml':
        'tiers:\n  default: [{ name: a, points: 5, per: 1m }]\n  new: [{ name: a, points: 2, per: 1m }, { name: b, points: 9, per: 1d }]\ncosts: { reject: 3 }\nblock: { after: 4, within: 10m, for: 1h }\n',
    });
    expect(limits).toEqual({
      windows: [{ name: 'a', points: 5, seconds: 60 }],
      tiers: new Map([
        [
          'new',
          [
            { name: 'a', points: 2, seconds: 60 },
            { name: 'b', points: 9, seconds: 86_400 },
          ],
        ],
      ]),
      rejectCost: 3,
      block: { after: 4, within: 600, seconds: 3600 },
    });
  });

  test('says for how long texts are remembered: as long as any rule in force asks', () => {
    const asking = (id: string, within: string, also = '') => `${also}id: ${id}
guideline: Say it once.
message: Please say it once.
action: review
when:
  - { detector: flood, within: ${within} }
`;
    const files = { 'a.yaml': asking('a', '10m'), 'b.yaml': asking('b', '1h'), 'c.yaml': asking('c', '90') };
    const off = { 'd.yaml': asking('d', '1d', 'enabled: false\n') };
    expect(compile({ ...files, ...off }, DETECTORS).ruleset.recall).toBe(3600);
    expect(compile({ 'abuse.yaml': ruleWith() }).ruleset.recall).toBe(0);
  });

  test('without limits.yaml has five a minute', () => {
    expect(compile({ 'abuse.yaml': ruleWith() }).limits).toEqual(DEFAULT_LIMITS);
    expect(DEFAULT_LIMITS.windows).toEqual([{ name: 'burst', points: 5, seconds: 60 }]);
  });
});

describe('the version', () => {
  const files = {
    'abuse.yaml': ruleWith({ 7: 'lists: { insult: { file: l.txt } }' }),
    'b.yaml': ruleWith({ 1: 'id: b' }),
    'l.txt': 'fool',
  };
  const versionOf = (changed: Readonly<Record<string, string>>) => compile(changed).ruleset.version;
  const before = versionOf(files);

  test('is a SHA-256, the same for the same files in any order', () => {
    expect(before).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(versionOf(Object.fromEntries(Object.entries(files).reverse()))).toBe(before);
  });

  test('does not change with files that are not used', () => {
    expect(versionOf({ ...files, 'README.md': '#', 'lists/other.txt': 'x' })).toBe(before);
  });

  const CHANGES: readonly (readonly [why: string, files: Readonly<Record<string, string>>])[] = [
    ['a rule', { 'b.yaml': ruleWith({ 1: 'id: c' }) }],
    ['a comment in a rule', { 'b.yaml': `${files['b.yaml']}# c\n` }],
    ['a word in a list', { 'l.txt': 'fools' }],
    ['the limits', { 'limits.yaml': 'tiers: { default: [{ name: burst, points: 5, per: 60 }] }' }],
    ['a further rule', { 'c.yaml': ruleWith({ 1: 'id: c' }) }],
  ];
  test.each(CHANGES)('changes with %s', (_, change) => {
    expect(versionOf({ ...files, ...change })).not.toBe(before);
  });
});

describe('the format', () => {
  const OPEN = /"additionalProperties":\{\}/;
  test.each([
    ['rule files', ruleFileSchema(DETECTORS)],
    ['limits', limitsFileSchema],
  ])('of %s can be written out as JSON Schema', (_, schema) => {
    const written = z.toJSONSchema(schema, { io: 'input' });
    expect(JSON.stringify(written)).not.toMatch(OPEN);
    for (const [key, field] of Object.entries(written.properties ?? {})) {
      expect([key, field]).toEqual([key, expect.objectContaining({ description: expect.any(String) })]);
    }
  });

  test('is refused for a detector with an option that every condition has', () => {
    const taken = { ...TEST_DETECTORS[2], name: 'taken', options: z.strictObject({ review: z.number() }) };
    expect(() =>
      ruleFileSchema([
        ...TEST_DETECTORS,
        { prepare: () => ({ detect: () => ({ score: 0, spans: [] }) }), ...taken },
      ]),
    ).toThrow('detector taken has an option review');
  });
});
