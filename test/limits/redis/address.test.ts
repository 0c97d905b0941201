import { RedisAddressError, readRedisAddress } from '../../../src/limits/redis/address.js';

const at = (host: string, port: number) => ({ host, port });
const plain = { tls: false, login: {} };

test.each<{ written: string; read: object }>([
  { written: 'redis://cache', read: { ...plain, kind: 'server', node: at('cache', 6379), db: 0 } },
  {
    written: 'redis://10.0.0.1:7000/',
    read: { ...plain, kind: 'server', node: at('10.0.0.1', 7000), db: 0 },
  },
  { written: 'redis://[::1]:7000/15', read: { ...plain, kind: 'server', node: at('::1', 7000), db: 15 } },
  {
    written: 'redis://:p%40ss%2Cword@cache',
    read: { tls: false, login: { password: 'p@ss,word' }, kind: 'server', node: at('cache', 6379), db: 0 },
  },
  {
    written: 'rediss://counter:secret@cache:6380/1',
    read: {
      tls: true,
      login: { username: 'counter', password: 'secret' },
      kind: 'server',
      node: at('cache', 6380),
      db: 1,
    },
  },
  {
    written: 'redis+sentinel://a,b:5000,[::1]/comments',
    read: {
      ...plain,
      kind: 'sentinel',
      sentinels: [at('a', 26_379), at('b', 5000), at('::1', 26_379)],
      sentinelLogin: {},
      master: 'comments',
      db: 0,
    },
  },
  {
    written: 'rediss+sentinel://u:p@a/my%20master/2?sentinelUsername=w&sentinelPassword=q%26',
    read: {
      tls: true,
      login: { username: 'u', password: 'p' },
      kind: 'sentinel',
      sentinels: [at('a', 26_379)],
      sentinelLogin: { username: 'w', password: 'q&' },
      master: 'my master',
      db: 2,
    },
  },
  { written: 'redis+cluster://a', read: { ...plain, kind: 'cluster', nodes: [at('a', 6379)] } },
  {
    written: 'rediss+cluster://:p@a:7000,b:7001',
    read: { tls: true, login: { password: 'p' }, kind: 'cluster', nodes: [at('a', 7000), at('b', 7001)] },
  },
  { written: 'redis://a,b:7001', read: { ...plain, kind: 'cluster', nodes: [at('a', 6379), at('b', 7001)] } },
  {
    written: 'redis://:p@a:7000, redis://:p@b:7001/',
    read: { tls: false, login: { password: 'p' }, kind: 'cluster', nodes: [at('a', 7000), at('b', 7001)] },
  },
])('$written is read', ({ written, read }) => {
  expect(readRedisAddress(written)).toEqual(read);
});

test.each<{ written: string; must: string }>([
  { written: 'cache:6379', must: 'must be an address that starts with redis://' },
  { written: 'https://sekrit@cache', must: 'must be an address that starts with redis://' },
  { written: 'redis+sentinels://a/m', must: 'redis+sentinel:// or redis+cluster://' },
  { written: 'redis://', must: 'like redis://127.0.0.1:6379' },
  { written: 'redis://a b', must: 'like redis://127.0.0.1:6379' },
  { written: 'redis://sekrit@cache', must: 'must have user:password or :password before the @' },
  { written: 'redis://u:sekrit:more@cache', must: 'signs such as @ : / , % written like %40' },
  { written: 'redis://u:sekrit%zz@cache', must: 'signs such as @ : / , % written like %40' },
  { written: 'redis://cache:0', must: 'ports 1 to 65535' },
  { written: 'redis://cache:65536', must: 'ports 1 to 65535' },
  { written: 'redis://a,,b', must: 'must name each node as host or host:port' },
  { written: 'redis://a,rediss://b', must: 'must name each node as host or host:port' },
  { written: 'redis://cache/first', must: 'must end with the number of a database' },
  { written: 'redis://cache/1/2', must: 'must have nothing after the number of the database' },
  { written: 'redis://cache?password=sekrit', must: 'must have no ?' },
  { written: 'redis+cluster://a,b/1', must: 'which has no numbered databases' },
  { written: 'redis://a,b/comments', must: 'of Sentinels, write redis+sentinel://' },
  { written: 'redis+sentinel://a,b', must: 'must end with the name of the master, like redis+sentinel://' },
  { written: 'redis+sentinel://a/m/1/2', must: 'must end with the name of the master' },
  { written: 'redis+sentinel://a/m/first', must: 'must end with the number of a database' },
  { written: 'redis+sentinel://a/m?password=sekrit', must: 'sentinelUsername=… and sentinelPassword=…' },
])('$written is refused: it $must', ({ written, must }) => {
  expect(() => readRedisAddress(written)).toThrow(RedisAddressError);
  expect(() => readRedisAddress(written)).toThrow(must);
  expect(() => readRedisAddress(written)).not.toThrow('sekrit');
});
