import type { Urgency } from './classifier.js';

/** How the classifier of a process stands: for probes and metrics. */
export interface ClassifierStanding {
  /** Which one reads. */
  readonly kind: 'transformer' | 'linear';
  readonly version: string;
  /** Whether the one that should read does: otherwise the linear one stands in, and verdicts are degraded. */
  readonly healthy: boolean;
  /** Of the transformer's thread; undefined where there is none. */
  readonly thread:
    | {
        /** Comments that were left unread so far, by why. */
        readonly unread: Readonly<Record<string, number>>;
        /** Windows scored so far, by from where. */
        readonly windows: { readonly cached: number; readonly encoded: number };
        /** Windows that wait, by urgency. */
        readonly waiting: Readonly<Record<Urgency, number>>;
        /** Threads started so far. */
        readonly starts: number;
        /** What the cache of scores takes. */
        readonly cacheBytes: number;
      }
    | undefined;
}
