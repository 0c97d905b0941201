import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockingPipe } from '../helpers/blocking-pipe.js';
import type { StartOptions } from '../helpers/service.js';

/** Where a log goes that cannot be written. */
export interface BrokenLog {
  /** How a service is started that has it. */
  readonly options: StartOptions;
  /** Makes room for some more, and returns all that was written so far; undefined: it is broken for good. */
  readonly relieve?: () => string;
  close(): void;
}

/** What can befall a log. Each is a real one. */
export const BROKEN_LOGS: readonly { readonly name: string; readonly open: () => BrokenLog }[] = [
  { name: 'a device without room', open: fullDevice },
  { name: 'a file that may not grow', open: fullFile },
  { name: 'a pipe whose reader has gone', open: closedPipe },
  { name: 'a pipe that nobody reads', open: stalledPipe },
];

function fullDevice(): BrokenLog {
  const fd = openSync('/dev/full', 'w');
  return { options: { stdout: fd }, close: () => closeSync(fd) };
}

/** In blocks of 512 bytes: two writes fit, so that one is cut in the middle of a line. */
const MOST_BLOCKS = 200;

function fullFile(): BrokenLog {
  const folder = mkdtempSync(join(tmpdir(), 'stet-outages-'));
  const path = join(folder, 'log');
  const fd = openSync(path, 'a');
  let written = '';
  return {
    options: { stdout: fd, ulimit: `-f ${MOST_BLOCKS}` },
    relieve() {
      const text = readFileSync(path, 'latin1');
      // Nobody writes to a full one, so nothing is lost between the two.
      if (text.length < MOST_BLOCKS * 512) return written + text;
      written += text;
      truncateSync(path);
      return written;
    },
    close() {
      closeSync(fd);
      rmSync(folder, { recursive: true });
    },
  };
}

function closedPipe(): BrokenLog {
  const { writeEnd, readEnd, handOver } = blockingPipe();
  readEnd.destroy();
  return { options: { stdout: writeEnd }, close: handOver };
}

function stalledPipe(): BrokenLog {
  const { writeEnd, readEnd, handOver } = blockingPipe();
  let written = '';
  readEnd.setEncoding('latin1');
  return {
    options: { stdout: writeEnd },
    relieve() {
      written += readEnd.read() ?? '';
      return written;
    },
    close() {
      handOver();
      readEnd.destroy();
    },
  };
}
