import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { BlockingPipe } from './blocking-pipe.js';
import { STET } from './stet.js';

/** A line of the log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** `stet serve` in a process of its own, which may not have got so far as to listen. */
export interface ServiceProcess {
  readonly pid: number;
  /** All that it has logged so far, in order. */
  readonly log: readonly LogLine[];
  /** All that it has written to standard error so far. */
  readonly complaint: string;
  /**
   * Waits for a line of the log, which may be there already.
   * @throws Error with what it has complained of, where it ends without such a line
   */
  logged(isIt: (line: LogLine) => boolean): Promise<LogLine>;
  signal(name: NodeJS.Signals): void;
  /** Sends SIGTERM and waits for the end. Returns the exit status. */
  stop(): Promise<number | null>;
  /** Ends it at once. */
  kill(): void;
  /** The exit status, once it has ended and all it wrote is read; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** The service, listening on loopback. */
export interface Service extends ServiceProcess {
  readonly port: number;
  /** Of probes and metrics; none unless `OPS_PORT` is set. */
  readonly opsPort: number | undefined;
  /** Without a slash at the end. */
  readonly url: string;
}

export interface StartOptions {
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  /** What it logs to, where not to a pipe of Node's, which never makes it wait. */
  readonly logTo?: BlockingPipe;
  /** What the shell's `ulimit` is given first, such as `-n 64`. */
  readonly ulimit?: string;
  /** A file descriptor that the log goes to, unread; left out, it is read. */
  readonly stdout?: number;
}

/** Only ends a start that hangs. */
const LONGEST_START_MS = 60_000;

/**
 * Starts the built service with the default rules on a free port of loopback, or as the environment says otherwise;
 * done when it listens. It says so at log level info, so leave that as it is.
 * @throws Error with what it has complained of, where it does not get so far
 */
export async function startService(
  env: Readonly<Record<string, string>> = {},
  options: StartOptions = {},
): Promise<Service> {
  const service = launchService(env, options);
  const late = setTimeout(() => service.kill(), LONGEST_START_MS);
  try {
    const listening = await service.logged(({ msg }) => msg === 'listening');
    const port = Number(listening.port);
    const opsPort = listening.opsPort === undefined ? undefined : Number(listening.opsPort);
    return Object.assign(service, { port, opsPort, url: `http://127.0.0.1:${port}` });
  } finally {
    clearTimeout(late);
  }
}

/** As `startService`, for a start that may fail: does not wait for anything. */
export function launchService(
  env: Readonly<Record<string, string>> = {},
  { node = [], logTo, ulimit, stdout }: StartOptions = {},
): ServiceProcess {
  const command = [process.execPath, ...node, STET, 'serve'];
  // The shell becomes the service, and so gets its signals.
  const limited = ulimit === undefined ? [] : ['/bin/sh', '-c', `ulimit ${ulimit} && exec "$0" "$@"`];
  const [program = '', ...args] = [...limited, ...command];
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', logTo?.writeEnd ?? stdout ?? 'pipe', 'pipe'],
  });
  logTo?.handOver();
  return new SpawnedService(child, logTo?.readEnd ?? child.stdout);
}

class SpawnedService implements ServiceProcess {
  readonly pid: number;
  readonly log: LogLine[] = [];
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #complaint = '';

  constructor(child: ChildProcess, output: Readable | null) {
    this.#child = child;
    if (child.pid === undefined) throw new Error('the service could not be started');
    this.pid = child.pid;
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#complaint += chunk;
    });
    if (output) {
      createInterface({ input: output }).on('line', (line) => {
        this.log.push(JSON.parse(line));
        for (const look of this.#waiting) look();
      });
    }
    this.ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  }

  get complaint(): string {
    return this.#complaint;
  }

  logged(isIt: (line: LogLine) => boolean): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.log.find(isIt);
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
      void this.ended.then((code) => {
        reject(new Error(`the service ended with ${code} and did not log it: ${this.#complaint}`));
      });
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.ended;
  }

  kill(): void {
    this.signal('SIGKILL');
  }
}

/** Posts a comment of a user. */
export function post(service: Service, userId: string, text = 'I agree with every word of it.') {
  return fetch(`${service.url}/v1/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, user: { id: userId } }),
  });
}
