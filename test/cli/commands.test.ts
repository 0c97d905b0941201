import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stet as run } from '../helpers/stet.js';

const folder = mkdtempSync(join(tmpdir(), 'stet-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

function stet(args: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = '') {
  return run(args, { cwd: folder, stdin, env: { NO_COLOR: '1', ...env } });
}

function file(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

function rule(name: string, rest: string): void {
  file(
    name,
    `id: kind\nguideline: Be kind.\nmessage: Please be kind.\naction: reject\n${rest.replaceAll('; ', '\n')}\n`,
  );
}

const GOOSE = 'when: [phrases: [goose]]';
rule('sites/sport/kind.yaml', `${GOOSE}; examples: { reject: [A crow.] }`);
rule('sites/world/kind.yaml', `${GOOSE}; examples: { reject: [A goose.] }`);
rule('broken/sport/kind.yaml', 'when: [phrase: [goose]]');
rule('broken/world/kind.yaml', `${GOOSE}; examples: { reject: [A goose.] }`);
rule('draft/kind.yaml', 'when: [phrases: [duck]]');
rule(
  'plugged/kind.yaml',
  'when: [{ detector: long-words, letters: 12 }]; examples: { reject: [Incomprehensible.], approve: [Fine.] }',
);

describe('stet', () => {
  test('tells its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(stet(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([['--version'], ['--help'], ['rules', '--help']])(
    '%s %s loads no rules and no models',
    (...args) => {
      const coverage = mkdtempSync(join(folder, 'coverage-'));
      expect(stet(args, { NODE_V8_COVERAGE: coverage }).status).toBe(0);
      const loaded = readdirSync(coverage)
        .flatMap((name): { url: string }[] => JSON.parse(readFileSync(join(coverage, name), 'utf8')).result)
        .map(({ url }) => url.split('/dist/')[1])
        .filter((path) => path !== undefined && !path.includes('node_modules'));
      expect(loaded.sort()).toEqual(['cli/exit.js', 'cli/lazy.js', 'cli/run.js', 'cli/stet.js']);
    },
  );

  test.each<[command: string, options: RegExp]>([
    ['check', /--sites .*--site .*--detectors .*--file /s],
    ['rules lint', /--format .*Exit status/s],
    ['replay', /--against /],
    ['serve', /RULES_DIR/],
  ])('%s --help has its options', (command, options) => {
    const { status, stdout } = stet([...command.split(' '), '--help']);
    expect(stdout).toMatch(options);
    expect(status).toBe(0);
  });
});

describe('stet init', () => {
  test('makes a rules folder that can be put in force, and overwrites nothing', () => {
    const first = stet(['init', 'own']);
    expect(first.stdout).toContain('own/abuse.yaml written\n');
    expect(first.stdout).toContain('stet rules check --rules own');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'own')).sort()).toEqual(readdirSync('rules').sort());

    file('own/flood.yaml', '# mine');
    rmSync(join(folder, 'own', 'abuse.yaml'));
    const again = stet(['init', 'own']);
    expect(again.stdout).toContain('own/abuse.yaml written\n');
    expect(again.stdout).toContain('own/flood.yaml is there already, and was left as it is\n');
    expect(readFileSync(join(folder, 'own/flood.yaml'), 'utf8')).toBe('# mine');
    expect(readFileSync(join(folder, 'own/abuse.yaml'), 'utf8')).toBe(
      readFileSync('rules/abuse.yaml', 'utf8'),
    );
  });

  test('refuses a name that a file has', () => {
    file('taken', '');
    expect(stet(['init', 'taken'])).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/^stet: taken\/\S+ cannot be written \(E/),
    });
  });
});

describe('stet rules check', () => {
  test.each<[why: string, rules: string, status: number, shown: RegExp]>([
    ['all is well', 'sites/world', 0, /^1 rule in \S+: no mistakes, no warnings\n1 of 1 examples hold\n$/],
    [
      'an example does not hold',
      'sites/sport',
      1,
      /no mistakes.*✗ sites\/sport\/kind\.yaml:6:22: "A crow\."/s,
    ],
    ['a file has a mistake', 'broken/sport', 78, /unknown key "phrase".*cannot be put in force: 1 mistake/s],
  ])('where %s', (_, rules, status, shown) => {
    const result = stet(['rules', 'check', '-r', rules]);
    expect(result.stdout).toMatch(shown);
    expect(result).toMatchObject({ status, stderr: '' });
  });
});

test('stet rules lint counts an example that does not hold among the mistakes', () => {
  const { status, stdout } = stet(['rules', 'lint', '-r', 'sites/sport']);
  expect(stdout).toBe(
    `sites/sport/kind.yaml:6:22: error: example "A crow." does not hold: expected reject by kind, got nothing: phrases 0.00 (needs 0.5)
 6 | examples: { reject: [A crow.] }
   |                      ^
sites/sport cannot be put in force: 1 mistake, no warnings
`,
  );
  expect(status).toBe(78);
});

describe('with several sites', () => {
  const SITES = { SITES_DIR: 'sites' };
  test.each<[args: string[], env: Record<string, string>, status: number, shown: RegExp]>([
    [
      ['rules', 'lint'],
      SITES,
      78,
      /^site sport\n.*A crow.*1 mistake.*\n\nsite world\n1 rule in sites\/world: no /s,
    ],
    [
      ['rules', 'test'],
      SITES,
      1,
      /^site sport\n✗ .*\n0 of 1 examples hold\n\nsite world\n1 of 1 examples hold\n$/s,
    ],
    [
      ['rules', 'check'],
      SITES,
      1,
      /^site sport\n.*0 of 1 examples hold\nsite world\n.*1 of 1 examples hold\n$/s,
    ],
    [['rules', 'check', '--site', 'world'], SITES, 0, /^site world\n1 rule in sites\/world/],
    [['rules', 'lint', '--sites', 'sites', '--format', 'json'], {}, 78, /^\[\n {2}\{\n {4}"site": "sport"/],
    [['rules', 'test', '--sites', 'broken'], {}, 78, /^site world\n1 of 1 examples hold\n$/],
    [['rules', 'lint', '-r', 'draft'], SITES, 0, /^1 rule in draft/],
    [['check', '--site', 'world', 'A goose.'], SITES, 1, /^reject\n/],
    [['check', '-r', 'draft', 'A goose.'], SITES, 0, /^approve\n/],
  ])('%j with %j', (args, env, status, shown) => {
    const result = stet(args, env);
    expect(result.stdout).toMatch(shown);
    expect(result.status).toBe(status);
  });

  test.each<[args: string[], env: Record<string, string>, status: number, message: string]>([
    [['check', 'Hi.'], SITES, 64, 'stet: say whose rules are meant with --site; there are sport and world\n'],
    [['replay', '-'], SITES, 64, 'stet: say whose rules are meant with --site; there are sport and world\n'],
    [['check', '--site', 'art', 'Hi.'], SITES, 64, 'stet: there is no site art; there are sport and world\n'],
    [['rules', 'lint', '--site', 'art'], {}, 64, 'stet: there is no site art; there is default\n'],
    [
      ['rules', 'lint'],
      { SITES_DIR: 'sites', RULES_DIR: 'draft' },
      78,
      'SITES_DIR cannot be set beside RULES_DIR; keep one of the two\n',
    ],
  ])('%j with %j is refused', (args, env, status, message) => {
    expect(stet(args, env)).toEqual({ status, stdout: '', stderr: message });
  });
});

describe('with a detector of one’s own', () => {
  const MODULE = fileURLToPath(new URL('../fixtures/long-words.mjs', import.meta.url));
  const PLUGGED = { DETECTORS: MODULE, RULES_DIR: 'plugged' };

  test.each<[args: string[], status: number, shown: RegExp]>([
    [['rules', 'lint'], 0, /^1 rule in plugged: no mistakes/],
    [['rules', 'test'], 0, /^2 of 2 examples hold/],
    [['rules', 'check'], 0, /2 of 2 examples hold/],
    [['check', 'Unquestionably.'], 1, /^reject\n.*\(12 letters or more\).*"Unquestionably"/s],
  ])('%j', (args, status, shown) => {
    const result = stet(args, PLUGGED);
    expect(result.stdout).toMatch(shown);
    expect(result).toMatchObject({ status, stderr: '' });
  });

  test('stet rules schema has it', () => {
    expect(stet(['rules', 'schema'], PLUGGED).status).toBe(0);
    const schema = readFileSync(join(folder, 'plugged', 'schema.json'), 'utf8');
    expect(schema).toContain('"const": "long-words"');
    expect(schema).toContain('How many letters are too many.');
  });

  test('stet replay judges by it in every thread', () => {
    const input = ['Unquestionably.', 'Fine.'].map((text) => `${JSON.stringify({ text })}\n`).join('');
    const { status, stdout } = stet(['replay', '-', '--threads', '2'], PLUGGED, input);
    expect(stdout).toContain('rejected by kind: 1\n  line 1: 1.00 sure; 12 letters or more\n');
    expect(status).toBe(0);
  });

  test.each<[args: string[], message: RegExp]>([
    [['rules', 'lint', '-r', 'plugged'], /^$/],
    [
      ['rules', 'lint', '--detectors', 'nowhere.mjs'],
      /^DETECTORS has file:\S+nowhere\.mjs, which cannot be loaded/,
    ],
    [['replay', '-', '--detectors', 'taken.mjs'], /its default export must be a detector/],
  ])('%j without it, or with what is none, is refused', (args, message) => {
    file('taken.mjs', 'export default 5;');
    const result = stet(args);
    expect(result.stderr).toMatch(message);
    expect(result.status).toBe(78);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
