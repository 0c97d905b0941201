import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Limiter } from '../limits/limiter.js';
import type { RuleResult } from '../moderation/moderate.js';
import type { Decision } from '../moderation/verdict.js';

/** How a comment came: to be posted, as a dry run, or in a batch. */
export type Source = 'comment' | 'dry-run' | 'batch';

/** A request that was answered. */
interface AnsweredRequest {
  /** The route's path; `none` where there is none. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is counted, and given out for Prometheus. No label tells who wrote what. */
export interface Metrics {
  readonly contentType: string;
  observeRequest(request: AnsweredRequest): void;
  observeJudgement(source: Source, decision: Decision, results: readonly RuleResult[], seconds: number): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

/** Sets up the metrics, in a registry of their own. */
export function createMetrics(limiter: Limiter): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const verdicts = new Counter({
    name: 'stet_verdicts_total',
    help: 'Comments judged, by decision and by how they came.',
    labelNames: ['decision', 'source'],
    registers,
  });
  const fired = new Counter({
    name: 'stet_rules_fired_total',
    help: 'Rules that fired; in shadow mode they have no say in the verdict.',
    labelNames: ['rule', 'action', 'mode', 'source'],
    registers,
  });
  const requests = new Histogram({
    name: 'stet_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer.',
    labelNames: ['route', 'status'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  const judging = new Histogram({
    name: 'stet_judging_duration_seconds',
    help: 'Judging one comment by all rules.',
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05],
    registers,
  });
  new Gauge({
    name: 'stet_limiter_healthy',
    help: '1 while the store of the rate limits answers; 0 while each instance counts alone.',
    labelNames: ['kind'],
    registers,
    collect() {
      this.set({ kind: limiter.kind }, Number(limiter.healthy));
    },
  });
  return {
    contentType: register.contentType,
    observeRequest({ route, status, seconds }) {
      requests.observe({ route, status }, seconds);
    },
    observeJudgement(source, decision, results, seconds) {
      judging.observe(seconds);
      verdicts.inc({ decision, source });
      for (const { rule, action } of results) {
        if (action !== undefined) fired.inc({ rule: rule.id, action, mode: rule.mode, source });
      }
    },
    text: () => register.metrics(),
  };
}
