import { DEFAULT_SITE, type LimiterLog } from '../../src/limits/counts.js';
import { type AdjustableLimiter, CountingLimiter } from '../../src/limits/limiter.js';
import type { LimitPolicy } from '../../src/limits/policy.js';
import { openStore, type StoreSettings } from '../../src/limits/stores.js';

interface CreateLimiterOptions extends StoreSettings {
  readonly logger: LimiterLog;
}

/** A limiter in a store of its own. */
export interface TestLimiter extends AdjustableLimiter {
  /** Closes the store. */
  close(): Promise<void>;
}

/** The limiter of a service of one site, in a store of its own. */
export function createLimiter(
  policy: LimitPolicy,
  { logger, ...settings }: CreateLimiterOptions,
): TestLimiter {
  const store = openStore(settings, logger);
  const limiter = new CountingLimiter(policy, store.counts(DEFAULT_SITE), {
    log: logger,
    capacities: store.capacities,
  });
  return Object.assign(limiter, { close: () => store.close() });
}
