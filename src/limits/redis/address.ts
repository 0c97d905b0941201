/** Where one process of Redis or of Sentinel listens. */
export interface RedisNode {
  /** A name, an IPv4 address, or an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** How to log in; either is left out where none is set. */
export interface RedisLogin {
  /** A user of Redis's access control lists. */
  readonly username?: string;
  readonly password?: string;
}

interface Reached {
  readonly tls: boolean;
  readonly login: RedisLogin;
}

/** Where comments are counted: one server, the master that Sentinels name, or a Cluster. */
export type RedisAddress =
  | (Reached & { readonly kind: 'server'; readonly node: RedisNode; readonly db: number })
  | (Reached & {
      readonly kind: 'sentinel';
      readonly sentinels: readonly RedisNode[];
      readonly sentinelLogin: RedisLogin;
      /** As the Sentinels call the master. */
      readonly master: string;
      readonly db: number;
    })
  | (Reached & { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] });

const SERVER_PORT = 6379;
const SENTINEL_PORT = 26_379;

const WHOLE =
  /^(?<scheme>rediss?(?:\+sentinel|\+cluster)?):\/\/(?<authority>[^/?#\s]+)(?<rest>[/?][^#\s]*)?$/;
const NODE = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<name>[\w.-]{1,253}))(?::(?<port>\d{1,5}))?$/i;
const DB = /^\d{1,4}$/;

const SCHEMES =
  'must be an address that starts with redis:// (one server), redis+sentinel:// or redis+cluster://, or rediss for TLS, like redis://127.0.0.1:6379';
const LOGIN = 'must have user:password or :password before the @, signs such as @ : / , % written like %40';
const NODES = 'must name each node as host or host:port (ports 1 to 65535), parted by commas';

/** An address that cannot be used. Its message says what it must be, and never quotes it: it may hold a password. */
export class RedisAddressError extends Error {
  override name = 'RedisAddressError';
}

/**
 * Reads the address of a Redis:
 * - `redis://[[user]:password@]host[:port][/db]`
 * - `redis+sentinel://[[user]:password@]host[:port],…/master[/db][?sentinelUsername=…&sentinelPassword=…]`, where the
 *   user and password are those of the Redis servers
 * - `redis+cluster://[[user]:password@]host[:port],…`, or just several nodes behind `redis://`, each with or without
 *   a `redis://` of its own; the user and password are the same for all nodes, and the first one's are taken
 *
 * `rediss` instead of `redis` asks for TLS, with Sentinels too.
 * @throws RedisAddressError
 */
export function readRedisAddress(written: string): RedisAddress {
  const { scheme = '', authority = '', rest = '' } = WHOLE.exec(oneList(written))?.groups ?? refuse(SCHEMES);
  const at = authority.lastIndexOf('@');
  const login = at < 0 ? {} : readLogin(authority.slice(0, at));
  const hosts = authority.slice(at + 1).split(',');
  const reached = { tls: scheme.startsWith('rediss'), login };
  const [path = '', query] = rest.split('?', 2);
  const steps = path
    .split('/')
    .slice(1)
    .filter((step, i, all) => step !== '' || i < all.length - 1);

  if (scheme.endsWith('+sentinel')) {
    const sentinels = hosts.map((host) => readNode(host, SENTINEL_PORT));
    const [master = '', db, ...more] = steps;
    if (master === '' || more.length > 0) {
      refuse(
        'must end with the name of the master, like redis+sentinel://10.0.0.1:26379,10.0.0.2:26379/mymaster',
      );
    }
    return {
      ...reached,
      kind: 'sentinel',
      sentinels,
      sentinelLogin: readSentinelLogin(query),
      master: decode(master),
      db: readDb(db),
    };
  }
  if (query !== undefined) refuse('must have no ? and nothing after it, except with redis+sentinel://');
  const nodes = hosts.map((host) => readNode(host, SERVER_PORT));
  const [node] = nodes;
  if (scheme.endsWith('+cluster') || nodes.length > 1 || !node) {
    if (steps.length > 0) {
      refuse(
        'must end after the last node of a Cluster, which has no numbered databases; of Sentinels, write redis+sentinel://',
      );
    }
    return { ...reached, kind: 'cluster', nodes };
  }
  const [db, ...more] = steps;
  if (more.length > 0)
    refuse('must have nothing after the number of the database, like redis://127.0.0.1:6379/2');
  return { ...reached, kind: 'server', node, db: readDb(db) };
}

/** `redis://a,redis://b` as `redis://a,b`. A list whose addresses differ in kind stays as it is, and is refused. */
function oneList(written: string): string {
  const [first = '', ...others] = written.split(/\s*,\s*(?=[a-z+]+:\/\/)/);
  const scheme = first.slice(0, first.indexOf('://') + 3);
  const hosts = others.map((other) =>
    other.startsWith(scheme) ? withoutLogin(other.slice(scheme.length)) : other,
  );
  return [first, ...hosts].map((node) => node.replace(/\/$/, '')).join(',');
}

function withoutLogin(node: string): string {
  return node.slice(node.lastIndexOf('@') + 1);
}

function readLogin(written: string): RedisLogin {
  const [user = '', password, ...more] = written.split(':');
  if (!password || more.length > 0) refuse(LOGIN);
  return login(decode(user), decode(password));
}

function readSentinelLogin(query: string | undefined): RedisLogin {
  const { sentinelUsername, sentinelPassword, ...others } = Object.fromEntries(new URLSearchParams(query));
  if (Object.keys(others).length > 0) {
    refuse('must have nothing after its ? but sentinelUsername=… and sentinelPassword=…, joined by &');
  }
  return login(sentinelUsername, sentinelPassword);
}

function login(username: string | undefined, password: string | undefined): RedisLogin {
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function readNode(written: string, usualPort: number): RedisNode {
  const { v6, name, port } = NODE.exec(written)?.groups ?? refuse(NODES);
  const number = port === undefined ? usualPort : Number(port);
  if (number < 1 || number > 65_535) refuse(NODES);
  return { host: v6 ?? name ?? '', port: number };
}

function readDb(written: string | undefined): number {
  if (written === undefined) return 0;
  if (!DB.test(written))
    refuse('must end with the number of a database, like redis://127.0.0.1:6379/2, or without');
  return Number(written);
}

function decode(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return refuse(LOGIN);
  }
}

function refuse(must: string): never {
  throw new RedisAddressError(must);
}
