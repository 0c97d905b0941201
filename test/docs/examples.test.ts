import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PAGES, readPage } from '../../src/docs/index.js';
import { loadGuidelines } from '../../src/index.js';
import { STET } from '../helpers/stet.js';

// What the pages show can be used as it is shown.

const TEXTS = new Map([
  ['README.md', readFileSync('README.md', 'utf8')],
  ['CONTRIBUTING.md', readFileSync('.github/CONTRIBUTING.md', 'utf8')],
  ...PAGES.map((page): [string, string] => [page.name, readPage(page) ?? '']),
]);

function textOf(name: string): string {
  const text = TEXTS.get(name);
  if (text === undefined) throw new Error(`there is no page ${name}`);
  return text;
}

/** The blocks of a page in a language that start with a line like this. */
function blocks(name: string, language: string, start: RegExp): string[] {
  return [...textOf(name).matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, written, block = '']) =>
    written === language && start.test(block) ? [block] : [],
  );
}

describe('files that the pages show', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stet-docs-'));
    cpSync('rules', folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    { page: 'editor', start: /^id:/, file: 'spoilers.yaml' },
    { page: 'operator', start: /^tiers:/, file: 'limits.yaml' },
  ])('$file of the page $page is in order beside the default rules', async ({ page, start, file }) => {
    const [block, ...more] = blocks(page, 'yaml', start);
    expect(more).toEqual([]);
    writeFileSync(join(folder, file), block ?? '');
    const { warnings } = await loadGuidelines(folder);
    expect(warnings).toEqual([]);
  });
});

/** The names of a command's subcommands. */
function commandsOf(...path: string[]): string[] {
  const { stdout } = spawnSync(process.execPath, [STET, ...path, '--help'], { encoding: 'utf8' });
  return [...stdout.matchAll(/^ {2}([a-z]+)(?= |$)/gm)].map(([, name]) => name ?? '');
}

const COMMANDS = new Map([
  ['', commandsOf()],
  ['rules', commandsOf('rules')],
]);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

describe.each([...TEXTS.keys()])('commands on the page %s', (name) => {
  /** Code in the text, and the lines of blocks. */
  const code = [
    ...[...textOf(name).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n')),
    ...[...textOf(name).matchAll(/`([^`\n]+)`/g)].map(([, inline]) => inline ?? ''),
  ];

  test('of stet are there', () => {
    const wrong = code
      .flatMap((line) => [...line.matchAll(/(?:^|npx )stet ([a-z]+)(?: ([a-z]+))?/g)])
      .filter(([, command = '', sub = '']) => {
        if (!COMMANDS.get('')?.includes(command)) return true;
        return COMMANDS.has(command) && !COMMANDS.get(command)?.includes(sub);
      });
    expect(wrong.map(([line]) => line)).toEqual([]);
  });

  test('of npm are scripts of the package', () => {
    const named = code.flatMap((line) =>
      [...line.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, script]) => script),
    );
    expect(named.filter((script) => !Object.hasOwn(scripts, script ?? ''))).toEqual([]);
  });

  test('of suites name suites', () => {
    const named = code.flatMap((line) =>
      [...line.matchAll(/npm run jest -- (test\/[\w/-]+)/g)].map(([, suite]) => suite ?? ''),
    );
    expect(named.filter((suite) => !existsSync(suite) && !existsSync(`${suite}.test.ts`))).toEqual([]);
  });
});
