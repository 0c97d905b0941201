import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startService } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';

const LOGGER = pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'log', 'logger.js')).href;

/** What the logger writes to standard output. */
function logged(isTerminal: boolean): string {
  const script = `
    const { createLogger } = await import(${JSON.stringify(LOGGER)});
    const { logger } = await createLogger('info', ${isTerminal});
    logger.debug({ quiet: true }, 'request');
    logger.info({ port: 3000, docs: 'http://localhost:3000/docs' }, 'listening');
    logger.error({ kind: 'TypeError' }, 'internal error');`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1', TZ: 'UTC' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('a machine reads one JSON object a line', () => {
  const lines = logged(false)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { level: 30, msg: 'listening', port: 3000, docs: 'http://localhost:3000/docs' },
    { level: 50, msg: 'internal error', kind: 'TypeError' },
  ]);
});

test('a person at a terminal reads one line each, and where to look', () => {
  const lines = logged(true).trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/\d\d:\d\d:\d\d/, 'TIME'))).toEqual([
    '[TIME] INFO: listening {"port":3000,"docs":"http://localhost:3000/docs"}',
    '[TIME] ERROR: internal error {"kind":"TypeError"}',
  ]);
});

test.each<[env: Record<string, string>, docs: RegExp]>([
  [{}, /^http:\/\/127\.0\.0\.1:\d+\/docs$/],
  [{ PUBLIC_URL: 'https://stet.example' }, /^https:\/\/stet\.example\/docs$/],
])('with %j the log of the start says where the documentation is: %s', async (env, docs) => {
  const service = await startService({ RULES_DIR: tinyRules(), API_KEYS: 'a', ...env });
  try {
    expect(service.log.find(({ msg }) => msg === 'listening')).toMatchObject({
      docs: expect.stringMatching(docs),
    });
    const page = await fetch(`${service.url}/`);
    expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
  } finally {
    await service.stop();
  }
});
