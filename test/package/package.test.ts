import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { golden } from '../helpers/golden.js';

// What `npm pack` packs, and whether it works where it is installed. Where a change to it is meant:
// npm run build && GOLDEN=write npm run jest -- test/package

const ROOT = join(import.meta.dirname, '..', '..');

/** A folder of a stranger's, with the package in its node_modules. */
let home: string;
let packed: readonly string[];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'stet-package-'));
  const Report = z.tuple([
    z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
  ]);
  const [{ filename, files }] = Report.parse(
    JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], ROOT)),
  );
  packed = files.map(({ path }) => path).sort();
  const installed = join(home, 'node_modules', 'stet');
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', join(home, filename), '--strip-components=1', '-C', installed], home);
  // Only what the package asks for: what it needs and does not name is missing here.
  for (const name of Object.keys(dependencies())) link(name);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'stranger', type: 'module' }));
}, 60_000);
afterAll(() => rmSync(home, { recursive: true }));

/** @throws with all that the program printed, where it fails */
function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: status ${status}\n${stdout}${stderr}`);
  return stdout;
}

function dependencies(): Readonly<Record<string, string>> {
  return z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).dependencies;
}

function link(name: string): void {
  const path = join(home, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), path, 'dir');
}

test('the folders that are packed, with the kinds of file in each, are as they were', () => {
  const kinds = new Map<string, Set<string>>();
  for (const path of packed) {
    const folder = dirname(path);
    const kind = folder === '.' ? path : path.endsWith('.d.ts') ? '.d.ts' : extname(path);
    kinds.set(folder, (kinds.get(folder) ?? new Set()).add(kind));
  }
  const lines = [...kinds].map(([folder, found]) => `${folder}: ${[...found].sort().join(' ')}\n`);
  expect(golden(join(import.meta.dirname, 'folders.txt'), lines.sort().join(''))).toEqual([]);
});

test.each<[what: string, isWrong: (path: string) => boolean]>([
  ['no laboratory', (path) => /(?:^|\/)lab\//.test(path)],
  ['no tests', (path) => /(?:^|\/)test\//.test(path) || /\.test\./.test(path)],
  ['no sources', (path) => /\.[cm]?tsx?$/.test(path) && !path.endsWith('.d.ts')],
  ['no maps', (path) => path.endsWith('.map')],
  ['nothing hidden', (path) => /(?:^|\/)\./.test(path)],
])('%s is packed', (_, isWrong) => {
  expect(packed.filter(isWrong)).toEqual([]);
});

test('all data files of the sources are packed: weights, words, and what "stet ops" prints', () => {
  const data = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => extname(path) !== '' && !path.endsWith('.ts') && !path.startsWith('lab/'),
  );
  expect(data).toEqual(expect.arrayContaining(['classifier/linear/weights.bin', 'deploy/alerts.yaml']));
  expect(data.filter((path) => !packed.includes(`dist/${path}`))).toEqual([]);
});

describe('where it is installed', () => {
  const RULES = join('node_modules', 'stet', 'rules');

  test.each([
    ['stet', ['Comment', 'DETECTORS', 'RulesError', 'loadGuidelines', 'moderate']],
    ['stet/plugin', ['NOTHING', 'OptionError', 'UNCOUNTED', 'defineDetector', 'z']],
  ])('%s is imported, and has %j', (name, names) => {
    const script = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(name)})).sort()))`;
    const out = run(process.execPath, ['--input-type=module', '--eval', script], home);
    expect(JSON.parse(out)).toEqual(names);
  });

  test.each(['stet/dist/serve.js', 'stet/http/app.js'])('%s is not to be had', (name) => {
    const script = `import(${JSON.stringify(name)}).catch(({ code }) => console.log(code))`;
    expect(run(process.execPath, ['--eval', script], home)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });

  test('the command judges by the rules that come with it', () => {
    const { bin } = z
      .object({ bin: z.object({ stet: z.string() }) })
      .parse(JSON.parse(readFileSync(join(home, 'node_modules', 'stet', 'package.json'), 'utf8')));
    const command = join('node_modules', 'stet', bin.stet);
    const out = run(process.execPath, [command, 'check', '--json', 'The talks should start again.'], home);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'approve' });
  });

  test("a stranger's program is compiled against its types, every one of them checked, and runs", () => {
    for (const name of ['@types/node', 'undici-types']) link(name);
    copyFileSync(join(ROOT, 'test', 'types', 'stranger.ts'), join(home, 'stranger.ts'));
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2024'],
      module: 'nodenext',
      strict: true,
      skipLibCheck: false,
      types: ['node'],
    };
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['stranger.ts'] }));
    run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.'], home);
    const out = run(process.execPath, ['stranger.js', RULES, 'You are an idiot.'], home);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'reject',
      expect.stringMatching(/^personal-attack: reject at 11-16 /),
    ]);
  }, 60_000);
});
