import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Limiter } from '../limits/limiter.js';
import type { RuleResult } from '../moderation/moderate.js';
import type { Ruleset } from '../moderation/ruleset.js';
import { shadowChanges } from '../moderation/shadow.js';
import type { Decision } from '../moderation/verdict.js';
import type { InForce } from '../sites/watch.js';

/** How a comment came: to be posted, as a dry run, in a batch, or by a foreign protocol. */
export type Source = 'comment' | 'dry-run' | 'batch' | 'coral' | 'akismet' | 'perspective' | 'openai';

/** A request that was answered. */
interface AnsweredRequest {
  /** The route's path; `none` where there is none. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** A comment that was judged. */
interface JudgedComment {
  readonly source: Source;
  /** By which it was judged: counts of rules that it has not are given up. */
  readonly ruleset: Ruleset;
  readonly decision: Decision;
  readonly results: readonly RuleResult[];
  readonly seconds: number;
}

/** What is counted, and given out for Prometheus. No label tells who wrote what. */
export interface Metrics {
  readonly contentType: string;
  observeRequest(request: AnsweredRequest): void;
  observeJudgement(judged: JudgedComment): void;
  /** Tells which rules are in force, now and after each time the folder was read anew. */
  observeRules(inForce: InForce): void;
  observeReload(outcome: ReloadOutcome): void;
  /** Counts a connection that was refused because too many were open. */
  observeRefusedConnection(): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

/** Whether what the rules folder holds after a change, or when asked for, is in force. */
export type ReloadOutcome = 'success' | 'failure';

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
  const ruleActions = new Counter({
    name: 'stet_rule_actions_total',
    help: 'Rules that fired, by what they came to; in shadow mode they have no say in the verdict.',
    labelNames: ['rule', 'action', 'mode', 'source'],
    registers,
  });
  const shadowVerdicts = new Counter({
    name: 'stet_shadow_verdict_changes_total',
    help: 'Verdicts that a rule in shadow mode would have made stricter, had it been the only one enforced anew.',
    labelNames: ['rule', 'from', 'to', 'source'],
    registers,
  });
  let latest: Ruleset | undefined;
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
  const reloads = new Counter({
    name: 'stet_rules_reloads_total',
    help: 'Times that the rules folder was read anew, by whether what it held could be put in force.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['success', 'failure'] satisfies ReloadOutcome[]) reloads.inc({ outcome }, 0);
  const refusedConnections = new Counter({
    name: 'stet_connections_refused_total',
    help: 'Connections that were refused because too many were open.',
    registers,
  });
  const version = new Gauge({
    name: 'stet_rules_info',
    help: '1 for the version of the rules that are in force.',
    labelNames: ['version'],
    registers,
  });
  const loadedAt = new Gauge({
    name: 'stet_rules_loaded_timestamp_seconds',
    help: 'Since when the rules that are in force are so.',
    registers,
  });
  const stale = new Gauge({
    name: 'stet_rules_stale',
    help: '1 while the rules folder holds something else than what is in force, because of mistakes in it.',
    registers,
  });
  return {
    contentType: register.contentType,
    observeRequest({ route, status, seconds }) {
      requests.observe({ route, status }, seconds);
    },
    observeJudgement({ source, ruleset, decision, results, seconds }) {
      if (ruleset !== latest) {
        latest = ruleset;
        void forgetOthers(ruleset, [ruleActions, shadowVerdicts]);
      }
      judging.observe(seconds);
      verdicts.inc({ decision, source });
      for (const { rule, action } of results) {
        if (action !== undefined) ruleActions.inc({ rule: rule.id, action, mode: rule.mode, source });
      }
      for (const { rule, from, to } of shadowChanges(results, decision)) {
        shadowVerdicts.inc({ rule: rule.id, from, to, source });
      }
    },
    observeRules({ guidelines, loadedAt: since, lastFailure }) {
      version.reset();
      version.set({ version: guidelines.ruleset.version }, 1);
      loadedAt.set(since.getTime() / 1000);
      stale.set(Number(lastFailure !== undefined));
    },
    observeReload(outcome) {
      reloads.inc({ outcome });
    },
    observeRefusedConnection() {
      refusedConnections.inc();
    },
    text: () => register.metrics(),
  };
}

/** Drops what was counted of rules that a ruleset has not: edits would add up for ever. */
async function forgetOthers({ rules }: Ruleset, counters: readonly Counter<'rule'>[]): Promise<void> {
  const ids = new Set(rules.map((rule) => rule.id));
  for (const counter of counters) {
    const { values } = await counter.get();
    for (const { labels } of values) if (!ids.has(String(labels.rule))) counter.remove(labels);
  }
}
