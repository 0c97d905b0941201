import type { Logger } from 'pino';
import type { ClassifierStanding } from '../classifier/standing.js';
import type { Lanes } from '../lanes/lanes.js';
import type { Metrics } from '../pipeline/metrics.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { Key } from '../sites/key.js';
import type { Sites } from '../sites/site.js';
import type { KeepFeedback } from './feedback.js';
import type { Overload } from './overload.js';
import type { Route } from './route.js';
import type { HttpSettings } from './settings.js';
import type { WrongKeys } from './wrong-keys.js';

/** Makes the routes of a protocol. */
export type ProtocolRoutes = (deps: AppDeps) => Route[];

/** What the HTTP rooms need. */
export interface AppDeps {
  readonly settings: HttpSettings;
  readonly sites: Sites;
  /** Asked anew for each request: other keys may be in force. Whether any are asked for never changes. */
  readonly keys: () => readonly Key[] | undefined;
  /** Whether the file of keys cannot be taken over as it is now, so that keys from before it are in force. */
  readonly keysAreStale: () => boolean;
  readonly wrongKeys: WrongKeys;
  readonly pipeline: Pipeline;
  readonly classifierStanding: () => ClassifierStanding;
  readonly protocols: readonly ProtocolRoutes[];
  readonly keepFeedback: KeepFeedback;
  /** The modules of detectors of one's own, for threads that compile rules: file URLs. */
  readonly detectorModules: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly overload: Overload;
  readonly lanes: Lanes;
  /** Aborted once the service is to stop: from then on it is not ready, and answers all the same. */
  readonly stopping: AbortSignal;
}
