import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './network.js';

/** How many connections may be open at once. */
export interface ConnectionCaps {
  readonly inAll: number;
  /** From one address, or one network of IPv6, as `networkOf` has it. */
  readonly byAddress: number;
}

/**
 * What connections may hold fits into memory. One address may have half of them: a proxy that all come through needs
 * far fewer, and others get in beside it.
 */
export const CAPS: ConnectionCaps = { inAll: 4096, byAddress: 2048 };

/** Who is told of connections that came, and of those that had to go. */
export interface ConnectionAudience {
  /** One came, whether there is room for it or not. */
  readonly onCame?: (() => void) | undefined;
  /** One was not taken, because too many were open and all of them in use. */
  readonly onRefused?: (() => void) | undefined;
  /** One that was not in use was closed, to take another. */
  readonly onDisplaced?: (() => void) | undefined;
}

/** What a connection is at. `new`: it has not sent a whole head; `idle`: its requests are answered. */
type State = 'new' | 'idle' | 'busy';

interface Connection {
  readonly socket: Socket;
  readonly group: Group;
  readonly since: number;
  /** Answers that are not finished: several where requests are sent without waiting. */
  readonly underWay: Set<ServerResponse>;
  state: State;
}

/** Connections that have a cap in common: all, or those from one address. Each set has the longest so first. */
class Group {
  readonly new = new Set<Connection>();
  readonly idle = new Set<Connection>();
  readonly busy = new Set<Connection>();

  get size(): number {
    return this.new.size + this.idle.size + this.busy.size;
  }

  /** The connection whose end costs least; none where all are in use. */
  get leastUsed(): Connection | undefined {
    for (const connection of [...first(this.new), ...first(this.idle)]) return connection;
    // One that goes on sending a body, and was not answered: perhaps it never means to end.
    for (const connection of this.busy) {
      if ([...connection.underWay].every(({ req, headersSent }) => !req.complete && !headersSent)) {
        return connection;
      }
    }
    return undefined;
  }
}

/**
 * The open connections of a server. Where there are too many, in all or from one address, the one that uses its place
 * least gives it up to the next: first the oldest that has not sent a whole head, then the one that is idle for longest
 * between requests, then the oldest that is still sending a body. So whoever opens connections and leaves them so keeps
 * nobody out.
 */
export class Connections {
  readonly #caps: ConnectionCaps;
  readonly #audience: ConnectionAudience;
  readonly #all = new Group();
  readonly #byAddress = new Map<string, Group>();
  readonly #bySocket = new Map<Socket, Connection>();

  constructor(caps: ConnectionCaps, audience: ConnectionAudience = {}) {
    this.#caps = caps;
    this.#audience = audience;
  }

  /** Takes a connection that was opened, or closes it where there is no place. */
  opened(socket: Socket): void {
    this.#audience.onCame?.();
    const address = socket.remoteAddress === undefined ? 'gone' : networkOf(socket.remoteAddress);
    const group = this.#byAddress.get(address) ?? new Group();
    if (!this.#makeRoom(group, this.#caps.byAddress) || !this.#makeRoom(this.#all, this.#caps.inAll)) {
      socket.destroy();
      this.#audience.onRefused?.();
      return;
    }
    const connection: Connection = {
      socket,
      group,
      since: performance.now(),
      underWay: new Set(),
      state: 'new',
    };
    this.#bySocket.set(socket, connection);
    this.#byAddress.set(address, group);
    this.#enter(connection, 'new');
    socket.once('close', () => {
      this.#remove(connection);
      if (group.size === 0) this.#byAddress.delete(address);
    });
  }

  /** Notes that the head of a request is here, until its answer is over. */
  requested(answer: ServerResponse): void {
    const connection = this.#bySocket.get(answer.req.socket);
    if (!connection) return;
    connection.underWay.add(answer);
    this.#move(connection, 'busy');
    answer.once('close', () => {
      connection.underWay.delete(answer);
      if (connection.underWay.size === 0) this.#move(connection, 'idle');
    });
  }

  /** Those that have not sent a byte for so long since they were opened, in milliseconds. */
  silentFor(ms: number): Socket[] {
    const silent: Socket[] = [];
    const before = performance.now() - ms;
    for (const { socket, since } of this.#all.new) {
      if (since > before) break;
      if (socket.bytesRead === 0) silent.push(socket);
    }
    return silent;
  }

  /** Those without an answer under way. */
  get unused(): Socket[] {
    return [...this.#all.new, ...this.#all.idle].map(({ socket }) => socket);
  }

  /** The answers that are not finished. */
  get underWay(): ServerResponse[] {
    return [...this.#all.busy].flatMap(({ underWay }) => [...underWay]);
  }

  /** The same, of each connection the one that is sent last. */
  get lastUnderWay(): ServerResponse[] {
    return [...this.#all.busy].flatMap(({ underWay }) => [...underWay].slice(-1));
  }

  /** The answer that is sent last by a connection of those that are not finished; undefined where all are. */
  lastOf(socket: Socket): ServerResponse | undefined {
    return [...(this.#bySocket.get(socket)?.underWay ?? [])].at(-1);
  }

  /** Makes room for one more, where there is none. Returns whether there is. */
  #makeRoom(group: Group, most: number): boolean {
    if (group.size < most) return true;
    const { leastUsed } = group;
    if (!leastUsed) return false;
    this.#remove(leastUsed);
    leastUsed.socket.destroy();
    this.#audience.onDisplaced?.();
    return true;
  }

  #move(connection: Connection, state: State): void {
    if (!this.#bySocket.has(connection.socket)) return;
    this.#leave(connection);
    this.#enter(connection, state);
  }

  #enter(connection: Connection, state: State): void {
    connection.state = state;
    this.#all[state].add(connection);
    connection.group[state].add(connection);
  }

  #leave(connection: Connection): void {
    this.#all[connection.state].delete(connection);
    connection.group[connection.state].delete(connection);
  }

  #remove(connection: Connection): void {
    this.#leave(connection);
    this.#bySocket.delete(connection.socket);
  }
}

function first<Value>(set: ReadonlySet<Value>): Value[] {
  const { value, done } = set.values().next();
  return done ? [] : [value];
}
