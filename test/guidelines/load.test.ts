import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readRulesFolder } from '../../src/guidelines/files/folder.js';
import { RulesError, showMistake } from '../../src/guidelines/guidelines.js';
import { type LoadOptions, loadGuidelines, makeGuidelines } from '../../src/guidelines/load.js';
import { ruleWith, TEST_DETECTORS } from './rules-folder.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rules-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content);
  }
}

async function mistakesOf(step: Promise<unknown>): Promise<string[]> {
  try {
    await step;
    return [];
  } catch (error) {
    if (error instanceof RulesError) return error.mistakes.map(showMistake);
    throw error;
  }
}

const load = (options: LoadOptions = {}) => loadGuidelines(dir, { detectors: TEST_DETECTORS, ...options });

describe('reading a rules folder', () => {
  test('takes rule files directly in it, and texts at any depth', async () => {
    await write({
      'a.yaml': 'a',
      'b.yml': 'b',
      'words.txt': 'c',
      'lists/x.txt': 'd',
      'lists/more/y.txt': 'e',
      'lists/z.yaml': 'no',
      'README.md': 'no',
      'schema.json': 'no',
      'a.yaml~': 'no',
      '.#a.yaml': 'no',
      '.git/x.txt': 'no',
    });
    expect(Object.fromEntries(await readRulesFolder(dir))).toEqual({
      'a.yaml': 'a',
      'b.yml': 'b',
      'words.txt': 'c',
      'lists/x.txt': 'd',
      'lists/more/y.txt': 'e',
    });
  });

  test('passes over a README, which changes neither the rules nor their version', async () => {
    await write({ 'abuse.yaml': ruleWith(), 'lists/x.txt': 'x' });
    const before = await load();
    const files = await readRulesFolder(dir);
    await write({ 'README.md': '# The rules\n\nid: none\n', 'lists/README.md': 'idiot\n' });
    expect(await readRulesFolder(dir)).toEqual(files);
    expect((await load()).ruleset.version).toBe(before.ruleset.version);
  });

  test('follows links, as a ConfigMap has them', async () => {
    await write({ '..2026/a.yaml': 'a', '..2026/lists/x.txt': 'x' });
    await symlink('..2026', join(dir, '..data'));
    await symlink('..data/a.yaml', join(dir, 'a.yaml'));
    await symlink('..data/lists', join(dir, 'lists'));
    expect([...(await readRulesFolder(dir)).keys()].sort()).toEqual(['a.yaml', 'lists/x.txt']);
  });

  test.each<[what: string, name: string, link: string, to: string]>([
    ['a rule file', 'a.yaml', 'a.yaml', '../secret'],
    ['a list', 'words.txt', 'words.txt', '../secret'],
    ['a list, by a whole path', 'words.txt', 'words.txt', '/etc/hostname'],
    ['a folder of lists', 'lists', 'lists', '../elsewhere'],
    ['a link of the folder, by another', 'a.yaml', '..hop', '../secret'],
    ['a folder whose name starts alike', 'a.yaml', 'a.yaml', 'NAME-elsewhere/secret'],
  ])('refuses %s that a link leads out to, and shows nothing of it', async (_, name, link, to) => {
    const folder = join(dir, 'rules');
    await write({
      'rules/abuse.yaml': ruleWith(),
      secret: 'password: [sekrit\n',
      'elsewhere/x.txt': 'sekrit, sekrit\n',
      'rules-elsewhere/secret': 'sekrit',
    });
    await symlink(to.replace('NAME', '../rules'), join(folder, link));
    if (link !== name) await symlink(link, join(folder, name));
    const told = await mistakesOf(loadGuidelines(folder));
    expect(told).toEqual([
      `${name}:1:1: it is a link that leads out of the rules folder; put what it leads to in the folder`,
    ]);
  });

  test('follows a link to the folder itself, and passes over a link out that it would not read', async () => {
    await write({ 'rules/a.yaml': 'a', 'secret.md': 'b' });
    await symlink('../secret.md', join(dir, 'rules', 'README.md'));
    await symlink('rules', join(dir, 'current'));
    expect([...(await readRulesFolder(join(dir, 'current'))).keys()]).toEqual(['a.yaml']);
  });

  test('comes to an end where links go round in circles', async () => {
    await write({ 'a.yaml': 'a', 'lists/x.txt': 'x' });
    await symlink('.', join(dir, 'lists', 'again'));
    expect((await readRulesFolder(dir)).size).toBeLessThan(10);
  });

  test('passes over links to nowhere but for those that would be read', async () => {
    await symlink('nowhere', join(dir, 'other'));
    await symlink('nowhere', join(dir, 'a.yaml'));
    expect(await mistakesOf(readRulesFolder(dir))).toEqual(['a.yaml:1:1: there is no such file or folder']);
  });

  test('tells of a folder that is not there', async () => {
    const missing = join(dir, 'missing');
    expect(await mistakesOf(readRulesFolder(missing))).toEqual([
      `${missing}:1:1: there is no such file or folder`,
    ]);
  });

  test('tells of a file in its place', async () => {
    await write({ 'a.yaml': 'a' });
    const file = join(dir, 'a.yaml');
    expect(await mistakesOf(readRulesFolder(file))).toEqual([`${file}:1:1: it is not a folder`]);
  });

  test('reads no more of a file than shows that it is too large', async () => {
    await write({ 'a.yaml': Buffer.alloc(3_000_000, 'é') });
    expect((await readRulesFolder(dir)).get('a.yaml')?.length).toBeLessThan(1_100_000);
    expect(await mistakesOf(load())).toEqual(['a.yaml:1:1: the file is over 1 MB; split it in several']);
  });
});

describe('a rule file of 900 KB', () => {
  const SIZE = 900_000;
  /** How often requests have their turn until a folder of one file is loaded, or refused, and why. */
  async function turnsFor(content: string): Promise<{ turns: number; told: string[] }> {
    let turns = 0;
    const pause = async () => {
      turns += 1;
    };
    const told = await mistakesOf(
      makeGuidelines(new Map([['abuse.yaml', content]]), { detectors: TEST_DETECTORS, pause }),
    );
    return { turns, told };
  }

  test('is read in steps, between which requests are answered', async () => {
    const small = await turnsFor(ruleWith());
    const examples = Array.from(
      { length: SIZE / 60 },
      (_, i) => `    - "Comment ${i} says nothing of anybody."`,
    );
    const { turns, told } = await turnsFor(
      ruleWith({ 7: `examples:\n  approve:\n${examples.join('\n')}\nx: 1` }),
    );
    expect(told).toEqual([expect.stringContaining('"x"')]);
    // Four pieces an example at least, a thousand a step.
    expect(turns - small.turns).toBeGreaterThan(SIZE / 60 / 250 - 1);
  });

  test.each([
    ['brackets', '[', 'nested more than 20 deep', 60],
    ['lists', '- [a]\n', 'more than 600000 words and signs', 640],
    ['dashes', '- ', 'more than 600000 words and signs', 640],
  ])('of %s is not read to its end, so that it cannot exhaust the memory', async (_, unit, why, most) => {
    const { turns, told } = await turnsFor(unit.repeat(SIZE / unit.length));
    expect(told).toEqual([expect.stringContaining(why)]);
    expect(turns).toBeLessThanOrEqual(most);
  });
});

describe('loading a rules folder', () => {
  test('checks the bytes of its files', async () => {
    await write({
      'a.yaml': Buffer.from('id: caf\xe9\n', 'latin1'),
      'b.yaml': Buffer.from('id: b\n', 'utf16le'),
      'c.yaml': Buffer.from(`\ufeff${ruleWith()}`),
    });
    expect(await mistakesOf(load())).toEqual([
      'a.yaml:1:8: this is not UTF-8; save the file as UTF-8',
      'b.yaml:1:2: the file has a control character here (U+0000); delete it',
    ]);
  });

  test('tells the examples that do not hold, each at its place', async () => {
    await write({
      'abuse.yaml': ruleWith({
        7: 'examples:',
        8: '  reject:',
        9: '    - You fool.',
        10: '    - You idiot.',
      }),
      'b.yaml': ruleWith({
        1: 'id: b',
        6: '  - phrases: [fool]',
        7: 'examples: { approve: [Hello., An idiot., You idiot.] }',
      }),
    });
    expect(await mistakesOf(load())).toEqual([
      'abuse.yaml:9:7: example "You fool." does not hold: expected reject by abuse, got nothing: phrases 0.00 (needs 0.5)',
      'b.yaml:7:31: example "An idiot." does not hold: expected approve, but abuse rejects it: phrases 1.00 "idiot"',
      'b.yaml:7:42: example "You idiot." is under approve here and under reject in abuse.yaml:10; no comment can be both, so delete one of the two',
    ]);
    await expect(load({ examples: false })).resolves.toMatchObject({ examples: { length: 5 } });
  });

  test('runs the examples by the day', async () => {
    await write({
      'abuse.yaml': ruleWith({ 7: 'expires: 2026-05-31', 8: 'examples: { reject: [You fool.] }' }),
    });
    expect(await mistakesOf(load({ today: '2026-05-31' }))).toHaveLength(1);
    expect(await mistakesOf(load({ today: '2026-06-01' }))).toEqual([]);
  });

  test('says of a RulesError all that is wrong, one a line', async () => {
    await write({ 'abuse.yaml': ruleWith({ 4: 'action: rejct', 7: 'owner: 5' }) });
    await expect(load()).rejects.toThrow(
      'abuse.yaml:4:9: action is "rejct"; write reject, review or flag (did you mean "reject"?)\nabuse.yaml:7:8: owner is 5, which is no text in YAML; put it in quotes: "5"',
    );
  });
});
