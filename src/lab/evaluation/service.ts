import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The built command, from `src/` as from `dist/`. */
const STET = fileURLToPath(new URL('../../../dist/cli/stet.js', import.meta.url));
/** Only ends a start that hangs. */
const LONGEST_START_MS = 60_000;

const listening = z.object({ msg: z.literal('listening'), port: z.int() });

/**
 * Runs the service in a process of its own, on a free port of loopback, for as long as `use` takes.
 * @param use gets the service's address
 * @throws where it does not start within a minute
 */
export async function withService<T>(rulesDir: string, use: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [STET, 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', RULES_DIR: rulesDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_START_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { data } = listening.safeParse(JSON.parse(line));
      if (!data) continue;
      clearTimeout(late);
      child.stdout.resume();
      return await use(`http://127.0.0.1:${data.port}`);
    }
    throw new Error('the service ended before it listened');
  } finally {
    clearTimeout(late);
    child.kill('SIGTERM');
    await exit;
  }
}
