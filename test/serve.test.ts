import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** The built service, in a process of its own: `npm run build` makes it. */
const MAIN = join(import.meta.dirname, '..', 'dist', 'serve.js');
const KEY = 'key-of-ours';

let folder: string;
let running: ChildProcess | undefined;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there: run "npm run build" first`);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-main-'));
  writeFileSync(
    join(folder, 'abuse.yaml'),
    'id: abuse\nguideline: Be civil.\nmessage: Please be civil.\naction: reject\nwhen:\n  - phrases: [idiot]\n',
  );
  writeFileSync(
    join(folder, 'limits.yaml'),
    'tiers:\n  default:\n    - { name: burst, points: 5, per: 60 }\n',
  );
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function run(env: Record<string, string> = {}) {
  const script = `import { serve } from ${JSON.stringify(pathToFileURL(MAIN).href)}; process.exitCode = await serve(process.env);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', RULES_DIR: folder, API_KEYS: KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const logs: Record<string, unknown>[] = [];
  const log = createInterface({ input: child.stdout });
  log.on('line', (line) => logs.push(JSON.parse(line)));
  /** Waits for a message of the log, which may be there already. */
  const logged = (msg: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const look = () => {
        const found = logs.find((line) => line.msg === msg);
        if (found) resolve(found);
      };
      look();
      log.on('line', look).once('close', () => reject(new Error(complaint)));
    });
  const exit = once(child, 'close').then(([code]: (number | null)[]) => ({ code, complaint }));
  const port = async () => Number((await logged('listening')).port);
  return { child, port, exit, logs, logged };
}

/** A batch that stays open until it is told to end. */
function openBatch(port: number) {
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      feed = controller;
    },
  });
  const answer = fetch(`http://127.0.0.1:${port}/v1/comments/batch`, {
    method: 'POST',
    body,
    // What fetch asks for with a body that streams; its types do not know it yet.
    ...{ duplex: 'half' },
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${KEY}` },
  });
  const say = (text: string) => feed?.enqueue(Buffer.from(`${JSON.stringify({ text })}\n`));
  return { answer, say, end: () => feed?.close() };
}

test('serves, says what is in use, and on SIGTERM lets a slow batch finish', async () => {
  const { child, port, exit, logs, logged } = run();
  const at = await port();
  expect(logs).toContainEqual(
    expect.objectContaining({ msg: 'rules loaded', folder, from: 'RULES_DIR', rules: 1 }),
  );
  const batch = openBatch(at);
  batch.say('You idiot.');
  const answer = await batch.answer;

  child.kill('SIGTERM');
  await logged('stopping');
  await expect(fetch(`http://127.0.0.1:${at}/livez`)).rejects.toThrow();
  batch.say('The talks should start again.');
  batch.end();
  const verdicts = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).verdict);
  expect(verdicts).toEqual(['reject', 'approve']);
  await expect(exit).resolves.toEqual({ code: 0, complaint: '' });
  expect(logs.at(-1)).toMatchObject({ msg: 'stopped', inTime: true });
}, 20_000);

test.each(['SIGTERM', 'SIGINT'] as const)(
  'on %s with nothing to do it is gone at once',
  async (signal) => {
    const { child, port, exit } = run();
    await port();
    const start = performance.now();
    child.kill(signal);
    await expect(exit).resolves.toEqual({ code: 0, complaint: '' });
    expect(performance.now() - start).toBeLessThan(2000);
  },
  20_000,
);

test('cuts off after the time-out, and exits with 1', async () => {
  const { child, port, exit } = run({ SHUTDOWN_TIMEOUT_MS: '300' });
  const batch = openBatch(await port());
  batch.say('a');
  const answer = await batch.answer;
  child.kill('SIGTERM');
  await expect(answer.text()).rejects.toThrow();
  await expect(exit).resolves.toMatchObject({ code: 1 });
}, 20_000);

test('on a second signal exits at once', async () => {
  const { child, port, exit, logged } = run({ SHUTDOWN_TIMEOUT_MS: '60000' });
  const batch = openBatch(await port());
  batch.say('a');
  const answer = await batch.answer;
  child.kill('SIGTERM');
  await logged('stopping');
  child.kill('SIGINT');
  await expect(exit).resolves.toMatchObject({ code: 1 });
  await expect(answer.text()).rejects.toThrow();
}, 20_000);

describe('a start that fails is told without a stack', () => {
  test.each<{ what: string; env: Record<string, string>; code: number; told: string[] }>([
    {
      what: 'settings',
      env: { PORT: 'x', LOG_LEVEL: 'loud' },
      code: 78,
      told: ['These settings cannot be used:', 'PORT must be', 'LOG_LEVEL must be'],
    },
    {
      what: 'open without a key',
      env: { HOST: '0.0.0.0', API_KEYS: '' },
      code: 78,
      told: ['HOST must be a loopback address'],
    },
    {
      what: 'a password',
      env: { REDIS_URL: 'http://u:sekrit@h', API_KEYS: 'sekrit key' },
      code: 78,
      told: ['REDIS_URL', 'API_KEYS'],
    },
    {
      what: 'no rules',
      env: { RULES_DIR: '/nowhere' },
      code: 78,
      told: ['RULES_DIR must be a folder of rule files; got "/nowhere"'],
    },
    {
      what: 'an address that is not ours',
      env: { HOST: '192.0.2.1' },
      code: 1,
      told: ['The service cannot start', 'EADDRNOTAVAIL'],
    },
  ])(
    '$what: $code',
    async ({ env, code, told }) => {
      const { exit } = run(env);
      const { code: status, complaint } = await exit;
      expect(status).toBe(code);
      for (const part of told) expect(complaint).toContain(part);
      expect(complaint).not.toMatch(/^\s+at /m);
      expect(complaint).not.toContain('sekrit');
    },
    20_000,
  );

  test('rules: 78', async () => {
    writeFileSync(join(folder, 'abuse.yaml'), 'id: abuse\nguideline: Be civil.\nacton: reject\n');
    const { code, complaint } = await run().exit;
    expect(code).toBe(78);
    expect(complaint).toMatch(/^These rules cannot be put in force:\nabuse.yaml:\d+:\d+: /);
    expect(complaint).not.toMatch(/^\s+at /m);
  }, 20_000);

  test('a port that is taken: 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, complaint } = await run({ PORT: `${port}` }).exit;
    other.close();
    expect(code).toBe(1);
    expect(complaint).toContain(`address already in use 127.0.0.1:${port}; choose another with PORT`);
    expect(complaint).not.toMatch(/^\s+at /m);
  }, 20_000);
});

test('judges a batch of 100 MB in flat memory', async () => {
  const { port } = run();
  const at = await port();
  const headers = { authorization: `Bearer ${KEY}` };
  const memory = async () => {
    const text = await (await fetch(`http://127.0.0.1:${at}/metrics`, { headers })).text();
    return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 1e6;
  };
  const batch = async (lines: number) => {
    const line = Buffer.from(`${JSON.stringify({ text: 'Fine.', pad: 'x'.repeat(10_000) })}\n`);
    async function* body() {
      for (let i = 0; i < lines; i++) yield line;
    }
    const answer = await fetch(`http://127.0.0.1:${at}/v1/comments/batch`, {
      method: 'POST',
      body: ReadableStream.from(body()),
      ...{ duplex: 'half' },
      headers: { ...headers, 'content-type': 'application/x-ndjson' },
    });
    let count = 0;
    for await (const chunk of answer.body ?? [])
      count += Buffer.from(chunk).toString().split('\n').length - 1;
    return count;
  };
  expect(await batch(1000)).toBe(1000);
  const before = await memory();
  expect(await batch(10_000)).toBe(10_000);
  expect((await memory()) - before).toBeLessThan(50);
}, 60_000);
