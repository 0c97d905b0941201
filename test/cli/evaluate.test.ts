import { spawnSync } from 'node:child_process';
import { STET } from '../service.js';

test.each<[what: string, args: string[], status: number, message: RegExp]>([
  ['no data', ['evaluate'], 64, /--data/],
  ['data that is not there', ['evaluate', '--data', '/nowhere'], 66, /nowhere/],
])('evaluate without data: %s', (_, args, status, message) => {
  const result = spawnSync(process.execPath, [STET, ...args], { encoding: 'utf8' });
  expect(result.stderr).toMatch(message);
  expect(result.status).toBe(status);
});
