import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { akismetSettings } from '../../src/http/protocols/akismet/settings.js';
import { coralSettings } from '../../src/http/protocols/coral/settings.js';
import { readSettings, SETTINGS } from '../../src/settings/all.js';
import { ConfigError } from '../../src/settings/setting.js';
import { findRules, findSites } from '../../src/sites/folders.js';

/** All settings side by side, those of protocols under the name of the protocol. */
function read(env: Record<string, string>) {
  const { http, lanes, sites, limits, process } = readSettings(env);
  const written = Object.fromEntries(
    SETTINGS.map(({ name, fallback }) => [name, env[name]?.trim() || fallback]),
  );
  const coral = coralSettings.read(written);
  const akismet = akismetSettings.read(written);
  return { ...http, ...lanes, ...sites, ...limits, ...process, coral, akismet };
}

const key = (secret: string, site?: string) => ({ secret, site });

const DEFAULTS = {
  port: 3000,
  host: '127.0.0.1',
  publicUrl: undefined,
  rulesDir: undefined,
  sitesDir: undefined,
  detectors: [],
  rulesPollMs: 100,
  redisUrl: undefined,
  mostUsers: 100_000,
  userIdSecret: undefined,
  apiKeys: undefined,
  apiKeysFile: undefined,
  maxCommentChars: 10_000,
  feedbackFile: undefined,
  keyRequestsPerMinute: undefined,
  caps: { inAll: 4096, byAddress: 2048 },
  ops: undefined,
  maxDelayMs: 100,
  batchesPerKey: 32,
  bulkRequestsPerKey: 16,
  previewsPerKey: 5,
  logLevel: 'info',
  shutdownTimeoutMs: 10_000,
  shutdownDelayMs: 0,
  coral: {
    settings: {
      secrets: undefined,
      statuses: {
        approve: 'NO_OPINION',
        review: 'SYSTEM_WITHHELD',
        reject: 'REJECTED',
        limit: 'SYSTEM_WITHHELD',
      },
      reasons: new Map([
        ['abuse', 'ABUSIVE'],
        ['personal-attack', 'HARASSMENT_BULLYING'],
      ]),
    },
  },
  akismet: { settings: { spamFrom: 'review', discardScore: undefined } },
};

/** The defaults of Coral's settings but for some. */
const coral = (changed: object) => ({ coral: { settings: { ...DEFAULTS.coral.settings, ...changed } } });
const akismet = (changed: object) => ({
  akismet: { settings: { ...DEFAULTS.akismet.settings, ...changed } },
});

test.each<{ env: Record<string, string>; changed: object; why: string }>([
  { env: {}, changed: {}, why: 'defaults' },
  {
    env: { PORT: '', API_KEYS: ' ', REDIS_URL: '' },
    changed: {},
    why: 'blank is left out, as compose files have it',
  },
  { env: { PORT: ' 8080 ' }, changed: { port: 8080 }, why: 'white space' },
  { env: { PORT: '0' }, changed: { port: 0 }, why: 'any port' },
  { env: { HOST: 'localhost' }, changed: { host: 'localhost' }, why: 'loopback' },
  { env: { HOST: '127.8.9.1' }, changed: { host: '127.8.9.1' }, why: 'loopback' },
  { env: { HOST: '::1' }, changed: { host: '::1' }, why: 'loopback' },
  { env: { API_KEYS: 'a' }, changed: { apiKeys: [key('a')] }, why: 'one key' },
  { env: { API_KEYS: ' a, b ,c' }, changed: { apiKeys: [key('a'), key('b'), key('c')] }, why: 'more keys' },
  {
    env: { API_KEYS: 'a site=sport, b  site=the-news' },
    changed: { apiKeys: [key('a', 'sport'), key('b', 'the-news')] },
    why: 'keys of sites',
  },
  {
    env: { HOST: '0.0.0.0', API_KEYS: 'sixteen-letters-' },
    changed: { host: '0.0.0.0', apiKeys: [key('sixteen-letters-')] },
    why: 'open, with a key',
  },
  {
    env: { REDIS_URL: 'redis://127.0.0.1:6379/2' },
    changed: { redisUrl: 'redis://127.0.0.1:6379/2' },
    why: '',
  },
  {
    env: { USER_ID_SECRET: 'x'.repeat(32), MAX_COUNTED_USERS: '1000' },
    changed: { userIdSecret: 'x'.repeat(32), mostUsers: 1000 },
    why: 'how users are counted',
  },
  {
    env: { REDIS_URL: 'rediss://u:p@redis.example' },
    changed: { redisUrl: 'rediss://u:p@redis.example' },
    why: 'TLS',
  },
  {
    env: { REDIS_URL: 'redis+sentinel://:p@a:26379,b/comments/1' },
    changed: { redisUrl: 'redis+sentinel://:p@a:26379,b/comments/1' },
    why: 'Sentinels',
  },
  {
    env: { REDIS_URL: 'redis+cluster://a,b:7001' },
    changed: { redisUrl: 'redis+cluster://a,b:7001' },
    why: 'a Cluster',
  },
  { env: { RULES_DIR: '/srv/rules' }, changed: { rulesDir: '/srv/rules' }, why: '' },
  {
    env: { HOST: '0.0.0.0', API_KEYS_FILE: '/run/keys' },
    changed: { host: '0.0.0.0', apiKeysFile: '/run/keys' },
    why: 'open, with keys in a file',
  },
  { env: { PUBLIC_URL: 'https://stet.example' }, changed: { publicUrl: 'https://stet.example' }, why: '' },
  {
    env: { PUBLIC_URL: 'HTTP://Stet.Example:8080/' },
    changed: { publicUrl: 'http://stet.example:8080' },
    why: 'as browsers write it',
  },
  { env: { MAX_DELAY_MS: '0' }, changed: { maxDelayMs: 0 }, why: 'no comment is refused' },
  {
    env: { BATCHES_PER_KEY: '4', BULK_REQUESTS_PER_KEY: '2', PREVIEWS_PER_KEY: '1' },
    changed: { batchesPerKey: 4, bulkRequestsPerKey: 2, previewsPerKey: 1 },
    why: 'small lanes',
  },
  { env: { MAX_COMMENT_CHARS: '500' }, changed: { maxCommentChars: 500 }, why: '' },
  { env: { KEY_REQUESTS_PER_MINUTE: '60' }, changed: { keyRequestsPerMinute: 60 }, why: '' },
  {
    env: { LOG_LEVEL: 'silent', SHUTDOWN_TIMEOUT_MS: '0', SHUTDOWN_DELAY_MS: '5000' },
    changed: { logLevel: 'silent', shutdownTimeoutMs: 0, shutdownDelayMs: 5000 },
    why: '',
  },
  {
    env: { MAX_CONNECTIONS: '100', MAX_CONNECTIONS_BY_ADDRESS: '20' },
    changed: { caps: { inAll: 100, byAddress: 20 } },
    why: '',
  },
  { env: { OPS_PORT: '0' }, changed: { ops: { port: 0, host: '127.0.0.1' } }, why: 'where HOST is' },
  {
    env: { OPS_PORT: '3001', OPS_HOST: '::', API_KEYS: 'sixteen-letters-' },
    changed: { ops: { port: 3001, host: '::' }, apiKeys: [key('sixteen-letters-')] },
    why: 'somewhere else',
  },
  { env: { FEEDBACK_FILE: '/srv/f.ndjson' }, changed: { feedbackFile: '/srv/f.ndjson' }, why: '' },
  {
    env: { CORAL_SECRETS: 'a, b' },
    changed: coral({ secrets: [key('a'), key('b')] }),
    why: 'one for each phase',
  },
  {
    env: { CORAL_STATUSES: 'review = PREMOD, limit=REJECTED' },
    changed: coral({
      statuses: { ...DEFAULTS.coral.settings.statuses, review: 'PREMOD', limit: 'REJECTED' },
    }),
    why: 'others as ever',
  },
  {
    env: { CORAL_REASONS: 'ads=AD,constructor=OTHER' },
    changed: coral({
      reasons: new Map([
        ['ads', 'AD'],
        ['constructor', 'OTHER'],
      ]),
    }),
    why: 'instead of the defaults',
  },
  {
    env: { AKISMET_SPAM_FROM: 'reject', AKISMET_DISCARD_SCORE: '0.99' },
    changed: akismet({ spamFrom: 'reject', discardScore: 0.99 }),
    why: '',
  },
  { env: { AKISMET_DISCARD_SCORE: '1' }, changed: akismet({ discardScore: 1 }), why: 'the surest only' },
  { env: { SITES_DIR: '/srv/sites' }, changed: { sitesDir: '/srv/sites' }, why: 'several sites' },
  {
    env: { DETECTORS: './a.mjs, ./b.mjs,' },
    changed: { detectors: ['./a.mjs', './b.mjs'] },
    why: 'detectors of our own',
  },
  { env: { HOME: '/root', PORTS: 'x' }, changed: {}, why: 'what is not ours' },
])('$env is read ($why)', ({ env, changed }) => {
  expect(read(env)).toEqual({ ...DEFAULTS, ...changed });
});

const LOOPBACK =
  'HOST must be a loopback address (127.0.0.1, ::1, localhost) unless API_KEYS or API_KEYS_FILE is set; got';

test.each<{ env: Record<string, string>; mistakes: string[] }>([
  { env: { PORT: 'http' }, mistakes: ['PORT must be a whole number from 0 to 65535; got "http"'] },
  { env: { PORT: '65536' }, mistakes: ['PORT must be a whole number from 0 to 65535; got "65536"'] },
  { env: { PORT: '-1' }, mistakes: ['PORT must be a whole number from 0 to 65535; got "-1"'] },
  { env: { PORT: '3e3' }, mistakes: ['PORT must be a whole number from 0 to 65535; got "3e3"'] },
  { env: { PORT: '80.5' }, mistakes: ['PORT must be a whole number from 0 to 65535; got "80.5"'] },
  { env: { HOST: '0.0.0.0' }, mistakes: [`${LOOPBACK} "0.0.0.0"`] },
  { env: { HOST: '::' }, mistakes: [`${LOOPBACK} "::"`] },
  { env: { HOST: '192.168.1.2' }, mistakes: [`${LOOPBACK} "192.168.1.2"`] },
  { env: { HOST: '128.0.0.1' }, mistakes: [`${LOOPBACK} "128.0.0.1"`] },
  { env: { HOST: 'localhost.example.com' }, mistakes: [`${LOOPBACK} "localhost.example.com"`] },
  {
    env: { HOST: 'http://localhost' },
    mistakes: ['HOST must be an IP address or a host name, like 127.0.0.1; got "http://localhost"'],
  },
  ...[
    'stet.example',
    'ftp://stet.example',
    'https://stet.example/stet',
    'https://stet.example?a=b',
    'https://u:p@stet.example',
    'https://',
  ].map((url) => ({
    env: { PUBLIC_URL: url },
    mistakes: [
      `PUBLIC_URL must be an address without a path, like https://stet.example; got ${JSON.stringify(url)}`,
    ],
  })),
  {
    env: { MAX_COMMENT_CHARS: '0' },
    mistakes: ['MAX_COMMENT_CHARS must be a whole number from 1 to 100000; got "0"'],
  },
  {
    env: { BATCHES_PER_KEY: '0' },
    mistakes: ['BATCHES_PER_KEY must be a whole number from 1 to 1000; got "0"'],
  },
  {
    env: { SHUTDOWN_TIMEOUT_MS: '10s' },
    mistakes: ['SHUTDOWN_TIMEOUT_MS must be a whole number from 0 to 600000; got "10s"'],
  },
  {
    env: { LOG_LEVEL: 'INFO' },
    mistakes: ['LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent; got "INFO"'],
  },
  ...['review', 'review=', 'review=premod', 'flag=PREMOD', 'review=PREMOD=NONE', 'review=PREMOD,'].map(
    (pairs) => ({
      env: { CORAL_STATUSES: pairs },
      mistakes: [
        `CORAL_STATUSES must be pairs like review=PREMOD, separated by commas: approve, review, reject or limit, and one of NO_OPINION, NONE, APPROVED, REJECTED, PREMOD, SYSTEM_WITHHELD; got "${pairs}"`,
      ],
    }),
  ),
  ...['abuse', 'abuse=RUDE', 'a b=AD'].map((pairs) => ({
    env: { CORAL_REASONS: pairs },
    mistakes: [
      `CORAL_REASONS must be pairs like abuse=ABUSIVE, separated by commas: the id of a rule, and one of OFFENSIVE, ABUSIVE, SPAM, BANNED_WORD, AD, ILLEGAL_CONTENT, HARASSMENT_BULLYING, MISINFORMATION, HATE_SPEECH, IRRELEVANT_CONTENT, OTHER; got "${pairs}"`,
    ],
  })),
  {
    env: { CORAL_SECRETS: 'sekrit one' },
    mistakes: [
      'CORAL_SECRETS must be one key or more, separated by commas, each of printable ASCII characters without a space, with site=NAME behind it where there are several sites; got a value that is not shown',
    ],
  },
  {
    env: { AKISMET_SPAM_FROM: 'flag' },
    mistakes: ['AKISMET_SPAM_FROM must be review or reject; got "flag"'],
  },
  ...['99%', '1.5', '-1', '.9'].map((score) => ({
    env: { AKISMET_DISCARD_SCORE: score },
    mistakes: [`AKISMET_DISCARD_SCORE must be a number from 0 to 1, like 0.99; got "${score}"`],
  })),
  ...['localhost:6379', 'http://u:sekrit@h', ':sekrit@h:6379', 'redis://'].map((url) => ({
    env: { REDIS_URL: url },
    mistakes: [
      'REDIS_URL must be an address that starts with redis:// (one server), redis+sentinel:// or redis+cluster://, or rediss for TLS, like redis://127.0.0.1:6379; got a value that is not shown',
    ],
  })),
  {
    env: { USER_ID_SECRET: 'sekrit', MAX_COUNTED_USERS: '999' },
    mistakes: [
      'MAX_COUNTED_USERS must be a whole number from 1000 to 10000000; got "999"',
      'USER_ID_SECRET must have 32 characters or more, like those that openssl rand -hex 32 prints; got a value that is not shown',
    ],
  },
  ...['sekrit key', 'sekrit,,x', ',', 'sekrit\u00e9', 'sekrit\u0007'].map((keys) => ({
    env: { API_KEYS: keys },
    mistakes: [
      'API_KEYS must be one key or more, separated by commas, each of printable ASCII characters without a space, with site=NAME behind it where there are several sites; got a value that is not shown',
    ],
  })),
  {
    env: { HOST: '0.0.0.0', API_KEYS: 'sixteen-letters-,fifteen-sekrit-', PORT: 'x' },
    mistakes: [
      'PORT must be a whole number from 0 to 65535; got "x"',
      'API_KEYS has a key of fewer than 16 characters, which can be guessed; where HOST or OPS_HOST is not a loopback address, use longer ones, as "openssl rand -hex 16" makes them',
    ],
  },
  ...['sekrit roles=judge', 'sekrit roles=judge,batch', 'sekrit role=judge'].map((keys) => ({
    env: { API_KEYS: keys },
    mistakes: [
      'API_KEYS must not name roles: keys with roles stand in API_KEYS_FILE; got a value that is not shown',
    ],
  })),
  {
    env: { PORT: 'x', LOG_LEVEL: 'y', HOST: '10.0.0.1', OPS_HOST: '::', MAX_COMMENT_CHARS: '-' },
    mistakes: [
      'PORT must be a whole number from 0 to 65535; got "x"',
      'MAX_COMMENT_CHARS must be a whole number from 1 to 100000; got "-"',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent; got "y"',
      `${LOOPBACK} "10.0.0.1"`,
      `OPS_${LOOPBACK} "::"`,
    ],
  },
])('$env is refused, every mistake at once, and no secret told', ({ env, mistakes }) => {
  expect(() => readSettings(env)).toThrow(ConfigError);
  try {
    readSettings(env);
  } catch (error) {
    expect(error).toMatchObject({ mistakes, message: mistakes.join('\n') });
    expect(String(error)).not.toContain('sekrit');
  }
});

test('each setting is told in a sentence, and its default is a value that it takes', () => {
  for (const { name, about, fallback } of SETTINGS) {
    expect(about).toMatch(/^[A-Z].+\.$/);
    if (fallback !== undefined) expect(read({ [name]: fallback })).toEqual(DEFAULTS);
  }
});

describe('the rules folder', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stet-config-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  test('is the one in the working directory', () => {
    mkdirSync(join(home, 'rules'));
    expect(findRules(undefined, home)).toEqual({ path: join(home, 'rules'), from: 'working directory' });
  });

  test("is the package's own where there is none", () => {
    const { path, from } = findRules(undefined, home);
    expect(from).toBe('package');
    expect(path).toBe(join(import.meta.dirname, '..', '..', 'rules'));
  });

  test('is the one that was named', () => {
    mkdirSync(join(home, 'ours'));
    expect(findRules('ours', home)).toEqual({ path: join(home, 'ours'), from: 'RULES_DIR' });
    expect(findRules(join(home, 'ours'), '/')).toEqual({ path: join(home, 'ours'), from: 'RULES_DIR' });
  });

  test.each(['nowhere', 'file', 'file/x'])('that was named (%s) must be a folder', (named) => {
    writeFileSync(join(home, 'file'), '');
    expect(() => findRules(named, home)).toThrow(`RULES_DIR must be a folder of rule files; got "${named}"`);
  });
});

describe('the folders of sites', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stet-sites-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const find = (settings: { rulesDir?: string; sitesDir?: string }) =>
    findSites({ rulesDir: undefined, sitesDir: undefined, ...settings }, home);

  test('without SITES_DIR there is one site', () => {
    mkdirSync(join(home, 'rules'));
    expect(find({})).toEqual([{ site: 'default', path: join(home, 'rules'), from: 'working directory' }]);
  });

  test('each folder in it is a site; files and hidden folders are not', () => {
    for (const name of ['sport', 'news-2', '.git']) mkdirSync(join(home, 'sites', name), { recursive: true });
    writeFileSync(join(home, 'sites', 'README.md'), '');
    expect(find({ sitesDir: 'sites' })).toEqual([
      { site: 'news-2', path: join(home, 'sites', 'news-2'), from: 'SITES_DIR' },
      { site: 'sport', path: join(home, 'sites', 'sport'), from: 'SITES_DIR' },
    ]);
  });

  test.each<[why: string, folders: string[], settings: object, mistake: string]>([
    ['missing', [], { sitesDir: 'nowhere' }, 'SITES_DIR must be a folder'],
    ['empty', ['sites'], { sitesDir: 'sites' }, 'has no folder in it'],
    [
      'misnamed',
      ['sites/The News'],
      { sitesDir: 'sites' },
      'SITES_DIR has a folder "The News", which cannot be',
    ],
    [
      'beside RULES_DIR',
      ['sites/a'],
      { sitesDir: 'sites', rulesDir: 'rules' },
      'cannot be set beside RULES_DIR',
    ],
  ])('are refused when %s', (_, folders, settings, mistake) => {
    for (const name of folders) mkdirSync(join(home, name), { recursive: true });
    expect(() => find(settings)).toThrow(mistake);
  });
});
