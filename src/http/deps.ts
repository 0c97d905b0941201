import type { Logger } from 'pino';
import type { Limiter } from '../limits/limiter.js';
import type { Metrics } from '../pipeline/metrics.js';
import type { Config } from '../settings/settings.js';
import type { InForce } from '../sites/watch.js';
import type { Overload } from './overload.js';

export type { InForce } from '../sites/watch.js';

/** What the HTTP rooms need. */
export interface AppDeps {
  /** Asked anew for each request, so that guidelines can be put in force while the service runs. */
  readonly guidelines: () => InForce;
  readonly limiter: Limiter;
  /** Its keys may be others from one request to the next; whether any are asked for never changes. */
  readonly config: Omit<
    Config,
    | 'host'
    | 'rulesDir'
    | 'rulesPollMs'
    | 'redisUrl'
    | 'apiKeysFile'
    | 'maxDelayMs'
    | 'logLevel'
    | 'shutdownTimeoutMs'
  >;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly overload: Overload;
  readonly clock: () => Date;
  /** Aborted once the service is to stop: what comes from then on is refused. */
  readonly stopping: AbortSignal;
}
