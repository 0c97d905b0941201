import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { types } from 'node:util';
import { ConfigError } from '../settings/setting.js';
import { type Key, readKey } from './key.js';
import type { SiteSettings } from './settings.js';

/** What came of reading the file of keys anew. */
export interface KeysReload {
  /** `loaded`: other keys are in force; `unchanged`: the same; `failed`: those from before stay. */
  readonly outcome: 'loaded' | 'unchanged' | 'failed';
  /** How many keys are in force. */
  readonly count: number;
  /** Why it failed. Never quotes a key. */
  readonly mistake?: string;
}

/** The keys in force: those of `API_KEYS`, and those of `API_KEYS_FILE` as the file is now. */
export class ApiKeys {
  readonly #fixed: readonly Key[];
  readonly #file: string | undefined;
  readonly #sites: readonly string[];
  #inForce: readonly Key[] | undefined;
  #onReload: (reload: KeysReload) => void = () => {};
  readonly #look = () => this.reload();

  /**
   * @param sites the names of all sites: a key must name one of them, or may leave it out where there is one only
   * @throws ConfigError where the file cannot be read, has no key or a line that is none
   */
  constructor(
    { apiKeys, apiKeysFile }: Pick<SiteSettings, 'apiKeys' | 'apiKeysFile'>,
    sites: readonly string[],
  ) {
    this.#sites = sites;
    this.#fixed = apiKeys ?? [];
    this.#file = apiKeysFile;
    checkSites(this.#fixed, sites, 'API_KEYS');
    this.#inForce = apiKeysFile === undefined ? apiKeys : [...this.#fixed, ...readKeys(apiKeysFile, sites)];
  }

  /** Undefined: no key is asked for. It is another array only after other keys were put in force. */
  get inForce(): readonly Key[] | undefined {
    return this.#inForce;
  }

  /**
   * Looks after the file from now on, if there is one.
   * @param options.pollMs how often, in milliseconds; 0: only when `reload` is called
   */
  start({ pollMs, onReload }: { pollMs: number; onReload: (reload: KeysReload) => void }): void {
    this.#onReload = onReload;
    if (this.#file !== undefined && pollMs > 0) {
      watchFile(this.#file, { interval: pollMs, persistent: false }, this.#look);
    }
  }

  /** Reads the file anew. */
  reload(): void {
    if (this.#file === undefined) return;
    try {
      const keys = [...this.#fixed, ...readKeys(this.#file, this.#sites)];
      const isNew = JSON.stringify(keys) !== JSON.stringify(this.#inForce);
      if (isNew) this.#inForce = keys;
      this.#onReload({ outcome: isNew ? 'loaded' : 'unchanged', count: keys.length });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#onReload({ outcome: 'failed', count: this.#inForce?.length ?? 0, mistake: error.message });
    }
  }

  close(): void {
    if (this.#file !== undefined) unwatchFile(this.#file, this.#look);
  }
}

/** One key a line; blank lines and lines that start with `#` are passed over. */
function readKeys(file: string, sites: readonly string[]): Key[] {
  const lines = readText(file).split(/\r?\n/);
  const keys: Key[] = [];
  for (const [index, line] of lines.entries()) {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    const key = readKey(written);
    if (!key) {
      throw new ConfigError([
        `API_KEYS_FILE must hold one key a line, of printable ASCII characters without a space or a comma, with site=NAME behind it where there are several sites; line ${index + 1} is not one`,
      ]);
    }
    checkSites([key], sites, `API_KEYS_FILE, line ${index + 1},`);
    keys.push(key);
  }
  if (keys.length === 0) throw new ConfigError(['API_KEYS_FILE must hold at least one key; it holds none']);
  return keys;
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
