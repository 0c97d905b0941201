import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { KINDS } from '../../src/guidelines/mistakes/mistake-kinds.js';
import { stet as command } from '../helpers/stet.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function stet(args: readonly string[], env?: Readonly<Record<string, string>>) {
  return command(['rules', ...args], { env });
}

function write(files: Readonly<Record<string, readonly string[]>>): void {
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''));
  }
}

const KIND = [
  'id: kind',
  'guideline: Be kind.',
  'message: Please be kind.',
  'action: reject',
  'when:',
  '  - phrases: [fool, clown]',
];

const BROKEN = {
  'kind.yaml': KIND.with(3, 'action: rejct').with(5, '  - phrase: [fool]'),
  'limits.yaml': ['tiers: {}'],
  'lists/old.txt': ['fool'],
  'rude.yaml': [
    ...KIND.with(0, 'id: rude').with(5, '  - phrases: [fool, "दोस्त {insult}"]'),
    'lists: { x: [a] }',
  ],
};

/** With a word that nothing needs, and examples that nothing can do both. */
const ODD = { 'kind.yaml': [...KIND.with(5, '  - phrases: [you fool, fool]')] };
const CONTRADICTORY = {
  'kind.yaml': [...KIND, 'examples:', '  reject: [You fool.]', '  approve: [You fool.]'],
};

describe('stet rules lint', () => {
  test('passes the default rules, without a warning', () => {
    const { status, stdout, stderr } = stet(['lint', '--strict']);
    expect(stdout).toMatch(/^\d+ rules in rules: no mistakes, no warnings\n$/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('shows people every mistake and warning with its line, and where in it', () => {
    write(BROKEN);
    const { status, stdout } = stet(['lint', '-r', folder]);
    expect(stdout.replaceAll(folder, 'rules')).toBe(
      [
        'rules/kind.yaml:4:9: error: action is "rejct"; write reject, review or flag (did you mean "reject"?)',
        ' 4 | action: rejct',
        '   |         ^',
        'rules/kind.yaml:6:5: error: unknown key "phrase"; did you mean "phrases"?',
        ' 6 |   - phrase: [fool]',
        '   |     ^',
        'rules/limits.yaml:1:8: error: "default" is missing; write a list of windows, like - { name: burst, points: 5, per: 60s }',
        ' 1 | tiers: {}',
        '   |        ^',
        'rules/rude.yaml:6:21: error: "दोस्त {insult}" names the list {insult}, which this rule does not have; add it under lists, like insult: { file: lists/insult.txt }',
        ' 6 |   - phrases: [fool, "दोस्त {insult}"]',
        '   |                     ^',
        'rules/lists/old.txt:1:1: warning: no rule uses this file; name it under lists, like old: { file: lists/old.txt }, or delete it',
        ' 1 | fool',
        '   | ^',
        'rules/rude.yaml:7:10: warning: list "x" is used nowhere; name it in a phrase as {x}, or delete it',
        ' 7 | lists: { x: [a] }',
        '   |          ^',
        'rules cannot be put in force: 4 mistakes, 2 warnings',
        '',
      ].join('\n'),
    );
    expect(status).toBe(78);
  });

  test('in colour where that is wanted', () => {
    write(BROKEN);
    const { stdout } = stet(['lint', '-r', folder], { FORCE_COLOR: '1' });
    expect(stdout).toContain('\u001b[31merror:\u001b[39m action is "rejct"');
    expect(stdout).toContain('\u001b[31m^\u001b[39m');
    expect(stdout).toContain('\u001b[33mwarning:\u001b[39m');
  });

  test.each<[why: string, files: Record<string, readonly string[]>, args: string[], status: number]>([
    ['no mistakes', { 'kind.yaml': KIND }, [], 0],
    ['no rules', {}, [], 78],
    ['a warning', ODD, [], 0],
    ['a warning, and all must be well', ODD, ['--strict'], 1],
    ['examples that contradict each other', CONTRADICTORY, [], 78],
  ])('says in its status: %s', (_, files, args, status) => {
    write(files);
    expect(stet(['lint', '-r', folder, ...args])).toMatchObject({ status, stderr: '' });
  });

  test('prints JSON', () => {
    write({ ...BROKEN, 'kind.yaml': KIND, 'limits.yaml': ['tiers: {}'] });
    const { status, stdout } = stet(['lint', '-r', folder, '--format', 'json']);
    expect(status).toBe(78);
    expect(JSON.parse(stdout)).toEqual({
      folder,
      valid: false,
      mistakes: [
        {
          file: 'limits.yaml',
          line: 1,
          column: 8,
          kind: 'format',
          message:
            '"default" is missing; write a list of windows, like - { name: burst, points: 5, per: 60s }',
          excerpt: { text: 'tiers: {}', column: 8 },
        },
        expect.objectContaining({ file: 'rude.yaml', line: 6, column: 21, kind: 'unknown-list' }),
      ],
      warnings: [
        expect.objectContaining({ file: 'lists/old.txt', kind: 'unused-list' }),
        expect.objectContaining({ file: 'rude.yaml', kind: 'unused-list' }),
      ],
    });
  });

  test('prints JSON of what is right, with the version of the rules', () => {
    write({ 'kind.yaml': KIND });
    expect(JSON.parse(stet(['lint', '-r', folder, '--format', 'json']).stdout)).toEqual({
      folder,
      valid: true,
      rulesVersion: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      mistakes: [],
      warnings: [],
    });
  });

  test('prints SARIF', () => {
    write(BROKEN);
    const { status, stdout } = stet(['lint', '-r', folder, '--format', 'sarif']);
    expect(status).toBe(78);
    const [run] = sarif.parse(JSON.parse(stdout)).runs;
    const { rules } = run?.tool.driver ?? { rules: [] };
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(KINDS));
    expect(run?.results).toHaveLength(6);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(run?.results[3]).toEqual({
      ruleId: 'unknown-list',
      ruleIndex: rules.findIndex(({ id }) => id === 'unknown-list'),
      level: 'error',
      message: { text: expect.stringMatching(/^"दोस्त \{insult\}" names the list/) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: pathToFileURL(join(folder, 'rude.yaml')).href },
            region: { startLine: 6, startColumn: 21 },
          },
        },
      ],
    });
  });

  test('names files in SARIF from the working directory, as code hosts need', () => {
    write({ 'my rules/kind.yaml': ODD['kind.yaml'] });
    const { stdout } = command(['rules', 'lint', '-r', 'my rules', '--format', 'sarif'], { cwd: folder });
    const [result] = sarif.parse(JSON.parse(stdout)).runs[0]?.results ?? [];
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('my%20rules/kind.yaml');
    expect(result?.level).toBe('warning');
  });

  test('tells what it takes', () => {
    expect(stet(['lint', '--help']).stdout).toMatch(/"text", "json", "sarif"[\s\S]*Exit status: 0 .* 78 /);
    expect(stet(['lint', '--format', 'xml'])).toMatchObject({ status: 64 });
  });
});

/** What SARIF 2.1.0 (OASIS, 2020) asks of the properties that are written, and no other ones. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z
            .array(z.strictObject({ id: z.string(), shortDescription: z.strictObject({ text: z.string() }) }))
            .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length),
        }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: z.enum(['none', 'note', 'warning', 'error']),
          message: z.strictObject({ text: z.string().min(1) }),
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w.~:/%-]+$/) }),
                region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) }),
              }),
            }),
          ),
        }),
      ),
    }),
  ]),
});

describe('stet rules test', () => {
  const FAILING = {
    'kind.yaml': [
      ...KIND,
      '  - { detector: shouting, share: 0.9, reject: 0.95, review: 0.4 }',
      'examples:',
      '  reject: [You goose., You fool.]',
      '  approve: [Hello., What a clown that is.]',
    ],
    'rude.yaml': [
      ...KIND.with(0, 'id: rude').with(3, 'action: review').with(5, '  - phrases: [hmm]'),
      'examples: { approve: [Fool!] }',
    ],
  };

  test('passes the default rules', () => {
    const { status, stdout } = stet(['test']);
    expect(stdout).toMatch(/^(\d+) of \1 examples hold\n$/);
    expect(status).toBe(0);
  });

  test('shows the examples that do not hold, with each condition, its score and the words', () => {
    write(FAILING);
    const { status, stdout } = stet(['test', '-r', folder]);
    expect(stdout.replaceAll(folder, 'rules')).toBe(
      [
        '✗ rules/kind.yaml:9:12: "You goose."',
        '  expected reject by kind, got nothing',
        '    condition 1 of kind: phrases 0.00 (needs 0.5)',
        '    condition 2 of kind: detector shouting 0.00 (needs 0.95)',
        '✗ rules/kind.yaml:10:21: "What a clown that is."',
        '  expected approve, got reject by kind',
        '    condition 1 of kind: phrases 1.00 "clown"',
        '✗ rules/rude.yaml:7:23: "Fool!"',
        '  expected approve, got reject by kind',
        '    condition 1 of kind: phrases 1.00 "Fool"',
        '2 of 5 examples hold',
        '',
      ].join('\n'),
    );
    expect(status).toBe(1);
  });

  test('in colour where that is wanted', () => {
    write(FAILING);
    const { stdout } = stet(['test', '-r', folder], { FORCE_COLOR: '1' });
    expect(stdout).toContain('expected \u001b[32mapprove\u001b[39m, got \u001b[31mreject\u001b[39m by kind');
  });

  test('prints JSON', () => {
    write(FAILING);
    const { status, stdout } = stet(['test', '-r', folder, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      folder,
      examples: 5,
      held: 2,
      failures: [
        {
          file: 'kind.yaml',
          line: 9,
          column: 12,
          rule: 'kind',
          expected: 'reject',
          text: 'You goose.',
          message: expect.stringMatching(/^expected reject by kind, got nothing: /),
          conditions: [
            { rule: 'kind', entry: 1, condition: 'phrases', score: 0, words: [], needs: 0.5 },
            { rule: 'kind', entry: 2, condition: 'detector shouting', score: 0, words: [], needs: 0.95 },
          ],
        },
        { conditions: [{ rule: 'kind', entry: 1, score: 1, words: ['clown'], action: 'reject' }] },
        { rule: 'rude', conditions: [{ rule: 'kind', entry: 1, words: ['Fool'] }] },
      ],
    });
    expect(status).toBe(1);
  });

  test('shows mistakes with their lines where the rules cannot be loaded', () => {
    write({ 'kind.yaml': KIND.with(3, 'action: rejct') });
    const { status, stderr } = stet(['test', '-r', folder]);
    expect(stderr).toBe(
      'kind.yaml:4:9: error: action is "rejct"; write reject, review or flag (did you mean "reject"?)\n 4 | action: rejct\n   |         ^\n',
    );
    expect(status).toBe(78);
  });
});

describe('stet rules schema', () => {
  test('writes the schemas as they are in rules', () => {
    const { status, stdout } = stet(['schema', '-r', folder]);
    expect(status).toBe(0);
    for (const name of ['schema.json', 'limits.schema.json']) {
      expect(stdout).toContain(`${join(folder, name)} written\n`);
      expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(join('rules', name), 'utf8'));
    }
  });
});
