import { spawnSync } from 'node:child_process';
import { STET } from '../helpers/service.js';

/** What `stet ops` prints. */
export function printed(what: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [STET, 'ops', what], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
