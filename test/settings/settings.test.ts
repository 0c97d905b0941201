import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, findRules, readConfig, SETTINGS } from '../../src/settings/settings.js';

const DEFAULTS = {
  port: 3000,
  host: '127.0.0.1',
  rulesDir: undefined,
  rulesPollMs: 100,
  redisUrl: undefined,
  apiKeys: undefined,
  apiKeysFile: undefined,
  maxCommentChars: 10_000,
  feedbackFile: undefined,
  keyRequestsPerMinute: undefined,
  maxDelayMs: 100,
  logLevel: 'info',
  shutdownTimeoutMs: 10_000,
  coralSecrets: undefined,
  coralStatuses: {
    approve: 'NO_OPINION',
    review: 'SYSTEM_WITHHELD',
    reject: 'REJECTED',
    limit: 'SYSTEM_WITHHELD',
  },
  coralReasons: new Map([
    ['abuse', 'ABUSIVE'],
    ['personal-attack', 'HARASSMENT_BULLYING'],
  ]),
  akismetSpamFrom: 'review',
  akismetDiscardScore: undefined,
};

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
  { env: { API_KEYS: 'a' }, changed: { apiKeys: ['a'] }, why: 'one key' },
  { env: { API_KEYS: ' a, b ,c' }, changed: { apiKeys: ['a', 'b', 'c'] }, why: 'more keys' },
  {
    env: { HOST: '0.0.0.0', API_KEYS: 'a' },
    changed: { host: '0.0.0.0', apiKeys: ['a'] },
    why: 'open, with a key',
  },
  {
    env: { REDIS_URL: 'redis://127.0.0.1:6379/2' },
    changed: { redisUrl: 'redis://127.0.0.1:6379/2' },
    why: '',
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
  { env: { MAX_DELAY_MS: '0' }, changed: { maxDelayMs: 0 }, why: 'no comment is refused' },
  { env: { MAX_COMMENT_CHARS: '500' }, changed: { maxCommentChars: 500 }, why: '' },
  { env: { KEY_REQUESTS_PER_MINUTE: '60' }, changed: { keyRequestsPerMinute: 60 }, why: '' },
  {
    env: { LOG_LEVEL: 'silent', SHUTDOWN_TIMEOUT_MS: '0' },
    changed: { logLevel: 'silent', shutdownTimeoutMs: 0 },
    why: '',
  },
  { env: { FEEDBACK_FILE: '/srv/f.ndjson' }, changed: { feedbackFile: '/srv/f.ndjson' }, why: '' },
  { env: { CORAL_SECRETS: 'a, b' }, changed: { coralSecrets: ['a', 'b'] }, why: 'one for each phase' },
  {
    env: { CORAL_STATUSES: 'review = PREMOD, limit=REJECTED' },
    changed: { coralStatuses: { ...DEFAULTS.coralStatuses, review: 'PREMOD', limit: 'REJECTED' } },
    why: 'others as ever',
  },
  {
    env: { CORAL_REASONS: 'ads=AD,constructor=OTHER' },
    changed: {
      coralReasons: new Map([
        ['ads', 'AD'],
        ['constructor', 'OTHER'],
      ]),
    },
    why: 'instead of the defaults',
  },
  {
    env: { AKISMET_SPAM_FROM: 'reject', AKISMET_DISCARD_SCORE: '0.99' },
    changed: { akismetSpamFrom: 'reject', akismetDiscardScore: 0.99 },
    why: '',
  },
  { env: { AKISMET_DISCARD_SCORE: '1' }, changed: { akismetDiscardScore: 1 }, why: 'the surest only' },
  { env: { HOME: '/root', PORTS: 'x' }, changed: {}, why: 'what is not ours' },
])('$env is read ($why)', ({ env, changed }) => {
  expect(readConfig(env)).toEqual({ ...DEFAULTS, ...changed });
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
  {
    env: { MAX_COMMENT_CHARS: '0' },
    mistakes: ['MAX_COMMENT_CHARS must be a whole number from 1 to 100000; got "0"'],
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
        `CORAL_STATUSES must be pairs like review=PREMOD, parted by commas: approve, review, reject or limit, and one of NO_OPINION, NONE, APPROVED, REJECTED, PREMOD, SYSTEM_WITHHELD; got "${pairs}"`,
      ],
    }),
  ),
  ...['abuse', 'abuse=RUDE', 'a b=AD'].map((pairs) => ({
    env: { CORAL_REASONS: pairs },
    mistakes: [
      `CORAL_REASONS must be pairs like abuse=ABUSIVE, parted by commas: the id of a rule, and one of OFFENSIVE, ABUSIVE, SPAM, BANNED_WORD, AD, ILLEGAL_CONTENT, HARASSMENT_BULLYING, MISINFORMATION, HATE_SPEECH, IRRELEVANT_CONTENT, OTHER; got "${pairs}"`,
    ],
  })),
  {
    env: { CORAL_SECRETS: 'sekrit one' },
    mistakes: [
      'CORAL_SECRETS must be one key or more, parted by commas, each of printable ASCII characters without a space; got a value that is not shown',
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
  ...['sekrit key', 'sekrit,,x', ',', 'sekrit\u00e9', 'sekrit\u0007'].map((keys) => ({
    env: { API_KEYS: keys },
    mistakes: [
      'API_KEYS must be one key or more, parted by commas, each of printable ASCII characters without a space; got a value that is not shown',
    ],
  })),
  {
    env: { PORT: 'x', LOG_LEVEL: 'y', HOST: '10.0.0.1', MAX_COMMENT_CHARS: '-' },
    mistakes: [
      'PORT must be a whole number from 0 to 65535; got "x"',
      'MAX_COMMENT_CHARS must be a whole number from 1 to 100000; got "-"',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent; got "y"',
      `${LOOPBACK} "10.0.0.1"`,
    ],
  },
])('$env is refused, every mistake at once, and no secret told', ({ env, mistakes }) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toMatchObject({ mistakes, message: mistakes.join('\n') });
    expect(String(error)).not.toContain('sekrit');
  }
});

test('each setting is told in a sentence, and its default is a value that it takes', () => {
  expect(SETTINGS.map(({ name }) => name)).toEqual([
    'PORT',
    'HOST',
    'RULES_DIR',
    'RULES_POLL_MS',
    'REDIS_URL',
    'API_KEYS',
    'API_KEYS_FILE',
    'MAX_COMMENT_CHARS',
    'MAX_DELAY_MS',
    'FEEDBACK_FILE',
    'KEY_REQUESTS_PER_MINUTE',
    'LOG_LEVEL',
    'SHUTDOWN_TIMEOUT_MS',
    'CORAL_SECRETS',
    'CORAL_STATUSES',
    'CORAL_REASONS',
    'AKISMET_SPAM_FROM',
    'AKISMET_DISCARD_SCORE',
  ]);
  for (const { name, about, fallback } of SETTINGS) {
    expect(about).toMatch(/^[A-Z].+\.$/);
    if (fallback !== undefined) expect(readConfig({ [name]: fallback })).toEqual(DEFAULTS);
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
