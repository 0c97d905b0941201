import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { Express } from 'express';
import { CAPS, type ConnectionAudience, type ConnectionCaps, Connections } from './connections.js';
import { Problem } from './problem.js';

/** How long a server waits for those at the other end, in milliseconds. */
interface Patience {
  /** How long a connection may stay idle between requests. */
  readonly idleMs: number;
  /** How long a connection may take for its first byte: short, for whoever has a request sends it at once. */
  readonly firstByteMs: number;
  /** How long the head of a request may take. */
  readonly headMs: number;
  /** How often it is looked for first bytes and heads that take too long. */
  readonly lookMs: number;
  /** How long a connection may be silent in the middle of a request or an answer. */
  readonly silenceMs: number;
  /** How long, at a stop, it is waited for the other end of an idle connection to hang up as well. */
  readonly partingMs: number;
}

/**
 * Idle connections outlast the 60 s after which common proxies (nginx, a load balancer of AWS) drop theirs: were the
 * service first, a proxy might send into a closed one. Bodies have a time-out of their own: a batch may take hours.
 */
const PATIENCE: Patience = {
  idleMs: 65_000,
  firstByteMs: 5_000,
  headMs: 15_000,
  lookMs: 2_000,
  silenceMs: 60_000,
  partingMs: 1_000,
};

/** Of header fields together. */
const HEAD_BYTES = 16 * 1024;

/** What a server may be told beside where to listen. */
export interface ServerOptions extends ConnectionAudience {
  readonly patience?: Partial<Patience>;
  readonly caps?: ConnectionCaps;
}

/** A server that listens. */
export interface RunningServer {
  readonly address: AddressInfo;
  /** From now on says with each answer that the connection is closed after it, so that clients go elsewhere. */
  drain(): void;
  /**
   * Takes no more connections, lets requests under way finish, and closes what is idle.
   * @param timeout in milliseconds; what is not done by then is cut off
   * @returns whether all was done in time
   */
  stop(timeout: number): Promise<boolean>;
}

/**
 * Starts to listen.
 * @throws the system's error where it cannot, as `EADDRINUSE`
 */
export async function startServer(
  app: Express,
  port: number,
  host: string,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { idleMs, headMs, lookMs, silenceMs, ...patience } = { ...PATIENCE, ...options.patience };
  const connections = new Connections(options.caps ?? CAPS, options);
  let isDraining = false;
  const server = createServer({
    ...prototypesOf(app),
    maxHeaderSize: HEAD_BYTES,
    headersTimeout: headMs,
    connectionsCheckingInterval: lookMs,
    requestTimeout: 0,
    keepAliveTimeout: idleMs,
  });
  server.timeout = silenceMs;
  server.prependListener('connection', (socket) => connections.opened(socket));
  server.on('request', (request, answer) => {
    // Once our end is closed, no answer would arrive: what is not looked at can be sent again elsewhere.
    if (!request.socket.writable) {
      request.socket.destroy();
      return;
    }
    const before = connections.lastOf(request.socket);
    // The same: it closes with the answer before, which is on its way.
    if (before && isLast(before)) return;
    connections.requested(answer);
    if (isDraining) {
      // It goes with the last answer of a connection: those before it would be the end of what was sent after them.
      if (before?.headersSent === false) before.removeHeader('Connection');
      answer.setHeader('Connection', 'close');
    }
    app(request, answer);
  });
  server.on('clientError', answerBrokenRequest);
  const looking = setInterval(() => {
    for (const socket of connections.silentFor(patience.firstByteMs)) answerBrokenRequest(TOO_LATE, socket);
  }, lookMs).unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const drain = () => {
    isDraining = true;
    for (const answer of connections.lastUnderWay) {
      if (!answer.headersSent) answer.setHeader('Connection', 'close');
    }
  };
  return {
    address,
    drain,
    async stop(timeout) {
      clearInterval(looking);
      drain();
      return stopServer(server, connections, { timeout, partingMs: patience.partingMs });
    },
  };
}

/**
 * Classes for requests and answers that have Express' prototypes from the start. Express would else swap the
 * prototype of each request and answer, which makes V8 forget what it knew of them: 13,000 requests a second
 * with the swap, 36,000 without it (Node 20, one core).
 */
function prototypesOf(app: Express) {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {}
  app.request = Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  app.response = Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}

/** Whether an answer has been begun that closes its connection. */
function isLast(answer: ServerResponse): boolean {
  return answer.headersSent && answer.getHeader('Connection') === 'close';
}

async function stopServer(
  server: Server,
  connections: Connections,
  { timeout, partingMs }: { readonly timeout: number; readonly partingMs: number },
): Promise<boolean> {
  let inTime = true;
  const timer = setTimeout(() => {
    inTime = false;
    server.closeAllConnections();
  }, timeout);
  await takeWaiting(server);
  // An HTTP server's own way would cut idle connections off, those too that a request has just arrived on.
  const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
  // What has arrived by now is read in the next turn.
  await turn();
  await turn();
  const parting = new Set<Socket>();
  const part = () => {
    for (const socket of connections.unused) {
      if (parting.has(socket)) continue;
      parting.add(socket);
      // An end of our side, not of theirs: what they may be sending is not answered with a reset.
      socket.end();
      setTimeout(() => socket.destroy(), partingMs).unref();
    }
  };
  part();
  // One that has promised to keep its connection can only close it once it is done.
  for (const answer of connections.underWay) answer.once('close', part);
  await closed;
  clearTimeout(timer);
  // Ends the timers of the HTTP server.
  server.close();
  return inTime;
}

/**
 * Connections that wait to be taken, at most, where the system allows as many (Linux: `net.core.somaxconn`, 4,096). With
 * Node's default of 511 a crowd that comes at once fills the queue, and whoever comes then is told nothing and tries
 * again after a second: a second that no comment should wait for.
 */
const BACKLOG = 4096;

/** Takes the connections that wait for it, which a server that closes would reset. */
async function takeWaiting(server: Server): Promise<void> {
  let taken = 0;
  const count = () => {
    taken += 1;
  };
  server.on('connection', count);
  for (let before = -1; before < taken && taken < BACKLOG; ) {
    before = taken;
    // The first may be over before anything else is looked at.
    await turn();
    await turn();
  }
  server.off('connection', count);
}

const BROKEN: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem('head-too-large', 'The header fields must be at most 16 KiB together.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem('timeout', 'The head of a request took too long to arrive.'),
};

const TOO_LATE: NodeJS.ErrnoException = Object.assign(new Error('no first byte'), {
  code: 'ERR_HTTP_REQUEST_TIMEOUT',
});

/** What is no HTTP never reaches the app. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = BROKEN[error.code ?? ''] ?? new Problem('request-invalid', 'This is no HTTP request.');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.toJSON().title}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
