import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { STET } from '../helpers/service.js';

/** A line of the service's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The built service in a process of its own. */
export interface RunningService {
  readonly url: string;
  /** All that it has logged, in order. */
  readonly logs: readonly LogLine[];
  signal(name: NodeJS.Signals): void;
  /** Sends SIGTERM and waits for the end. Returns the exit status. */
  stop(): Promise<number | null>;
}

/** Starts the service on a free port of loopback; done when it listens. Its log is kept. */
export async function runService(env: Readonly<Record<string, string>>): Promise<RunningService> {
  const child = spawn(process.execPath, [STET, 'serve'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const logs: LogLine[] = [];
  const port = await new Promise<unknown>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line: LogLine = JSON.parse(text);
      logs.push(line);
      if (line.msg === 'listening') resolve(line.port);
    });
    void exit.then((code) => reject(new Error(`the service ended with ${code} before it listened`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    logs,
    signal: (name) => child.kill(name),
    stop: () => {
      child.kill('SIGTERM');
      return exit;
    },
  };
}
