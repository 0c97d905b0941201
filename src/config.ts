import { existsSync, statSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

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

const KEY = /^[\x21-\x2b\x2d-\x7e]+$/;
const keys = z
  .string()
  .transform((list) => list.split(',').map((key) => key.trim()))
  .refine(
    (list) => list.every((key) => KEY.test(key)),
    'must be one key or more, parted by commas, each of printable ASCII characters without a space',
  );

const redisUrl = z
  .string()
  .regex(
    /^rediss?:\/\/\S+$/,
    'must be an address that starts with redis:// or rediss://, like redis://127.0.0.1:6379',
  );

const host = z.string().regex(/^[\w.:-]{1,253}$/, 'must be an IP address or a host name, like 127.0.0.1');

/** Every environment variable that the service reads: its check, and what is told of it. */
const Environment = z
  .object({
    PORT: wholeNumber(0, 65_535).register(notes, {
      about: 'Port to listen on; 0 takes any free one.',
      fallback: '3000',
    }),
    HOST: host.register(notes, {
      about: 'Address to listen on; any but a loopback address needs API_KEYS.',
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
        'Redis that counts comments for all instances; left out, each instance counts in its own memory.',
      secret: true,
    }),
    API_KEYS: keys.optional().register(notes, {
      about: 'Bearer keys, parted by commas; left out, the service needs none and listens on loopback only.',
      secret: true,
    }),
    MAX_COMMENT_CHARS: wholeNumber(1, 100_000).register(notes, {
      about: 'Longest comment that is judged.',
      unit: 'UTF-16 units',
      fallback: '10000',
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
  })
  .refine((read) => read.API_KEYS !== undefined || isLoopback(read.HOST), {
    path: ['HOST'],
    error: 'must be a loopback address (127.0.0.1, ::1, localhost) unless API_KEYS is set',
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
  /** At least one; none: no key is asked for. */
  readonly apiKeys: readonly string[] | undefined;
  /** In UTF-16 units. */
  readonly maxCommentChars: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly shutdownTimeoutMs: number;
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
    maxCommentChars: data.MAX_COMMENT_CHARS,
    logLevel: data.LOG_LEVEL,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT_MS,
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
  return { path: fileURLToPath(new URL('../rules', import.meta.url)), from: 'package' };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
