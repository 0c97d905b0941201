import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { types } from 'node:util';
import { ConfigError } from '../settings/setting.js';
import { isShort, type Key, type KeyFault, readKey, TOO_SHORT } from './key.js';
import { ROLE_NAMES } from './roles.js';
import type { SiteSettings } from './settings.js';

/** What came of reading the file of keys anew. */
export interface KeysReload {
  /** `loaded`: other keys are in force; `unchanged`: the same; `failed`: those from before stay. */
  readonly outcome: 'loaded' | 'unchanged' | 'failed';
  /** How many keys are in force. */
  readonly count: number;
  /** Why it failed. Never quotes a key. */
  readonly mistake?: string;
  /** Whether it is to be told: not where the same mistake was told a moment ago and nobody has asked. */
  readonly isNews: boolean;
}

/** Why the file was read: it changed, somebody asked, or it is time to tell again that it cannot be taken over. */
type Cause = 'change' | 'request' | 'reminder';

/** A file that cannot be taken over is told of so often, in milliseconds, for as long as it is so. */
const REMIND_MS = 60_000;

interface WatchKeysOptions {
  readonly pollMs: number;
  readonly remindMs?: number;
  readonly onReload: (reload: KeysReload) => void;
}

/** What is asked of the keys in the file. */
interface ReadOptions {
  readonly sites: readonly string[];
  readonly shortAllowed: boolean;
}

/** The keys in force: those of `API_KEYS`, and those of `API_KEYS_FILE` as the file is now. */
export class ApiKeys {
  readonly #fixed: readonly Key[];
  readonly #file: string | undefined;
  readonly #reading: ReadOptions;
  #inForce: readonly Key[] | undefined;
  #onReload: (reload: KeysReload) => void = () => {};
  /** Why the file is not in force; undefined: it is. */
  #mistake: string | undefined;
  #remindMs = REMIND_MS;
  #reminder: NodeJS.Timeout | undefined;
  readonly #look = () => this.#read('change');

  /**
   * @param sites the names of all sites: a key must name one of them, or may leave it out where there is one only
   * @param options.shortAllowed whether keys may be shorter than `LEAST_CHARS`: nobody but this machine can try them
   * @throws ConfigError where the file cannot be read, has no key or a line that is none
   */
  constructor(
    { apiKeys, apiKeysFile }: Pick<SiteSettings, 'apiKeys' | 'apiKeysFile'>,
    sites: readonly string[],
    { shortAllowed = true }: { readonly shortAllowed?: boolean } = {},
  ) {
    this.#reading = { sites, shortAllowed };
    this.#fixed = apiKeys ?? [];
    this.#file = apiKeysFile;
    checkSites(this.#fixed, sites, 'API_KEYS');
    if (!shortAllowed) checkLengths(this.#fixed, 'API_KEYS');
    this.#inForce =
      apiKeysFile === undefined ? apiKeys : [...this.#fixed, ...readKeys(apiKeysFile, this.#reading)];
  }

  /** Undefined: no key is asked for. It is another array only after other keys were put in force. */
  get inForce(): readonly Key[] | undefined {
    return this.#inForce;
  }

  /** Whether the file, as it was when it was last looked at, is not in force: keys that it revokes are still good. */
  get isStale(): boolean {
    return this.#mistake !== undefined;
  }

  /**
   * Looks after the file from now on, if there is one.
   * @param options.pollMs how often, in milliseconds; 0: only when `reload` is called
   * @param options.remindMs how often a file that cannot be taken over is read and told of again, in milliseconds
   */
  start({ pollMs, remindMs = REMIND_MS, onReload }: WatchKeysOptions): void {
    this.#onReload = onReload;
    this.#remindMs = remindMs;
    if (this.#file !== undefined && pollMs > 0) {
      watchFile(this.#file, { interval: pollMs, persistent: false }, this.#look);
    }
  }

  /** Reads the file anew. */
  reload(): void {
    this.#read('request');
  }

  #read(cause: Cause): void {
    if (this.#file === undefined) return;
    try {
      const keys = [...this.#fixed, ...readKeys(this.#file, this.#reading)];
      const isNew = JSON.stringify(keys) !== JSON.stringify(this.#inForce);
      if (isNew) this.#inForce = keys;
      this.#mistake = undefined;
      this.#forgetReminder();
      this.#onReload({ outcome: isNew ? 'loaded' : 'unchanged', count: keys.length, isNews: true });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const isNews = cause !== 'change' || error.message !== this.#mistake;
      this.#mistake = error.message;
      this.#remind(cause);
      const count = this.#inForce?.length ?? 0;
      this.#onReload({ outcome: 'failed', count, mistake: error.message, isNews });
    }
  }

  /** What is told once is overlooked, and a revoked key is good for as long as nobody looks. */
  #remind(cause: Cause): void {
    if (cause === 'reminder') this.#forgetReminder();
    this.#reminder ??= setTimeout(() => this.#read('reminder'), this.#remindMs).unref();
  }

  #forgetReminder(): void {
    clearTimeout(this.#reminder);
    this.#reminder = undefined;
  }

  close(): void {
    this.#forgetReminder();
    if (this.#file !== undefined) unwatchFile(this.#file, this.#look);
  }
}

/** One key a line; blank lines and lines that start with `#` are passed over. */
function readKeys(file: string, { sites, shortAllowed }: ReadOptions): Key[] {
  const lines = readText(file).split(/\r?\n/);
  const keys: Key[] = [];
  for (const [index, line] of lines.entries()) {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    const key = readKey(written);
    const where = `API_KEYS_FILE, line ${index + 1},`;
    if ('fault' in key) throw new ConfigError([`${where} ${FAULTS[key.fault]}`]);
    checkSites([key], sites, where);
    if (!shortAllowed) checkLengths([key], where);
    keys.push(key);
  }
  if (keys.length === 0) throw new ConfigError(['API_KEYS_FILE must hold at least one key; it holds none']);
  return keys;
}

/** What is wrong with a line, and what would be right. Neither quotes it. */
const FAULTS: Readonly<Record<KeyFault, string>> = {
  'no-key':
    'is not one key of printable ASCII characters without a space or a comma, with site=NAME behind it where there are several sites, and roles=ROLE,ROLE where it may not do everything',
  'unknown-role': `names a role that there is not; write one or more of ${ROLE_NAMES.join(', ')} behind roles=, separated by commas without spaces`,
};

/**
 * Checks that no key can be guessed.
 * @param where the setting, for the message
 * @throws ConfigError
 */
export function checkLengths(keys: readonly Key[], where: string): void {
  if (keys.some(isShort)) throw new ConfigError([`${where} ${TOO_SHORT}`]);
}

/**
 * Checks that each key names a site that there is, or none where there is one only.
 * @param where the setting, for the message
 * @throws ConfigError
 */
export function checkSites(keys: readonly Key[], sites: readonly string[], where: string): void {
  for (const { site } of keys) {
    if (site === undefined && sites.length === 1) continue;
    if (site !== undefined && sites.includes(site)) continue;
    const named = site === undefined ? 'names no site' : `names the site "${site}"`;
    throw new ConfigError([
      `${where} has a key that ${named}; write site=NAME behind it, with one of ${sites.join(', ')}`,
    ]);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = types.isNativeError(error) ? error.message : String(error);
    throw new ConfigError([`API_KEYS_FILE must be a file of keys that can be read: ${reason}`]);
  }
}
