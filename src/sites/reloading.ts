import type { Logger } from 'pino';
import { showMistake } from '../guidelines/guidelines.js';
import type { AdjustableLimiter } from '../limits/limiter.js';
import type { KeysReload } from './keys.js';
import type { InForce, Reload } from './watch.js';

/** Who learns of a reload, beside whoever asks for the rules. */
export interface ReloadAudience {
  readonly limiter: AdjustableLimiter;
  readonly metrics: {
    observeRules(
      site: string,
      rules: { readonly version: string; readonly loadedAt: Date; readonly isStale: boolean },
    ): void;
    observeReload(site: string, outcome: 'success' | 'failure'): void;
  };
  readonly logger: Logger;
}

interface KeysAudience {
  observeKeys(outcome: 'success' | 'failure'): void;
}

/** `GET /v1/rules` has all mistakes; the log has so many. */
const MOST_LOGGED = 20;

/** Takes over what a reload brought: the limits, the metrics, the log. */
export function putInForce(site: string, reload: Reload, { limiter, metrics, logger }: ReloadAudience): void {
  const { outcome, inForce } = reload;
  if (outcome === 'loaded') limiter.use(inForce.guidelines.limits);
  metrics.observeRules(site, rulesInForce(inForce));
  metrics.observeReload(site, outcome === 'failed' ? 'failure' : 'success');
  log(site, reload, logger);
}

/** What is in force, for the metrics. */
export function rulesInForce({ guidelines, loadedAt, lastFailure }: InForce) {
  return { version: guidelines.ruleset.version, loadedAt, isStale: lastFailure !== undefined };
}

/** Says in the log and counts what came of reading the file of keys anew. */
export function tellKeys(
  { outcome, count, mistake, isNews }: KeysReload,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: KeysAudience },
): void {
  metrics.observeKeys(outcome === 'failed' ? 'failure' : 'success');
  if (!isNews) return;
  if (outcome === 'failed') logger.error({ keys: count, mistake }, 'the keys from before stay in force');
  else logger.info({ keys: count }, outcome === 'loaded' ? 'keys reloaded' : 'the same keys are in force');
}

/** Mistakes are told once, not again while the same ones stand; who asked gets an answer in any case. */
function log(site: string, { outcome, cause, inForce, isNews }: Reload, logger: Logger): void {
  const { guidelines, lastFailure = [] } = inForce;
  const { version, rules } = guidelines.ruleset;
  const isAsked = cause === 'request';
  if (outcome === 'loaded') {
    logger.info({ site, cause, rules: rules.length, version }, 'rules reloaded');
  } else if (outcome === 'failed' && isNews) {
    const mistakes = lastFailure.slice(0, MOST_LOGGED).map(showMistake);
    logger.error(
      { site, cause, version, count: lastFailure.length, mistakes },
      'the rules folder cannot be put in force; the rules from before stay',
    );
  } else if (outcome === 'failed' && isAsked) {
    logger.warn(
      { site, cause, version, count: lastFailure.length },
      'the same mistakes are in the rules folder',
    );
  } else if (outcome === 'unchanged' && isNews) {
    logger.info({ site, cause, version }, 'the rules folder holds again what is in force');
  } else if (outcome === 'unchanged' && isAsked) {
    logger.info({ site, cause, version }, 'the rules folder holds what is in force');
  }
}
