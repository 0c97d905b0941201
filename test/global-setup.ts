import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Jest loads this file without its module mapping: it imports nothing of the project.

const NAME = 'redis-server';
const REMEDY = `Install it (Debian, Ubuntu: apt-get install ${NAME}) or name its path in REDIS_SERVER.`;
const LONGEST_INSTALL_MS = 300_000;

/** Before any test: makes sure that there is a Redis server to test with, installing Debian's where it may. */
export default function setUp(): void {
  if (locate(NAME) === undefined && process.env.REDIS_SERVER === undefined) install();
  redisServerPath();
}

/**
 * Where the Redis server is: REDIS_SERVER, else the first one on PATH.
 * @throws Error that says what to install
 */
export function redisServerPath(): string {
  const named = process.env.REDIS_SERVER;
  if (named !== undefined) {
    if (isExecutable(named)) return named;
    throw new Error(`REDIS_SERVER names ${named}, which is no program. ${REMEDY}`);
  }
  const found = locate(NAME);
  if (found === undefined) throw new Error(`The tests need ${NAME}, which is not on PATH. ${REMEDY}`);
  return found;
}

function install(): void {
  const asRoot = rootPrefix();
  if (locate('apt-get') === undefined || asRoot === undefined) return;
  process.stderr.write(`Installing ${NAME} with apt-get for the tests\n`);
  try {
    run([...asRoot, 'apt-get', 'update']);
    run([...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '--yes', NAME]);
  } catch (cause) {
    throw new Error(`The tests need ${NAME}, and apt-get could not install it. ${REMEDY}`, { cause });
  }
}

/** What to put before a command to run it as root without being asked for a password; undefined where there is no way. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  if (locate('sudo') === undefined) return undefined;
  try {
    run(['sudo', '-n', 'true']);
    return ['sudo', '-n'];
  } catch {
    // sudo would ask for a password: not ours to install, and redisServerPath says what to do.
    return undefined;
  }
}

/** Runs a command to its end, its output in the error when it fails. */
function run([program = '', ...args]: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_INSTALL_MS });
}

function locate(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
