import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The built command: `npm run build` makes it. */
export const STET = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'stet.js');

/** The service in a process of its own, with the default rules, on a free port of loopback. */
export interface Service {
  readonly url: string;
  /** The lines of its log so far. */
  readonly log: readonly string[];
  /** Sends SIGTERM and waits for the end. Returns the exit status. */
  stop(): Promise<number | null>;
  /** Ends it at once. */
  kill(): void;
}

const LONGEST_START_MS = 15_000;

/** Starts the built service; done when it listens. It tells so at log level info, so leave that as it is. */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  if (!existsSync(STET)) throw new Error(`${STET} is not there: run "npm run build" first`);
  const child: ChildProcess = spawn(process.execPath, [STET, 'serve'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  if (!child.stdout) throw new Error('the service has no standard output');
  const lines = createInterface({ input: child.stdout });
  const log: string[] = [];
  lines.on('line', (line) => log.push(line));
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the service does not listen after ${LONGEST_START_MS} ms`));
    }, LONGEST_START_MS);
    void exit.then(() => clearTimeout(late));
    lines.on('line', (line) => {
      const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
      if (msg !== 'listening' || port === undefined) return;
      clearTimeout(late);
      resolve(port);
    });
    void exit.then((code) => reject(new Error(`the service ended with ${code} before it listened`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    stop: () => {
      child.kill('SIGTERM');
      return exit;
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Posts a comment of a user. */
export function post(service: Service, userId: string, text = 'I agree with every word of it.') {
  return fetch(`${service.url}/v1/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, user: { id: userId } }),
  });
}
