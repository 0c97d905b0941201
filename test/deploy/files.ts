import { stet } from '../helpers/stet.js';

/** What `stet ops` prints. */
export function printed(what: string): string {
  const { status, stdout, stderr } = stet(['ops', what]);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
