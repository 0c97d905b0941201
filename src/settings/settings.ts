import { existsSync, statSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { RedisAddressError, readRedisAddress } from '../limits/redis/address.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A setting read as a whole number. */
function wholeNumber(least: number, most: number) {
  const must = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, must)
    .transform(Number)
    .refine((number) => number >= least && number <= most, must);
}

/** What is told of a setting beside its check. */
interface SettingNotes {
  /** What it is for, one sentence. */
  readonly about: string;
  /** As shown to people; none: it has none. */
  readonly unit?: string;
  /** As written in the environment; none: it may be left out. */
  readonly fallback?: string;
  /** Never shown. */
  readonly secret?: boolean;
}

const notes = z.registry<SettingNotes>();

/** Whether a text can be an API key: printable ASCII characters without a space or a comma. */
export function isApiKey(text: string): boolean {
  return /^[\x21-\x2b\x2d-\x7e]+$/.test(text);
}

const keys = z
  .string()
  .transform((list) => list.split(',').map((key) => key.trim()))
  .refine(
    (list) => list.every(isApiKey),
    'must be one key or more, parted by commas, each of printable ASCII characters without a space',
  );

const redisUrl = z.string().check(({ value, issues }) => {
  try {
    readRedisAddress(value);
  } catch (error) {
    if (!(error instanceof RedisAddressError)) throw error;
    issues.push({ code: 'custom', input: value, message: error.message });
  }
});

const host = z.string().regex(/^[\w.:-]{1,253}$/, 'must be an IP address or a host name, like 127.0.0.1');

/** What Coral can be told to do with a comment, and NO_OPINION: to go on as without Stet. */
const CORAL_STATUSES = ['NO_OPINION', 'NONE', 'APPROVED', 'REJECTED', 'PREMOD', 'SYSTEM_WITHHELD'] as const;
export type CoralStatus = (typeof CORAL_STATUSES)[number];

/** Coral's reasons to reject a comment. */
const CORAL_REASONS = [
  'OFFENSIVE',
  'ABUSIVE',
  'SPAM',
  'BANNED_WORD',
  'AD',
  'ILLEGAL_CONTENT',
  'HARASSMENT_BULLYING',
  'MISINFORMATION',
  'HATE_SPEECH',
  'IRRELEVANT_CONTENT',
  'OTHER',
] as const;
export type CoralReason = (typeof CORAL_REASONS)[number];

/** A setting read as pairs: `review=PREMOD,reject=REJECTED`. */
function pairs<Value extends string>(names: RegExp, values: readonly Value[], must: string) {
  return z.string().transform((list, context): ReadonlyMap<string, Value> => {
    const read = new Map<string, Value>();
    for (const pair of list.split(',')) {
      const [name = '', written = '', ...rest] = pair.split('=').map((part) => part.trim());
      const value = values.find((known) => known === written);
      if (value !== undefined && names.test(name) && rest.length === 0) read.set(name, value);
      else {
        context.addIssue({ code: 'custom', message: must });
        break;
      }
    }
    return read;
  });
}

const coralStatuses = pairs(
  /^(?:approve|review|reject|limit)$/,
  CORAL_STATUSES,
  `must be pairs like review=PREMOD, parted by commas: approve, review, reject or limit, and one of ${CORAL_STATUSES.join(', ')}`,
).transform((read) => ({
  approve: read.get('approve') ?? 'NO_OPINION',
  review: read.get('review') ?? 'SYSTEM_WITHHELD',
  reject: read.get('reject') ?? 'REJECTED',
  limit: read.get('limit') ?? 'SYSTEM_WITHHELD',
}));

const coralReasons = pairs(
  /^[\w-]+$/,
  CORAL_REASONS,
  `must be pairs like abuse=ABUSIVE, parted by commas: the id of a rule, and one of ${CORAL_REASONS.join(', ')}`,
);

const score = z
  .string()
  .regex(/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/, 'must be a number from 0 to 1, like 0.99')
  .transform(Number);

/** Every environment variable that the service reads: its check, and what is told of it. */
const Environment = z
  .object({
    PORT: wholeNumber(0, 65_535).register(notes, {
      about: 'Port to listen on; 0 takes any free one.',
      fallback: '3000',
    }),
    HOST: host.register(notes, {
      about: 'Address to listen on; any but a loopback address needs API_KEYS or API_KEYS_FILE.',
      fallback: '127.0.0.1',
    }),
    RULES_DIR: z.string().optional().register(notes, {
      about:
        'Folder of rule files, from the working directory; left out, it is "rules" there, or else the folder that comes with the package.',
    }),
    RULES_POLL_MS: wholeNumber(0, 60_000).register(notes, {
      about: 'How often the rules folder is looked at for a change; 0: only on SIGHUP.',
      unit: 'milliseconds',
      fallback: '100',
    }),
    REDIS_URL: redisUrl.optional().register(notes, {
      about:
        'Redis, Sentinels or Cluster that counts comments for all instances; left out, each instance counts in its own memory.',
      secret: true,
    }),
    API_KEYS: keys.optional().register(notes, {
      about:
        'Bearer keys, parted by commas; without it and API_KEYS_FILE the service needs none and listens on loopback only.',
      secret: true,
    }),
    API_KEYS_FILE: z.string().optional().register(notes, {
      about:
        'File of more keys, one a line, # before a comment; read again when it changes, as the rules are, and on SIGHUP.',
    }),
    MAX_COMMENT_CHARS: wholeNumber(1, 100_000).register(notes, {
      about: 'Longest comment that is judged.',
      unit: 'UTF-16 units',
      fallback: '10000',
    }),
    MAX_DELAY_MS: wholeNumber(0, 60_000).register(notes, {
      about: 'How long comments may wait for their turn before more are refused with 503; 0: none is.',
      unit: 'milliseconds',
      fallback: '100',
    }),
    FEEDBACK_FILE: z.string().optional().register(notes, {
      about:
        "File that moderators' decisions are kept in, one JSON object a line, with the text of the comment; left out, they are thanked for and thrown away.",
    }),
    KEY_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).optional().register(notes, {
      about:
        "Requests a minute that each key may send by Perspective's protocol, and as many by OpenAI's, for these name no user; left out, any number. Each instance counts in its own memory.",
    }),
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).register(notes, {
      about: `Least serious messages that are logged: ${LOG_LEVELS.join(', ')}.`,
      fallback: 'info',
    }),
    SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000).register(notes, {
      about: 'How long requests under way may take to finish after SIGTERM or SIGINT.',
      unit: 'milliseconds',
      fallback: '10000',
    }),
    CORAL_SECRETS: keys.optional().register(notes, {
      about:
        "Signing secrets of Coral's moderation phases, parted by commas; needed for Coral where API_KEYS is set.",
      secret: true,
    }),
    CORAL_STATUSES: coralStatuses.register(notes, {
      about: `Which verdict becomes which status in Coral, limit being a comment over the limit: ${CORAL_STATUSES.join(', ')}.`,
      fallback: 'approve=NO_OPINION,review=SYSTEM_WITHHELD,reject=REJECTED,limit=SYSTEM_WITHHELD',
    }),
    CORAL_REASONS: coralReasons.register(notes, {
      about: `Which rule becomes which of Coral's reasons, any other being OTHER: ${CORAL_REASONS.join(', ')}.`,
      fallback: 'abuse=ABUSIVE,personal-attack=HARASSMENT_BULLYING',
    }),
    AKISMET_SPAM_FROM: z.enum(['review', 'reject'], 'must be review or reject').register(notes, {
      about: 'Mildest verdict that clients of Akismet are told of as spam: review, reject.',
      fallback: 'review',
    }),
    AKISMET_DISCARD_SCORE: score.optional().register(notes, {
      about:
        'Score from which on clients of Akismet are told to throw a rejected comment away unread, 0 to 1; left out, they never are.',
    }),
  })
  .refine((read) => (read.API_KEYS ?? read.API_KEYS_FILE) !== undefined || isLoopback(read.HOST), {
    path: ['HOST'],
    error: 'must be a loopback address (127.0.0.1, ::1, localhost) unless API_KEYS or API_KEYS_FILE is set',
    when: ({ issues }) => !issues.some(({ path }) => path?.[0] === 'HOST' || path?.[0] === 'API_KEYS'),
  });

/** The service's settings, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** As `RULES_DIR` has it; `findRules` finds the folder. */
  readonly rulesDir: string | undefined;
  /** 0: the folder is looked at on SIGHUP only. */
  readonly rulesPollMs: number;
  readonly redisUrl: string | undefined;
  /** At least one; none here nor in a file: no key is asked for. */
  readonly apiKeys: readonly string[] | undefined;
  readonly apiKeysFile: string | undefined;
  /** In UTF-16 units. */
  readonly maxCommentChars: number;
  /** 0: comments are never refused for it. */
  readonly maxDelayMs: number;
  /** None: feedback is thrown away. */
  readonly feedbackFile: string | undefined;
  /** By Perspective's protocol, and by OpenAI's; none: any number. */
  readonly keyRequestsPerMinute: number | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly shutdownTimeoutMs: number;
  /** At least one; none: signatures of Coral are not checked. */
  readonly coralSecrets: readonly string[] | undefined;
  readonly coralStatuses: Readonly<Record<'approve' | 'review' | 'reject' | 'limit', CoralStatus>>;
  /** By the id of a rule. */
  readonly coralReasons: ReadonlyMap<string, CoralReason>;
  readonly akismetSpamFrom: 'review' | 'reject';
  /** 0 to 1; none: never. */
  readonly akismetDiscardScore: number | undefined;
}

/** Settings that cannot work. Its message lists every mistake, one a line, each with its variable's name. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

/**
 * Reads the settings. A variable that is blank counts as left out.
 * @param env the environment
 * @throws ConfigError with every mistake, which never quotes a key or a password
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const written = Object.fromEntries(
    SETTINGS.map(({ name, fallback }) => [name, env[name]?.trim() || fallback]),
  );
  const { success, data, error } = Environment.safeParse(written);
  if (!success) {
    throw new ConfigError(
      error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${name} ${message}; got ${isSecret(name) ? 'a value that is not shown' : JSON.stringify(written[name])}`;
      }),
    );
  }
  return {
    port: data.PORT,
    host: data.HOST,
    rulesDir: data.RULES_DIR,
    rulesPollMs: data.RULES_POLL_MS,
    redisUrl: data.REDIS_URL,
    apiKeys: data.API_KEYS,
    apiKeysFile: data.API_KEYS_FILE,
    maxCommentChars: data.MAX_COMMENT_CHARS,
    maxDelayMs: data.MAX_DELAY_MS,
    feedbackFile: data.FEEDBACK_FILE,
    keyRequestsPerMinute: data.KEY_REQUESTS_PER_MINUTE,
    logLevel: data.LOG_LEVEL,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT_MS,
    coralSecrets: data.CORAL_SECRETS,
    coralStatuses: data.CORAL_STATUSES,
    coralReasons: data.CORAL_REASONS,
    akismetSpamFrom: data.AKISMET_SPAM_FROM,
    akismetDiscardScore: data.AKISMET_DISCARD_SCORE,
  };
}

/** A setting as it is told to people. */
export interface Setting extends SettingNotes {
  readonly name: string;
}

/** Every setting, in the order in which they are told: for `stet serve --help` and the README. */
export const SETTINGS: readonly Setting[] = Object.entries(Environment.shape).map(([name, schema]) => ({
  about: '',
  ...notes.get(schema),
  name,
}));

function isSecret(name: string): boolean {
  return SETTINGS.some((setting) => setting.name === name && setting.secret);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only this machine can reach an address: 127.0.0.0/8, ::1 (IPv4-mapped ones too) or `localhost`. */
function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** A rules folder that was found. */
export interface RulesFolder {
  /** Absolute. */
  readonly path: string;
  /** Why this one. */
  readonly from: 'RULES_DIR' | 'working directory' | 'package';
}

/**
 * Finds the rules folder: the one that was named, or `rules` in the working directory, or the package's own.
 * @param named as `RULES_DIR` has it
 * @throws ConfigError where the named one is no folder
 */
export function findRules(named: string | undefined, workingDirectory: string): RulesFolder {
  const path = resolve(workingDirectory, named ?? 'rules');
  if (isFolder(path)) return { path, from: named === undefined ? 'working directory' : 'RULES_DIR' };
  if (named !== undefined) {
    throw new ConfigError([
      `RULES_DIR must be a folder of rule files; got ${JSON.stringify(named)}, and ${path} is none`,
    ]);
  }
  return { path: fileURLToPath(new URL('../../rules', import.meta.url)), from: 'package' };
}

/** Whether a path leads to a folder. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
