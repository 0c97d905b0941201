import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '..', '..', 'dist');

/** The built commands: `npm run build` makes them. */
export const STET = built('cli/stet.js');
export const LAB = built('lab/lab.js');

function built(name: string): string {
  const path = join(DIST, name);
  if (!existsSync(path)) throw new Error(`${path} is not there: run "npm run build" first`);
  return path;
}

export interface CommandOptions {
  /** The environment, beside PATH; without colours unless said otherwise. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** The working directory. */
  readonly cwd?: string;
  /** Another command than `stet`. */
  readonly program?: string;
}

/** What came of a command. */
export interface CommandResult {
  /** The exit status; null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built `stet` in a process of its own, to its end. A run costs a second, and another where it loads the
 * default rules: give it `--rules TINY_RULES` where any will do.
 * @example stet(['check', '-'], { stdin: 'You fool.' }).status
 */
export function stet(
  args: readonly string[],
  { env = { NO_COLOR: '1' }, stdin = '', cwd, program = STET }: CommandOptions = {},
): CommandResult {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
    input: stdin,
    cwd,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    env: { PATH: process.env.PATH, ...env },
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** A rules folder of one rule, which rejects "fool" and asks nothing of anybody. */
export function tinyRules(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stet-tiny-'));
  writeFileSync(
    join(folder, 'kind.yaml'),
    'id: kind\nguideline: Be kind.\nmessage: Please be kind.\naction: reject\nwhen:\n  - phrases: [fool]\n',
  );
  return folder;
}
