import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { InForce } from '../guidelines/watch.js';
import type { Limiter } from '../limits/limiter.js';
import type { Metrics } from './metrics.js';

export type { InForce } from '../guidelines/watch.js';

/** What the HTTP rooms need. */
export interface AppDeps {
  /** Asked anew for each request, so that guidelines can be put in force while the service runs. */
  readonly guidelines: () => InForce;
  readonly limiter: Limiter;
  readonly config: Pick<Config, 'apiKeys' | 'maxCommentChars' | 'port'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: () => Date;
  /** Aborted once the service is to stop: what comes from then on is refused. */
  readonly stopping: AbortSignal;
}
