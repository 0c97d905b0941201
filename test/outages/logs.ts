import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockingPipe } from '../helpers/blocking-pipe.js';
import type { StartOptions } from '../helpers/service.js';

/** Where a log goes that cannot be written. */
export interface BrokenLog {
  /** How a service is started that has it. */
  readonly options: StartOptions;
  /** Breaks it once the service listens; undefined: it is broken from the start. */
  readonly ruin?: () => Promise<void>;
  /** Makes room for some more, and returns all that was written so far; undefined: it is broken for good. */
  readonly relieve?: () => string;
  close(): void;
}

/** What can befall a log. Each is a real one. */
export const BROKEN_LOGS: readonly {
  readonly name: string;
  readonly open: () => BrokenLog | Promise<BrokenLog>;
  /** The exit status after SIGTERM; null: it has to kill itself. */
  readonly status: 0 | null;
}[] = [
  { name: 'a device without room', open: fullDevice, status: 0 },
  { name: 'a file that may not grow', open: fullFile, status: 0 },
  { name: 'a pipe whose reader has gone', open: closedPipe, status: 0 },
  { name: 'a pipe that nobody reads', open: stalledPipe, status: 0 },
  // The way out of a process waits for its threads.
  { name: 'a pipe that holds up who writes to it', open: holdingPipe, status: null },
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

/**
 * Several processes often share a pipe, as those of a script do. One of Node's that ends puts the pipe back as it found
 * it: so that a write to it waits while it is full, and holds up the thread that does it.
 */
async function holdingPipe(): Promise<BrokenLog> {
  const { writeEnd, readEnd, handOver } = blockingPipe();
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.error("ready")'], {
    stdio: ['pipe', writeEnd, 'pipe'],
  });
  const { stdin, stderr } = other;
  if (!stdin || !stderr) throw new Error('the other process cannot be talked to');
  await once(stderr, 'data');
  return {
    options: { stdout: writeEnd },
    async ruin() {
      const ended = once(other, 'exit');
      stdin.end();
      await ended;
    },
    close() {
      other.kill();
      handOver();
      readEnd.destroy();
    },
  };
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
