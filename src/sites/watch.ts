import { createHash } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Classifier } from '../classifier/classifier.js';
import type { Detector } from '../detectors/detector.js';
import { type FolderState, fingerprintFolder, readFolderState } from '../guidelines/files/folder.js';
import { type Guidelines, type Mistake, RulesError } from '../guidelines/guidelines.js';
import { makeGuidelines } from '../guidelines/load.js';
import { OneAtATime } from './one-at-a-time.js';

// Why the folder is looked at again and again, rather than told of by the system: `fs.watch`, and chokidar, which is
// built on it, hear nothing of a network folder, follow a file and not the link that led to it (a ConfigMap is
// swapped by one link above its files), and lose a folder that is deleted and made anew. What they tell is of one
// file, never that a change of many is whole, so the folder would have to be looked over all the same. Looking costs
// 0.6 ms for the default folder.

/** A change is whole once the folder has not changed for so long; a checkout leaves no such pause between files. */
const QUIET_MS = 150;
/** How often the folder is looked at while it changes; once it has not for so long, it is read and loaded on trial. */
const LOOK_AGAIN_MS = 40;
/**
 * The coarsest time stamps of a file system (FAT's): for so long after a change a file may change once more and
 * have the same size and time, so that only its content tells.
 */
const COARSEST_STAMP_MS = 2000;
/** A folder that changes without a pause for so long is told of. */
const RESTLESS_MS = 10_000;
/** So often it is tried to read the folder at the start while it changes. */
const MOST_FIRST_READS = 20;
/** While rules are loaded, requests have their turn after so long. */
const SLICE_MS = 4;

/** The guidelines that are in force, and since when. */
export interface InForce {
  readonly guidelines: Guidelines;
  readonly loadedAt: Date;
  /** Why the rules folder, as it is now, is not in force; none: it is. */
  readonly lastFailure?: readonly Mistake[];
}

/** Why a folder was read: it changed, or somebody asked. */
export type ReloadCause = 'change' | 'request';

/** What came of reading a folder anew. */
export interface Reload {
  /** `loaded`: other rules are in force; `unchanged`: the folder holds those in force; `failed`: they stay in force. */
  readonly outcome: 'loaded' | 'unchanged' | 'failed';
  readonly cause: ReloadCause;
  readonly inForce: InForce;
  /** Whether something other is wrong with the folder than before it was read, or nothing any more. */
  readonly isNews: boolean;
}

export interface WatchOptions {
  /** How often the folder is looked at, in milliseconds; 0: only when `reload` is called. */
  readonly pollMs: number;
  /** Called once the outcome is in force, in the same turn of the event loop. */
  readonly onReload: (reload: Reload) => void;
  /**
   * Shared by folders that are not to be loaded at the same time: each would take its own slice before requests have
   * their turn. @default this folder waits for no other
   */
  readonly loading?: OneAtATime;
}

/** A rules folder that is kept in force: each whole and right state of it that lasts. */
export class WatchedGuidelines {
  readonly #dir: string;
  readonly #detectors: readonly Detector[] | undefined;
  readonly #classifier: Classifier | undefined;
  #inForce: InForce;
  /** The content that is in force, and the one read last. */
  #contentInForce: string;
  #contentRead: string | undefined;
  /** The fingerprint seen last, since when it is that, and since when there was no pause between changes. */
  #seen: string;
  #seenSince = performance.now();
  #restlessSince: number | undefined;
  /** Of the state that was read last; none: what is there now must be read. */
  #fingerprintRead: string | undefined;
  #loading = new OneAtATime();
  #isAsked = false;
  #isClosed = false;
  #wake = () => {};
  #running: Promise<void> = Promise.resolve();

  private constructor(
    dir: string,
    detectors: readonly Detector[] | undefined,
    classifier: Classifier | undefined,
    state: FolderState,
    content: string,
    guidelines: Guidelines,
  ) {
    this.#dir = dir;
    this.#detectors = detectors;
    this.#classifier = classifier;
    this.#inForce = { guidelines, loadedAt: new Date() };
    this.#seen = state.fingerprint;
    this.#fingerprintRead = state.fingerprint;
    this.#contentInForce = content;
    this.#contentRead = this.#contentInForce;
  }

  /**
   * Loads a rules folder and puts it in force.
   * @param detectors what rules may ask for; those of the package unless given
   * @param classifier what reads the examples; the linear one unless given
   * @throws RulesError with every mistake in it
   */
  static async open(
    dir: string,
    detectors?: readonly Detector[],
    classifier?: Classifier,
  ): Promise<WatchedGuidelines> {
    const state = await readWhole(dir);
    if (state.mistakes.length > 0) throw new RulesError(state.mistakes);
    const guidelines = await makeGuidelines(state.files, {
      ...(detectors && { detectors }),
      ...(classifier && { classifier }),
    });
    return new WatchedGuidelines(dir, detectors, classifier, state, await contentOf(state), guidelines);
  }

  /** What is in force now; whoever judges by it takes it once. */
  get inForce(): InForce {
    return this.#inForce;
  }

  /** Starts to watch. */
  start(options: WatchOptions): void {
    this.#loading = options.loading ?? this.#loading;
    this.#running = this.#run(options);
  }

  /** Reads the folder anew, also where it has not changed, once it is at rest. */
  reload(): void {
    this.#isAsked = true;
    this.#wake();
  }

  /** Ends watching; done when nothing is going on any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.#running;
  }

  async #run({ pollMs, onReload }: WatchOptions): Promise<void> {
    while (!this.#isClosed) {
      const isCalm = this.#restlessSince === undefined && !this.#isAsked;
      await this.#sleep(isCalm ? pollMs : LOOK_AGAIN_MS, isCalm && pollMs === 0);
      const reload = this.#isClosed ? undefined : await this.#look();
      if (reload) onReload(reload);
    }
  }

  /** @param forGood whether only a call of `reload` or `close` ends it */
  #sleep(ms: number, forGood: boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = forGood ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Looks at the folder, and reads it where it is at rest and there may be something new in it. */
  async #look(): Promise<Reload | undefined> {
    const now = performance.now();
    const fingerprint = await fingerprintFolder(this.#dir);
    if (fingerprint !== this.#seen) return this.#stir(fingerprint, now);
    const rest = now - this.#seenSince;
    if (rest < LOOK_AGAIN_MS) return undefined;
    const isKnown = fingerprint === this.#fingerprintRead && rest > COARSEST_STAMP_MS;
    if (isKnown && !this.#isAsked) return undefined;

    const state = await readFolderState(this.#dir);
    const after = await fingerprintFolder(this.#dir);
    if (state.fingerprint !== fingerprint || after !== fingerprint) return this.#stir(after, now);
    return this.#take(state);
  }

  /** The folder is changing. */
  #stir(fingerprint: string, now: number): Reload | undefined {
    this.#seen = fingerprint;
    this.#seenSince = now;
    this.#restlessSince ??= now;
    if (now - this.#restlessSince < RESTLESS_MS) return undefined;
    this.#restlessSince = now;
    this.#contentRead = undefined;
    return this.#fail('change', [
      {
        file: '.',
        line: 1,
        column: 1,
        message: `the folder has kept changing for ${RESTLESS_MS / 1000} seconds; it is read once it is left alone`,
      },
    ]);
  }

  /** Puts a state of the folder in force that was read whole, if it is right and new. */
  async #take(state: FolderState): Promise<Reload | undefined> {
    const isAsked = this.#isAsked;
    this.#isAsked = false;
    const content = await contentOf(state);
    let reload: Reload | undefined;
    if (isAsked || content !== this.#contentRead) {
      reload = await this.#reload(state, content, isAsked ? 'request' : 'change');
      if (!reload) {
        this.#isAsked ||= isAsked;
        return this.#stir(await fingerprintFolder(this.#dir), performance.now());
      }
      this.#contentRead = content;
    }
    this.#restlessSince = undefined;
    // What could not be read may be so for a reason that leaves no trace in the folder.
    this.#fingerprintRead = state.mistakes.length > 0 ? undefined : state.fingerprint;
    return reload;
  }

  /** @returns none where the folder changed meanwhile, so that the outcome would be of no use */
  async #reload(state: FolderState, content: string, cause: ReloadCause): Promise<Reload | undefined> {
    const { fingerprint } = state;
    try {
      const result = await this.#loading.run(() => this.#load(state, content));
      await this.#outlast(QUIET_MS, fingerprint);
      if ('mistakes' in result) return this.#fail(cause, result.mistakes);
      this.#contentInForce = content;
      return this.#succeed(cause, result);
    } catch (error) {
      if (error instanceof Superseded) return undefined;
      throw error;
    }
  }

  async #load(
    { files, mistakes, fingerprint }: FolderState,
    content: string,
  ): Promise<Guidelines | { readonly mistakes: readonly Mistake[] }> {
    if (mistakes.length > 0) return { mistakes };
    if (content === this.#contentInForce) return this.#inForce.guidelines;
    try {
      return await makeGuidelines(files, {
        ...(this.#detectors && { detectors: this.#detectors }),
        ...(this.#classifier && { classifier: this.#classifier }),
        before: this.#inForce.guidelines.ruleset,
        pause: this.#pauses(fingerprint),
      });
    } catch (error) {
      if (error instanceof Superseded) throw error;
      return { mistakes: error instanceof RulesError ? error.mistakes : [faultOf(error)] };
    }
  }

  /** Waits until the folder has not changed for so long. */
  async #outlast(ms: number, fingerprint: string): Promise<void> {
    await sleep(Math.max(0, this.#seenSince + ms - performance.now()));
    if (this.#isClosed || (await fingerprintFolder(this.#dir)) !== fingerprint) throw new Superseded();
  }

  /** Lets requests have their turn, and ends a load that a further change of the folder has made useless. */
  #pauses(fingerprint: string): () => Promise<void> {
    let sliceStart = performance.now();
    let lookedAt = sliceStart;
    return async () => {
      if (performance.now() - sliceStart < SLICE_MS) return;
      await setImmediate();
      if (performance.now() - lookedAt > LOOK_AGAIN_MS) {
        await this.#outlast(0, fingerprint);
        lookedAt = performance.now();
      }
      sliceStart = performance.now();
    };
  }

  #succeed(cause: ReloadCause, guidelines: Guidelines): Reload {
    const before = this.#inForce;
    const isNew = guidelines.ruleset.version !== before.guidelines.ruleset.version;
    this.#inForce = isNew
      ? { guidelines, loadedAt: new Date() }
      : { guidelines: before.guidelines, loadedAt: before.loadedAt };
    return {
      outcome: isNew ? 'loaded' : 'unchanged',
      cause,
      inForce: this.#inForce,
      isNews: before.lastFailure !== undefined,
    };
  }

  #fail(cause: ReloadCause, lastFailure: readonly Mistake[]): Reload {
    const before = this.#inForce;
    this.#inForce = { ...before, lastFailure };
    const isNews = JSON.stringify(lastFailure) !== JSON.stringify(before.lastFailure);
    return { outcome: 'failed', cause, inForce: this.#inForce, isNews };
  }
}

/** Thrown out of a load of which nothing is wanted any more. */
class Superseded extends Error {}

/** Reads a folder so that nothing changes in it meanwhile. Where it never rests, it is read as it is at last. */
async function readWhole(dir: string): Promise<FolderState> {
  for (let left = MOST_FIRST_READS; ; left--) {
    const before = await fingerprintFolder(dir);
    const state = await readFolderState(dir);
    const isWhole = state.fingerprint === before && (await fingerprintFolder(dir)) === before;
    if (isWhole || left === 1) return state;
    await sleep(LOOK_AGAIN_MS);
  }
}

/** A hash of all that was read, or of why it was not. Requests have their turn after each file. */
async function contentOf({ files, mistakes }: FolderState): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(mistakes));
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([name, content]));
    await setImmediate();
  }
  return hash.digest('base64');
}

/** An error that no rule file should be able to cause, told in the place of one. */
function faultOf(error: unknown): Mistake {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    file: '.',
    line: 1,
    column: 1,
    message: `the rules cannot be compiled, by a fault of the service: ${what}`,
  };
}
