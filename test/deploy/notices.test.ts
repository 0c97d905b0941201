import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shippedPackages } from './shipped.js';

const LICENSE = readFileSync('LICENSE', 'utf8').trim();

describe('the notices of the build', () => {
  const notices = readFileSync('dist/NOTICES.txt', 'utf8');

  test('have every package that is shipped with its licence, which is one of those allowed', () => {
    const told = new Map(
      [...notices.matchAll(/^(\S+) (\S+): (.+)$/gm)].map(([, name, version, licence]) => [
        `${name}@${version}`,
        licence,
      ]),
    );
    const shipped = shippedPackages().map(({ name, version }) => `${name}@${version}`);
    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.filter((name) => !told.has(name))).toEqual([]);
    expect([...new Set(told.values())].sort()).toEqual([
      '(MIT OR CC0-1.0)',
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      'ISC',
      'MIT',
    ]);
  });

  test('have the text of each licence', () => {
    for (const { path } of shippedPackages()) {
      const text = ['LICENSE', 'LICENSE.md', 'license', 'LICENCE']
        .map((name) => join(path, name))
        .find(existsSync);
      if (text) expect(notices).toContain(readFileSync(text, 'utf8').replaceAll('\r\n', '\n').trim());
    }
  });

  test("have Stet's own licence, and with it those of what it learned from", () => {
    expect(notices).toContain(LICENSE);
    const learned = [...LICENSE.matchAll(/^ {2}(\S+\.(?:bin|json|txt))$/gm)].map(([, path = '']) => path);
    expect(learned).toContain('classifier/linear/weights.bin');
    expect(learned.filter((path) => !existsSync(join('dist', path)))).toEqual([]);
  });
});

describe('of a folder with one package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stet-notices-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function make(lock: object, files: Readonly<Record<string, string>>) {
    const all = { LICENSE, 'package-lock.json': JSON.stringify({ packages: { '': {}, ...lock } }), ...files };
    for (const [name, content] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const { status, stderr } = spawnSync(process.execPath, ['.ci/notices.mjs', folder], { encoding: 'utf8' });
    const written = join(folder, 'dist', 'NOTICES.txt');
    return { status, stderr, notices: existsSync(written) ? readFileSync(written, 'utf8') : undefined };
  }
  const about = (also: object) => JSON.stringify({ name: 'a', version: '1.0.0', ...also });
  const A = 'node_modules/a';

  test.each<{ why: string; files: Readonly<Record<string, string>>; has: readonly string[] }>([
    {
      why: 'all texts that it has',
      files: {
        [`${A}/package.json`]: about({ license: 'Apache-2.0' }),
        [`${A}/LICENSE.txt`]: 'Terms.',
        [`${A}/NOTICE`]: 'By A.',
      },
      has: ['a 1.0.0: Apache-2.0\n\nBy A.\n\nTerms.\n'],
    },
    {
      why: 'the common text of MIT with the name of the author',
      files: { [`${A}/package.json`]: about({ license: 'MIT', author: { name: 'Ana' } }) },
      has: ['a 1.0.0: MIT\n\nThe MIT License\n\nCopyright (c) Ana\n\nPermission is hereby granted'],
    },
  ])('they have $why', ({ files, has }) => {
    const { status, stderr, notices } = make({ [A]: {} }, files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const text of has) expect(notices).toContain(text);
  });

  test('they have no package of development, and name those of other systems', () => {
    const { status, notices } = make(
      {
        [A]: { dev: true },
        'node_modules/b-for-dos': { version: '2.0.0', optional: true, license: 'ISC' },
      },
      { [`${A}/package.json`]: about({ license: 'GPL-3.0' }) },
    );
    expect(status).toBe(0);
    expect(notices).not.toContain('a 1.0.0');
    expect(notices).toContain('b-for-dos 2.0.0: ISC');
  });

  test.each<{ why: string; files: Readonly<Record<string, string>>; told: string }>([
    {
      why: 'a licence that is not allowed',
      files: { [`${A}/package.json`]: about({ license: 'GPL-3.0' }), [`${A}/LICENSE`]: 'x' },
      told: 'a has the licence GPL-3.0',
    },
    {
      why: 'no licence',
      files: { [`${A}/package.json`]: about({}), [`${A}/LICENSE`]: 'x' },
      told: 'a has the licence (none)',
    },
    {
      why: 'no text',
      files: { [`${A}/package.json`]: about({ license: 'ISC' }) },
      told: 'a has no text of its licence (ISC)',
    },
    { why: 'no package', files: {}, told: `not installed: ${A}` },
  ])('the build fails for $why', ({ files, told }) => {
    const { status, stderr, notices } = make({ [A]: {} }, files);
    expect({ status, notices }).toEqual({ status: 1, notices: undefined });
    expect(stderr).toContain(told);
  });
});
