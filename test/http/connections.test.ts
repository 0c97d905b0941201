import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ConnectionCaps } from '../../src/http/connections.js';
import { type RunningServer, startServer } from '../../src/http/server.js';
import { GOOD, limiterOf, testApp } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';

const PROBE = 'GET /livez HTTP/1.1\r\nhost: a\r\n\r\n';
/** Its form says whose it is, so it is read to the end before a key is known. */
const FORM =
  'POST /1.1/comment-check HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n';
const COMMENT = JSON.stringify(GOOD);
const WAITING = `POST /v1/comments HTTP/1.1\r\nhost: a\r\nauthorization: Bearer key-of-ours\r\ncontent-type: application/json\r\ncontent-length: ${COMMENT.length}\r\nexpect: 100-continue\r\n\r\n${COMMENT}`;

let server: RunningServer;
let refused: number;
let displaced: number;
let open: Socket[];
beforeEach(() => {
  [refused, displaced, open] = [0, 0, []];
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  await server.stop(0);
});

async function start(caps: ConnectionCaps): Promise<void> {
  // Comments wait for good.
  const limiter = limiterOf({}, { admit: () => new Promise(() => {}) });
  const { app } = testApp({ env: { API_KEYS: 'key-of-ours' }, limiter });
  server = await startServer(app, 0, '127.0.0.1', {
    caps,
    onRefused: () => refused++,
    onDisplaced: () => displaced++,
  });
}

/** Opens a connection and sends something by it; done once it is open. */
async function opened(sent = '', localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: server.address.port, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  open.push(socket);
  await once(socket, 'connect');
  if (sent !== '') socket.write(sent);
  return socket;
}

/** Done once the connection is closed, with or without a reset. */
function hungUp(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.resume().on('close', () => resolve()));
}

/** Whether a probe by a connection of its own is answered, or the connection closed without a word. */
async function isAnswered(localAddress?: string): Promise<boolean> {
  const socket = await opened(PROBE, localAddress);
  const answered = once(socket, 'data').then(() => true);
  const closed = hungUp(socket).then(() => false);
  return Promise.race([answered.catch(() => false), closed]);
}

/** A connection that is at something, once the server knows. */
const KINDS = {
  'has sent nothing': () => opened(),
  'has sent half a head': () => opened('GET /livez HTTP/1.1\r\nhost:'),
  'is idle': async () => {
    const socket = await opened(PROBE);
    await once(socket, 'data');
    return socket;
  },
  // Told to go on, it knows that its head was read.
  'is sending a form': async () => {
    const socket = await opened(FORM);
    await once(socket, 'data');
    return socket;
  },
  'waits for its answer': async () => {
    const socket = await opened(WAITING);
    await once(socket, 'data');
    return socket;
  },
};
type Kind = keyof typeof KINDS;

test.each<{ full: Kind[]; closed: number }>([
  { full: ['has sent nothing', 'has sent nothing', 'is idle'], closed: 0 },
  { full: ['is idle', 'has sent half a head', 'has sent nothing'], closed: 1 },
  { full: ['is idle', 'waits for its answer', 'is idle'], closed: 0 },
  { full: ['is sending a form', 'is idle', 'has sent half a head'], closed: 2 },
  { full: ['is sending a form', 'waits for its answer', 'is idle'], closed: 2 },
  { full: ['waits for its answer', 'is sending a form', 'is sending a form'], closed: 1 },
])(
  'of three of which one $full.0, one $full.1 and one $full.2, the one at $closed makes room for a fourth',
  async ({ full, closed }) => {
    await start({ inAll: 3, byAddress: 3 });
    const sockets: Socket[] = [];
    for (const kind of full) sockets.push(await KINDS[kind]());
    const ended = sockets.map((socket) => hungUp(socket));
    await expect(isAnswered()).resolves.toBe(true);
    await ended[closed];
    expect(sockets.map((socket) => socket.closed)).toEqual(full.map((_, index) => index === closed));
    expect({ refused, displaced }).toEqual({ refused: 0, displaced: 1 });
  },
);

test('where all wait for their answers, the next is refused at once, until one is over', async () => {
  await start({ inAll: 2, byAddress: 2 });
  const waiting = [await KINDS['waits for its answer'](), await KINDS['waits for its answer']()];
  await expect(isAnswered()).resolves.toBe(false);
  await expect(isAnswered()).resolves.toBe(false);
  expect({ refused, displaced }).toEqual({ refused: 2, displaced: 0 });
  waiting[0]?.destroy();
  await eventually('there is room again', () => isAnswered());
});

test('one address cannot have all places: others get in, and itself again by its own', async () => {
  await start({ inAll: 4, byAddress: 2 });
  await KINDS['waits for its answer']();
  await KINDS['waits for its answer']();
  await expect(isAnswered('127.0.0.1')).resolves.toBe(false);
  await expect(isAnswered('127.0.0.2')).resolves.toBe(true);
  expect({ refused, displaced }).toEqual({ refused: 1, displaced: 0 });
});

test('a flood of connections that say nothing shuts nobody out', async () => {
  await start({ inAll: 40, byAddress: 20 });
  const held = await KINDS['waits for its answer']();
  for (let wave = 0; wave < 5; wave++) {
    await Promise.all(Array.from({ length: 60 }, () => opened()));
    await expect(isAnswered()).resolves.toBe(true);
    await expect(isAnswered('127.0.0.2')).resolves.toBe(true);
  }
  expect(refused).toBe(0);
  expect(displaced).toBeGreaterThan(250);
  expect(held.closed).toBe(false);
});
