import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './helpers/eventually.js';
import { launchService, type Service, startService } from './helpers/service.js';

const KEY = 'long-key-of-ours';

let folder: string;
let running: Service | undefined;

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
  running?.kill();
  running = undefined;
  rmSync(folder, { recursive: true });
});

const ENV = () => ({ RULES_DIR: folder, API_KEYS: KEY });

async function start(env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const service = await startService({ ...ENV(), ...env });
  running = service;
  return service;
}

/** A batch that stays open until it is told to end. */
function openBatch({ url }: Service) {
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      feed = controller;
    },
  });
  const answer = fetch(`${url}/v1/comments/batch`, {
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
  const service = await start();
  expect(service.log).toContainEqual(
    expect.objectContaining({ msg: 'rules loaded', folder, from: 'RULES_DIR', rules: 1 }),
  );
  const batch = openBatch(service);
  batch.say('You idiot.');
  const answer = await batch.answer;

  service.signal('SIGTERM');
  await service.logged(({ msg }) => msg === 'stopping');
  await eventually('nothing new is taken', () =>
    fetch(`${service.url}/livez`).then(
      () => false,
      () => true,
    ),
  );
  batch.say('The talks should start again.');
  batch.end();
  const verdicts = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).verdict);
  expect(verdicts).toEqual(['reject', 'approve']);
  expect(await service.ended).toBe(0);
  expect(service.complaint).toBe('');
  expect(service.log.at(-1)).toMatchObject({ msg: 'stopped', inTime: true });
});

test.each(['SIGTERM', 'SIGINT'] as const)('on %s with nothing to do it waits for nothing', async (signal) => {
  // It would wait for longer than a test may last.
  const service = await start({ SHUTDOWN_TIMEOUT_MS: '600000' });
  service.signal(signal);
  expect(await service.ended).toBe(0);
  expect(service.complaint).toBe('');
});

test('cuts off after the time-out, and exits with 1', async () => {
  const service = await start({ SHUTDOWN_TIMEOUT_MS: '300' });
  const batch = openBatch(service);
  batch.say('a');
  const answer = await batch.answer;
  service.signal('SIGTERM');
  await expect(answer.text()).rejects.toThrow();
  expect(await service.ended).toBe(1);
});

test('on a second signal exits at once', async () => {
  const service = await start({ SHUTDOWN_TIMEOUT_MS: '600000' });
  const batch = openBatch(service);
  batch.say('a');
  const answer = await batch.answer;
  service.signal('SIGTERM');
  await service.logged(({ msg }) => msg === 'stopping');
  service.signal('SIGINT');
  expect(await service.ended).toBe(1);
  await expect(answer.text()).rejects.toThrow();
});

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
      env: { HOST: '192.0.2.1', API_KEYS: 'as-long-as-a-network-asks-for' },
      code: 1,
      told: ['The service cannot start', 'EADDRNOTAVAIL'],
    },
  ])('$what: $code', async ({ env, code, told }) => {
    const service = launchService({ ...ENV(), ...env });
    expect(await service.ended).toBe(code);
    for (const part of told) expect(service.complaint).toContain(part);
    expect(service.complaint).not.toMatch(/^\s+at /m);
    expect(service.complaint).not.toContain('sekrit');
  });

  test('rules: 78', async () => {
    writeFileSync(join(folder, 'abuse.yaml'), 'id: abuse\nguideline: Be civil.\nacton: reject\n');
    const service = launchService(ENV());
    expect(await service.ended).toBe(78);
    expect(service.complaint).toMatch(/^These rules cannot be put in force:\nabuse.yaml:\d+:\d+: /);
    expect(service.complaint).not.toMatch(/^\s+at /m);
  });

  test('a port that is taken: 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const service = launchService({ ...ENV(), PORT: `${port}` });
    expect(await service.ended).toBe(1);
    other.close();
    expect(service.complaint).toContain(`address already in use 127.0.0.1:${port}; choose another with PORT`);
    expect(service.complaint).not.toMatch(/^\s+at /m);
  });
});

test('judges a batch of 100 MB in flat memory', async () => {
  const { url } = await start();
  const headers = { authorization: `Bearer ${KEY}` };
  const memory = async () => {
    const text = await (await fetch(`${url}/metrics`, { headers })).text();
    return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 1e6;
  };
  const batch = async (lines: number) => {
    const line = Buffer.from(`${JSON.stringify({ text: 'Fine.', pad: 'x'.repeat(10_000) })}\n`);
    async function* body() {
      for (let i = 0; i < lines; i++) yield line;
    }
    const answer = await fetch(`${url}/v1/comments/batch`, {
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
});

/** Only ends a test that would hang: what is waited for takes some milliseconds. */
const NEVER_MS = 20_000;

/** How many connections may wait to be taken, at most; undefined where it is not known. */
function mostWaiting(): number | undefined {
  const path = '/proc/sys/net/core/somaxconn';
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined;
}

test.each([{ crowd: 100 }, { crowd: 800 }].filter(({ crowd }) => crowd <= (mostWaiting() ?? 100)))(
  'while the service is held up, $crowd connections at once wait for it, and none is told to try again',
  async ({ crowd }) => {
    const service = await start();
    service.signal('SIGSTOP');
    const sockets = Array.from({ length: crowd }, () =>
      connect({ host: '127.0.0.1', port: service.port }).on('error', () => {}),
    );
    try {
      // Where no more may wait, one that comes then is not connected before the service goes on.
      await Promise.all(
        sockets.map((socket) => once(socket, 'connect', { signal: AbortSignal.timeout(NEVER_MS) })),
      );
    } finally {
      service.signal('SIGCONT');
      for (const socket of sockets) socket.destroy();
    }
  },
);
