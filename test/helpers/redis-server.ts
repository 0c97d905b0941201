import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { redisServerPath } from '../global-setup.js';

/** These only end what hangs: a machine with much else to do takes long over little. */
const LONGEST_START_MS = 60_000;
const LONGEST_COMMAND_MS = 10_000;
const LONGEST_STOP_MS = 5_000;
/**
 * Below the ports that systems give to outgoing connections (Linux: from 32768), so that nobody takes the
 * port while the server is down, nor a client that tries to reach it connects to itself.
 */
const PORTS = { from: 20_000, to: 32_000 };
/** A node of a Cluster talks to the others on the port this much above its own. */
const BUS_OFFSET = 10_000;

/** A Redis server of the tests' own, on loopback, without persistence. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Starts it again on the same port, empty, after `stop` or `kill`; done when it answers. */
  start(): Promise<void>;
  /** Ends it in order (SIGTERM), frozen or not, and clears up; done when it is gone. Also after `kill`. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL). What it knows of its Cluster is kept for `start`. */
  kill(): Promise<void>;
  /** Holds it (SIGSTOP): its connections stay open, nothing is answered. */
  freeze(): void;
  /** Lets it go on (SIGCONT). */
  thaw(): void;
  /**
   * Sends one command, as one would type it: `REPLICAOF NO ONE`.
   * @returns the first piece of the raw answer
   * @throws what the connection throws
   */
  command(line: string): Promise<string>;
}

/**
 * Without persistence; and a replica is served at once, not five seconds later in case others come as well.
 */
const OWN_SETTINGS = ['--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0'];

/**
 * Starts a Redis server on a free port. `stop` it in `afterAll`; should that not be reached, it ends with
 * this process (where `setpriv` can see to it: Linux).
 * @param args further arguments of redis-server, such as `--requirepass`
 * @throws Error when there is no redis-server, or it does not answer in a minute
 */
export async function startRedis(...args: string[]): Promise<RedisServer> {
  const server = new OwnRedis(await freePort(), [...OWN_SETTINGS, ...args]);
  await server.start();
  return server;
}

/**
 * Starts a Sentinel on a free port, as `startRedis` does a server.
 * @param config lines of its configuration
 */
export async function startSentinel(config: readonly string[]): Promise<RedisServer> {
  const server = new OwnRedis(await freePort(), ['--sentinel'], config);
  await server.start();
  return server;
}

class OwnRedis implements RedisServer {
  readonly url: string;
  #child: ChildProcess | undefined;
  #folder: string | undefined;

  constructor(
    readonly port: number,
    readonly args: readonly string[],
    /** For a Sentinel, which cannot do without a file of its own. */
    readonly config?: readonly string[],
  ) {
    this.url = `redis://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    if (this.#child) throw new Error('this redis-server is running already');
    this.#folder ??= await mkdtemp(join(tmpdir(), 'stet-redis-'));
    const file = join(this.#folder, 'redis.conf');
    if (this.config) await writeFile(file, this.config.join('\n'));
    const [program = '', ...args] = [
      ...endingWithUs(),
      redisServerPath(),
      ...(this.config ? [file] : []),
      ...['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.#folder],
      ...this.args,
    ];
    this.#child = spawn(program, args, { stdio: 'ignore' });
    this.#child.unref();
    try {
      await this.#untilItAnswers(this.#child);
    } catch (error) {
      await this.kill();
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGCONT');
    await this.#end('SIGTERM');
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  command(line: string): Promise<string> {
    return command(this.port, line);
  }

  async #untilItAnswers(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + LONGEST_START_MS;
    while (!(await answersPing(this.port))) {
      if (hasEnded(child)) throw new Error(`redis-server ended at once (port ${this.port})`);
      if (Date.now() > deadline) throw new Error(`redis-server does not answer on port ${this.port}`);
      await sleep(10);
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const impatient = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP_MS);
    if (!hasEnded(child)) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    clearTimeout(impatient);
    this.#child = undefined;
  }
}

/**
 * What to put before a command so that the kernel ends it when this process is gone, however it went. (An
 * `exit` listener would not do: Jest gives tests a copy of `process` that never hears it.)
 */
function endingWithUs(): string[] {
  const options = ['--pdeathsig', 'KILL'];
  return spawnSync('setpriv', [...options, 'true']).status === 0 ? ['setpriv', ...options] : [];
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Whether a Redis answers there; one that wants a password first answers too. */
async function answersPing(port: number): Promise<boolean> {
  try {
    return /^\+PONG|^-NOAUTH/.test(await command(port, 'PING'));
  } catch {
    // Nobody listens there yet.
    return false;
  }
}

async function command(port: number, line: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write(`${line}\r\n`);
    const [answer] = await once(socket, 'data', {
      signal: AbortSignal.any([closed(socket), AbortSignal.timeout(LONGEST_COMMAND_MS)]),
    });
    return String(answer);
  } finally {
    socket.destroy();
  }
}

/** Aborted when a connection is at its end, which sends no more data then. */
function closed(socket: Socket): AbortSignal {
  const ended = new AbortController();
  socket.on('close', () => ended.abort());
  return ended.signal;
}

/** A port of loopback that nobody uses, nor the one that a node of a Cluster takes beside it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if ((await isFree(port)) && (await isFree(port + BUS_OFFSET))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
