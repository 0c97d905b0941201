import { once } from 'node:events';
import { Agent, request as call, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { type RunningServer, type ServerOptions, startServer } from '../../src/http/server.js';
import type { Limiter } from '../../src/limits/limiter.js';
import { ADMITTED, GOOD, limiterOf, testApp } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';

const KEY = 'key-of-ours';
const config = { apiKeys: [KEY], maxCommentChars: 1000, port: 3000 };

let server: RunningServer;
let stopping: AbortController;
let logs: string[];
async function start(limiter: Limiter = limiterOf(), options?: ServerOptions) {
  stopping = new AbortController();
  const { app, logs: told } = testApp({ config, limiter, stopping: stopping.signal });
  logs = told;
  server = await startServer(app, 0, '127.0.0.1', options);
}
afterEach(() => server.stop(0));

function send(path: string, type: string | undefined, agent: Agent | false = false) {
  const headers = { authorization: `Bearer ${KEY}`, ...(type !== undefined && { 'content-type': type }) };
  const sending = call({
    port: server.address.port,
    host: '127.0.0.1',
    path,
    method: 'POST',
    headers,
    agent,
  });
  sending.on('error', () => {});
  const answer = once(sending, 'response').then(async ([response]: IncomingMessage[]) => {
    let text = '';
    for await (const chunk of response ?? []) text += chunk;
    return { status: response?.statusCode, headers: response?.headers ?? {}, text };
  });
  return { sending, answer };
}

/**
 * Sends bytes as they are, and reads until the server hangs up.
 * @param drip is sent again and again meanwhile
 * @param until what ends the reading earlier
 */
async function sendRaw(parts: readonly string[], drip?: string, until?: RegExp): Promise<string> {
  const socket = connect(server.address.port, '127.0.0.1');
  socket.setEncoding('utf8').on('error', () => {});
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (until?.test(text)) socket.destroy();
  });
  for (const part of parts) socket.write(part);
  const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 50);
  await once(socket, 'close');
  clearInterval(dripping);
  return text;
}

describe('what is sent badly', () => {
  beforeEach(() => start());
  afterEach(async () => {
    const good = send('/v1/comments', 'application/json');
    good.sending.end(JSON.stringify(GOOD));
    expect((await good.answer).status).toBe(200);
  });

  test.each([
    { bytes: 'nonsense\r\n\r\n', status: 400 },
    { bytes: 'GET / HTTP/1.1\r\n\r\n', status: 400 },
    { bytes: `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, status: 431 },
    { bytes: 'POST /v1/comments HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n', status: 400 },
    {
      bytes:
        'POST /v1/comments HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      status: 400,
    },
  ])('as no HTTP is a $status', async ({ bytes, status }) => {
    const answer = await sendRaw([bytes]);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (!bytes.includes(' / ') || status === 431) {
      expect(answer).toContain('application/problem+json');
      expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status });
    }
  });

  test.each(['/%', '/%E0%A4%A', '/v1/rules/%ff'])('as the path %s is a 4xx', async (path) => {
    const answer = await sendRaw([
      `GET ${path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${KEY}\r\nconnection: close\r\n\r\n`,
    ]);
    expect(answer).toMatch(/^HTTP\/1.1 40[04] /);
    expect(answer).toContain('application/problem+json');
  });

  test('without a type is a 415', async () => {
    const { sending, answer } = send('/v1/comments', undefined);
    sending.end(JSON.stringify(GOOD));
    const { status, text } = await answer;
    expect([status, JSON.parse(text).detail]).toEqual([
      415,
      'Content-Type must be application/json; got none.',
    ]);
  });

  test.each([
    { how: 'with its length', path: '/v1/comments', length: true, status: 413 },
    { how: 'in chunks', path: '/v1/comments', length: false, status: 413 },
    { how: 'to nowhere', path: '/nowhere', length: true, status: 404 },
    { how: 'to where nothing is posted', path: '/v1/rules', length: false, status: 405 },
  ])('as 5 MB, $how, is a $status, and its connection goes on', async ({ path, length, status }) => {
    const body = 'a'.repeat(5_000_000);
    const head = `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nauthorization: Bearer ${KEY}\r\n`;
    const answers = await sendRaw([
      length
        ? `${head}content-length: ${body.length}\r\n\r\n${body}`
        : `${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      'GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    ]);
    expect([...answers.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, found]) => Number(found))).toEqual([
      status,
      200,
    ]);
  });

  test.each(['/v1/comments', '/v1/comments/batch'])(
    'and broken off, to %s, is no error of ours',
    async (path) => {
      const type = path.endsWith('batch') ? 'application/x-ndjson' : 'application/json';
      const { sending, answer } = send(path, type);
      answer.catch(() => {});
      sending.write('{"text": "half');
      await pause(100);
      sending.destroy();
      await pause(100);
      const status = path.endsWith('batch') ? 200 : 499;
      expect(logs.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ level: 30, status, route: path, aborted: true }),
      ]);
    },
  );
});

describe('those who take too long', () => {
  const HEAD = `POST /v1/comments HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${KEY}\r\ncontent-type: application/json\r\n`;
  /** Every wait but the one that is tried is far longer than a test may last. */
  const PATIENT = {
    idleMs: 600_000,
    firstByteMs: 600_000,
    headMs: 600_000,
    lookMs: 50,
    silenceMs: 600_000,
  };

  test.each<{
    who: string;
    wait: 'firstByteMs' | 'headMs' | 'silenceMs' | 'idleMs';
    parts: string[];
    drip?: string;
    answered: string;
  }>([
    { who: 'a connection that says nothing', wait: 'firstByteMs', parts: [], answered: '408' },
    {
      who: 'half a head',
      wait: 'headMs',
      parts: ['POST /v1/comments HTTP/1.1\r\nhost:'],
      answered: '408',
    },
    {
      who: 'a head that drips in',
      wait: 'headMs',
      parts: ['GET /livez HTTP/1.1\r\n'],
      drip: 'x-a: b\r\n',
      answered: '408',
    },
    {
      who: 'a body that stops',
      wait: 'silenceMs',
      parts: [`${HEAD}content-length: 100\r\n\r\n`, '{"text": "half'],
      answered: '',
    },
    {
      who: 'a connection that stays idle after an answer',
      wait: 'idleMs',
      parts: ['GET /livez HTTP/1.1\r\nhost: a\r\n\r\n'],
      answered: '200',
    },
  ])('$who: is cut off', async ({ wait, parts, drip, answered }) => {
    await start(limiterOf(), { patience: { ...PATIENT, [wait]: 300 } });
    const text = await sendRaw(parts, drip);
    expect(/^HTTP\/1.1 (\d+)/.exec(text)?.[1] ?? '').toBe(answered);
  });

  test('a body that drips in is cut off after 30 s', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setInterval', 'performance', 'Date', 'queueMicrotask'],
    });
    await start();
    let seconds = 0;
    const steps = setInterval(() => {
      seconds += 9.9;
      jest.advanceTimersByTime(9_900);
    }, 100);
    try {
      const cut = sendRaw([`${HEAD}content-length: 10000\r\n\r\n`], ' ');
      expect(await cut).toBe('');
      // By the clock of this test: not at the first three steps, which are 29.7 s.
      expect(seconds).toBeGreaterThan(30);
      await eventually('it is logged', () => logs.length > 0);
      expect(JSON.parse(logs.at(-1) ?? '')).toMatchObject({
        route: '/v1/comments',
        status: 408,
      });
    } finally {
      clearInterval(steps);
      jest.useRealTimers();
    }
  });

  test('hold up nobody else', async () => {
    await start(limiterOf(), { patience: PATIENT });
    const slow = Array.from({ length: 200 }, () => {
      const socket = connect(server.address.port, '127.0.0.1').on('error', () => {});
      socket.write(HEAD);
      return socket;
    });
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    const good = send('/v1/comments', 'application/json');
    good.sending.end(JSON.stringify(GOOD));
    expect((await good.answer).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

test('an idle connection outlasts the 60 s of common proxies', async () => {
  await start();
  const text = await sendRaw(['GET /livez HTTP/1.1\r\nhost: a\r\n\r\n'], undefined, /\}$/);
  const seconds = Number(/^Keep-Alive: timeout=(\d+)/m.exec(text)?.[1]);
  expect(seconds).toBeGreaterThan(60);
});

describe('a stop', () => {
  test('waits for what is under way, takes nothing new, and closes every connection', async () => {
    const agent = new Agent({ keepAlive: true });
    let admitted = () => {};
    const admit = () =>
      new Promise<Awaited<ReturnType<Limiter['admit']>>>((resolve) => {
        admitted = () => resolve(ADMITTED);
      });
    await start(limiterOf({}, { admit }));
    const idle = send('/nowhere', 'application/json', agent);
    idle.sending.end();
    await idle.answer;
    const waiting = send('/v1/comments', 'application/json', agent);
    waiting.sending.end(JSON.stringify(GOOD));
    const batch = send('/v1/comments/batch', 'application/x-ndjson', agent);
    batch.sending.write(`${JSON.stringify(GOOD)}\n`);
    await pause(100);

    stopping.abort();
    const stopped = server.stop(5000);
    await eventually('nothing new is taken', async () => (await refusal()) === 'ECONNREFUSED');
    admitted();
    const { status, headers } = await waiting.answer;
    expect([status, headers.connection]).toEqual([200, 'close']);
    await pause(50);
    batch.sending.end(`${JSON.stringify(GOOD)}\n`);
    expect((await batch.answer).text.trim().split('\n')).toHaveLength(2);
    await expect(stopped).resolves.toBe(true);
    agent.destroy();
  });

  const COMMENT = JSON.stringify(GOOD);
  const POSTED = `POST /v1/comments HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${KEY}\r\ncontent-type: application/json\r\ncontent-length: ${COMMENT.length}\r\n\r\n${COMMENT}`;

  test('answers all that was sent without waiting, and closes with the last answer', async () => {
    const waiting: (() => void)[] = [];
    const admit = () =>
      new Promise<Awaited<ReturnType<Limiter['admit']>>>((resolve) => {
        waiting.push(() => resolve(ADMITTED));
      });
    await start(limiterOf({}, { admit }));
    const socket = connect(server.address.port, '127.0.0.1').setEncoding('utf8');
    let answers = '';
    socket.on('data', (chunk: string) => {
      answers += chunk;
    });
    socket.write(POSTED + POSTED);
    await eventually('two wait', () => waiting.length === 2);
    server.drain();
    socket.write(POSTED);
    await eventually('three wait', () => waiting.length === 3);
    const stopped = server.stop(600_000);
    for (const admitted of waiting) admitted();
    await Promise.all([stopped, once(socket, 'close')]);
    expect(answers.match(/HTTP\/1.1 \d+|^Connection: .*$/gm)).toEqual([
      'HTTP/1.1 200',
      'Connection: keep-alive',
      'HTTP/1.1 200',
      'HTTP/1.1 200',
      'Connection: close',
    ]);
  });

  test('takes those who had connected before', async () => {
    await start();
    const answers = Array.from({ length: 50 }, () => sendRaw([POSTED]));
    await once(
      connect(server.address.port, '127.0.0.1').on('error', () => {}),
      'connect',
    );
    const stopped = server.stop(600_000);
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 200/);
    await stopped;
  });

  test('waits for no connection that has nothing under way', async () => {
    await start();
    const silent = connect(server.address.port, '127.0.0.1');
    const halfway = connect(server.address.port, '127.0.0.1');
    halfway.write('POST /v1/comments HTTP/1.1\r\nhost:');
    const hungUp = Promise.all([once(silent.resume(), 'close'), once(halfway.resume(), 'close')]);
    await pause(100);
    // It would wait for longer than a test may last.
    await expect(server.stop(600_000)).resolves.toBe(true);
    await hungUp;
  });

  test('cuts off what takes too long', async () => {
    await start();
    const { sending, answer } = send('/v1/comments/batch', 'application/x-ndjson');
    sending.write(`${JSON.stringify(GOOD)}\n`);
    await pause(100);
    await expect(server.stop(150)).resolves.toBe(false);
    await expect(answer).rejects.toThrow('aborted');
  });

  test('with nothing to do is over at once', async () => {
    await start();
    await expect(server.stop(600_000)).resolves.toBe(true);
  });

  /** What becomes of a connection: `none`, or why it could not be opened. */
  async function refusal(): Promise<string> {
    const socket = connect(server.address.port, '127.0.0.1');
    return new Promise((resolve) => {
      socket
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        .on('connect', () => {
          socket.destroy();
          resolve('none');
        });
    });
  }
});

test('a port that is taken is an error', async () => {
  await start();
  const { app } = testApp();
  await expect(startServer(app, server.address.port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
});
