import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { types } from 'node:util';
import { type Config, ConfigError, isApiKey } from '../settings/settings.js';

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
  readonly #fixed: readonly string[];
  readonly #file: string | undefined;
  #inForce: readonly string[] | undefined;
  #onReload: (reload: KeysReload) => void = () => {};
  readonly #look = () => this.reload();

  /** @throws ConfigError where the file cannot be read, has no key or a line that is none */
  constructor({ apiKeys, apiKeysFile }: Pick<Config, 'apiKeys' | 'apiKeysFile'>) {
    this.#fixed = apiKeys ?? [];
    this.#file = apiKeysFile;
    this.#inForce = apiKeysFile === undefined ? apiKeys : [...this.#fixed, ...readKeys(apiKeysFile)];
  }

  /** None: no key is asked for. It is another array only after other keys were put in force. */
  get inForce(): readonly string[] | undefined {
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
      const keys = [...this.#fixed, ...readKeys(this.#file)];
      const isNew = keys.join() !== this.#inForce?.join();
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
function readKeys(file: string): string[] {
  const lines = readText(file).split(/\r?\n/);
  const keys: string[] = [];
  for (const [index, line] of lines.entries()) {
    const key = line.trim();
    if (key === '' || key.startsWith('#')) continue;
    if (!isApiKey(key)) {
      throw new ConfigError([
        `API_KEYS_FILE must hold one key a line, of printable ASCII characters without a space or a comma; line ${index + 1} is none`,
      ]);
    }
    keys.push(key);
  }
  if (keys.length === 0) throw new ConfigError(['API_KEYS_FILE must hold at least one key; it holds none']);
  return keys;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = types.isNativeError(error) ? error.message : String(error);
    throw new ConfigError([`API_KEYS_FILE must be a file of keys that can be read: ${reason}`]);
  }
}
