import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { Problem } from './problem.js';

/** How long a server waits for those at the other end, in milliseconds. */
interface Patience {
  /** How long a connection may stay idle between requests. */
  readonly idleMs: number;
  /** How long the head of a request may take, or its first byte. */
  readonly headMs: number;
  /** How often it is looked for heads that take too long. */
  readonly lookMs: number;
  /** How long a connection may be silent in the middle of a request or an answer. */
  readonly silenceMs: number;
}

/**
 * Idle connections outlast the 60 s after which common proxies (nginx, a load balancer of AWS) drop theirs: were the
 * service first, a proxy might send into a closed one. Bodies have a time-out of their own: a batch may take hours.
 */
const PATIENCE: Patience = { idleMs: 65_000, headMs: 15_000, lookMs: 5_000, silenceMs: 60_000 };

/** Of header fields together. */
const HEAD_BYTES = 16 * 1024;
/** Open at once: what their bodies may hold fits into memory. */
const MOST_CONNECTIONS = 4096;

/** What a server may be told beside where to listen. */
export interface ServerOptions {
  readonly patience?: Partial<Patience>;
  readonly mostConnections?: number;
  /** Told of each connection that is refused because too many are open. */
  readonly onRefusedConnection?: () => void;
}

/** A server that listens. */
export interface RunningServer {
  readonly address: AddressInfo;
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
  const { idleMs, headMs, lookMs, silenceMs } = { ...PATIENCE, ...options.patience };
  const server = createServer(
    {
      ...prototypesOf(app),
      maxHeaderSize: HEAD_BYTES,
      headersTimeout: headMs,
      connectionsCheckingInterval: lookMs,
      requestTimeout: 0,
      keepAliveTimeout: idleMs,
    },
    app,
  );
  server.timeout = silenceMs;
  server.maxConnections = options.mostConnections ?? MOST_CONNECTIONS;
  server.on('drop', () => options.onRefusedConnection?.());
  server.on('clientError', answerBrokenRequest);
  const traffic = watchTraffic(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { address, stop: (timeout) => stopServer(server, traffic, timeout) };
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

/** What is open at a server. */
interface Traffic {
  readonly connections: ReadonlySet<Socket>;
  /** Answers that are not finished yet. */
  readonly underWay: ReadonlySet<ServerResponse>;
}

function watchTraffic(server: Server): Traffic {
  const connections = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', (_request, answer) => {
    underWay.add(answer);
    answer.once('close', () => underWay.delete(answer));
  });
  return { connections, underWay };
}

async function stopServer(server: Server, traffic: Traffic, timeout: number): Promise<boolean> {
  let inTime = true;
  const timer = setTimeout(() => {
    inTime = false;
    server.closeAllConnections();
  }, timeout);
  const closed = new Promise((resolve) => server.close(resolve));
  closeUnused(traffic);
  for (const answer of traffic.underWay) {
    if (!answer.headersSent) answer.setHeader('Connection', 'close');
    // One that has promised to keep its connection can only close it once it is done.
    answer.once('close', () => closeUnused(traffic));
  }
  await closed;
  clearTimeout(timer);
  return inTime;
}

/** Closes the connections without a request under way, those too that never had one: Node would wait for these. */
function closeUnused({ connections, underWay }: Traffic): void {
  const used = new Set([...underWay].map((answer) => answer.req.socket));
  for (const socket of connections) {
    if (!used.has(socket)) socket.destroySoon();
  }
}

const BROKEN: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem('head-too-large', 'The header fields must be at most 16 KiB together.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem('timeout', 'The head of a request took too long to arrive.'),
};

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
