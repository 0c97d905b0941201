import type { Logger } from 'pino';
import type { Classifier } from '../classifier/classifier.js';
import type { Detector } from '../detectors/detector.js';
import { type AdjustableLimiter, CountingLimiter, type Limiter } from '../limits/limiter.js';
import type { Capacities } from '../limits/memory/capacities.js';
import type { LimitSettings } from '../limits/settings.js';
import { type OpenStore, openStore } from '../limits/stores.js';
import { ConfigError } from '../settings/setting.js';
import { findSites } from './folders.js';
import { OneAtATime } from './one-at-a-time.js';
import { putInForce, type ReloadAudience, rulesInForce } from './reloading.js';
import type { SiteSettings } from './settings.js';
import { type Site, type Sites, siteOf, sitesOf } from './site.js';
import { WatchedGuidelines } from './watch.js';

interface OpenSite {
  readonly site: Site;
  readonly rules: WatchedGuidelines;
  readonly limiter: AdjustableLimiter;
}

/** What sites are opened with. */
export interface OpenOptions {
  /** What rules may ask for. */
  readonly detectors: readonly Detector[];
  /** What reads the examples in the rules. */
  readonly classifier: Classifier;
  readonly logger: Logger;
  readonly workingDirectory: string;
}

/** The sites of a service that runs: each with its rules, which are kept in force, and its limits. */
export class OpenSites implements Sites {
  readonly #open: readonly OpenSite[];
  readonly #sites: Sites;
  readonly #store: OpenStore;
  readonly #logger: Logger;

  private constructor(open: readonly OpenSite[], store: OpenStore, logger: Logger) {
    this.#open = open;
    this.#store = store;
    this.#sites = sitesOf(open.map(({ site }) => site));
    this.#logger = logger;
  }

  /**
   * Loads the rules of every site and starts to count.
   * @throws ConfigError, or RulesError with every mistake in a site's rules
   */
  static async open(
    { sites, limits }: { readonly sites: SiteSettings; readonly limits: LimitSettings },
    { detectors, classifier, logger, workingDirectory }: OpenOptions,
  ): Promise<OpenSites> {
    const folders = findSites(sites, workingDirectory);
    if (folders.length > 1 && (sites.apiKeys ?? sites.apiKeysFile) === undefined) {
      throw new ConfigError([
        'SITES_DIR with several sites needs API_KEYS or API_KEYS_FILE: the key says whose comment it is',
      ]);
    }
    const loaded = [];
    for (const folder of folders) {
      const rules = await WatchedGuidelines.open(folder.path, detectors, classifier);
      const { ruleset } = rules.inForce.guidelines;
      logger.info(
        {
          site: folder.site,
          folder: folder.path,
          from: folder.from,
          rules: ruleset.rules.length,
          version: ruleset.version,
        },
        'rules loaded',
      );
      loaded.push({ name: folder.site, rules });
    }
    const store = openStore(limits, logger);
    const open = loaded.map(({ name, rules }): OpenSite => {
      const policy = rules.inForce.guidelines.limits;
      const limiter = new CountingLimiter(policy, store.counts(name), {
        log: logger,
        capacities: store.capacities,
      });
      return { site: siteOf(name, () => rules.inForce, limiter), rules, limiter };
    });
    return new OpenSites(open, store, logger);
  }

  get all(): readonly Site[] {
    return this.#sites.all;
  }

  get names(): readonly string[] {
    return this.all.map(({ name }) => name);
  }

  /** Any site's limiter, which tells of the store that all count in. */
  get limiter(): Limiter {
    return this.of(this.names[0]).limiter;
  }

  /** The room that the counts of all sites may take in memory. */
  get capacities(): Capacities {
    return this.#store.capacities;
  }

  of(name: string | undefined): Site {
    return this.#sites.of(name);
  }

  /**
   * Watches the rules folders from now on.
   * @param pollMs how often they are looked at, in milliseconds; 0: only when `reload` is called
   */
  watch(pollMs: number, metrics: ReloadAudience['metrics']): void {
    const loading = new OneAtATime();
    for (const { site, rules, limiter } of this.#open) {
      metrics.observeRules(site.name, rulesInForce(rules.inForce));
      rules.start({
        pollMs,
        loading,
        onReload: (reload) => putInForce(site.name, reload, { limiter, metrics, logger: this.#logger }),
      });
    }
  }

  /** Reads all folders anew, once they are at rest. */
  reload(): void {
    for (const { rules } of this.#open) rules.reload();
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map(({ rules }) => rules.close()));
    await this.#store.close();
  }
}
