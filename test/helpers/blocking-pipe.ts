import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A pipe of 64 KB as a shell makes it: whoever writes waits while it is full. */
export interface BlockingPipe {
  /** For the `stdio` of a process that is spawned. */
  readonly writeEnd: number;
  readonly readEnd: Socket;
  /** Closes this process's own write end, once the other process has its copy. */
  handOver(): void;
}

/** Makes one. Those that Node makes by `stdio: 'pipe'` are sockets, which never make a writer wait. */
export function blockingPipe(): BlockingPipe {
  const folder = mkdtempSync(join(tmpdir(), 'stet-pipe-'));
  try {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    // In this order neither waits for the other.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writeEnd = openSync(path, constants.O_WRONLY);
    return {
      writeEnd,
      readEnd: new Socket({ fd, readable: true, writable: false }),
      handOver: () => closeSync(writeEnd),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
