import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ClassifierStanding } from '../classifier/standing.js';
import type { Capacity } from '../expiring/capacity.js';
import type { Limiter } from '../limits/limiter.js';
import type { Ruleset } from '../moderation/ruleset.js';
import { shadowChanges } from '../moderation/shadow.js';
import type { Watcher } from './watchers.js';

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
  /** Counts a judgement: a watcher of the pipeline. */
  readonly watch: Watcher;
  /** Reports which rules of a site are in force, now and after each time the folder was read anew. */
  observeRules(site: string, rules: RulesInForce): void;
  observeReload(site: string, outcome: ReloadOutcome): void;
  /** Counts that the file of keys was read anew, and says whether what it holds is in force. */
  observeKeys(outcome: ReloadOutcome): void;
  /** Counts a wrong key or signature, by whether it was told so or braked because too many came from its address. */
  observeWrongKey(outcome: 'refused' | 'braked'): void;
  /** Counts an address whose wrong keys were forgotten to make room for another's. */
  observeForgottenAddress(): void;
  /** Counts what a moderator decided, by whether it was written to the file of feedback. */
  observeFeedback(outcome: 'kept' | 'failed'): void;
  /** Counts a connection that was refused because too many were open. */
  observeRefusedConnection(): void;
  /** Counts a request that a lane did not take, by why. */
  observeRefusal(lane: string, reason: LaneRefusalReason): void;
  /** Reports how the lanes stand, asked anew each time that the metrics are. */
  observeLanes(states: () => readonly LaneFigures[]): void;
  /** Reports how the classifier stands, asked anew likewise. */
  observeClassifier(standing: () => ClassifierStanding): void;
  /** Counts a connection that was closed, unused, to take another. */
  observeDisplacedConnection(): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

/** Why a lane did not take a request: as much was waiting as may, or it had waited too long. */
type LaneRefusalReason = 'full' | 'late';

/** How much waits in a lane, and how long the first of it has. */
interface LaneFigures {
  readonly lane: string;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** Which rules of a site are in force, and since when. */
export interface RulesInForce {
  readonly version: string;
  readonly loadedAt: Date;
  /** Whether the folder holds something else, because of mistakes in it. */
  readonly isStale: boolean;
}

/** Whether what the rules folder holds after a change, or when asked for, is in force. */
export type ReloadOutcome = 'success' | 'failure';

/**
 * Sets up the metrics, in a registry of their own.
 * @param limiter any site's: all count in the same store
 * @param sites the names of all sites
 * @param capacities room that all sites' counts may take in memory, by what it is for
 * @param log how many lines of it were lost so far, because they could not be written
 */
export function createMetrics(
  limiter: Pick<Limiter, 'kind' | 'healthy'>,
  sites: readonly string[],
  capacities: Readonly<Record<string, Pick<Capacity, 'size' | 'dropped'>>> = {},
  log: { readonly lost: number } = { lost: 0 },
): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  // Gauges whose names say that they were counters; the same is given out by type, under names without "total".
  for (const name of ['handles', 'requests', 'resources']) {
    register.removeSingleMetric(`nodejs_active_${name}_total`);
  }
  const verdicts = new Counter({
    name: 'stet_verdicts_total',
    help: 'Comments judged, by decision and by how they came.',
    labelNames: ['site', 'decision', 'source'],
    registers,
  });
  const ruleActions = new Counter({
    name: 'stet_rule_actions_total',
    help: 'Rules that fired, by what they came to; in shadow mode they have no say in the verdict.',
    labelNames: ['site', 'rule', 'action', 'mode', 'source'],
    registers,
  });
  const shadowVerdicts = new Counter({
    name: 'stet_shadow_verdict_changes_total',
    help: 'Verdicts that a rule in shadow mode would have made stricter, had it been the only one enforced anew.',
    labelNames: ['site', 'rule', 'from', 'to', 'source'],
    registers,
  });
  const degraded = new Counter({
    name: 'stet_degraded_verdicts_total',
    help: 'Verdicts made while something was not at full strength, by what it was.',
    labelNames: ['site', 'what'],
    registers,
  });
  /** The rules by which a site's comments were judged last: counts of rules that they have not are given up. */
  const latest = new Map<string, Ruleset>();
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
  new Gauge({
    name: 'stet_remembered_entries',
    help: 'What the limits and the rule against floods keep in memory: users, blocks, and postings by user and by text.',
    labelNames: ['table'],
    registers,
    collect() {
      for (const [table, { size }] of Object.entries(capacities)) this.set({ table }, size);
    },
  });
  new Counter({
    name: 'stet_forgotten_entries_total',
    help: 'What was given up of it before its time because the table was full: who is forgotten starts anew.',
    labelNames: ['table'],
    registers,
    collect() {
      this.reset();
      for (const [table, { dropped }] of Object.entries(capacities)) this.inc({ table }, dropped);
    },
  });
  const reloads = new Counter({
    name: 'stet_rules_reloads_total',
    help: 'Times that the rules folder was read anew, by whether what it held could be put in force.',
    labelNames: ['site', 'outcome'],
    registers,
  });
  for (const site of sites) {
    for (const outcome of ['success', 'failure'] satisfies ReloadOutcome[]) reloads.inc({ site, outcome }, 0);
  }
  const keyReloads = new Counter({
    name: 'stet_keys_reloads_total',
    help: 'Times that the file of keys was read anew, by whether what it held could be put in force.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['success', 'failure'] satisfies ReloadOutcome[]) keyReloads.inc({ outcome }, 0);
  const staleKeys = new Gauge({
    name: 'stet_keys_stale',
    help: '1 while the file of keys is gone or has mistakes, so that keys which it revokes are still good.',
    registers,
  });
  const wrongKeys = new Counter({
    name: 'stet_wrong_keys_total',
    help: 'Wrong keys and signatures, by how they were answered: refused (401), or braked (429).',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['refused', 'braked']) wrongKeys.inc({ outcome }, 0);
  const forgottenAddresses = new Counter({
    name: 'stet_wrong_key_addresses_forgotten_total',
    help: 'Addresses whose wrong keys were forgotten within their minute because too many addresses sent some.',
    registers,
  });
  const feedback = new Counter({
    name: 'stet_feedback_total',
    help: "Moderators' decisions that were sent for the file of feedback, by whether they were written (kept) or could not be (failed).",
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['kept', 'failed']) feedback.inc({ outcome }, 0);
  const refusedConnections = new Counter({
    name: 'stet_connections_refused_total',
    help: 'Connections that were refused because too many were open, in all or from one address.',
    registers,
  });
  const displacedConnections = new Counter({
    name: 'stet_connections_displaced_total',
    help: 'Connections that were closed while they were not in use, because too many were open, to take another.',
    registers,
  });
  new Counter({
    name: 'stet_log_lines_lost_total',
    help: 'Lines of the log that were lost because they could not be written.',
    registers,
    collect() {
      this.reset();
      this.inc(log.lost);
    },
  });
  const refusedByLanes = new Counter({
    name: 'stet_lane_refused_total',
    help: 'Requests that got 503 because too much was waiting in their lane, or they had waited too long in it.',
    labelNames: ['lane', 'reason'],
    registers,
  });
  let lanes: () => readonly LaneFigures[] = () => [];
  new Gauge({
    name: 'stet_lane_waiting',
    help: 'Requests and comments that wait in a lane for their turn.',
    labelNames: ['lane'],
    registers,
    collect() {
      for (const { lane, waiting } of lanes()) this.set({ lane }, waiting);
    },
  });
  new Gauge({
    name: 'stet_lane_oldest_seconds',
    help: 'How long the request or comment has waited that has waited longest in a lane; 0: none waits.',
    labelNames: ['lane'],
    registers,
    collect() {
      for (const { lane, oldestSeconds } of lanes()) this.set({ lane }, oldestSeconds);
    },
  });
  let classifier: (() => ClassifierStanding) | undefined;
  new Gauge({
    name: 'stet_classifier_healthy',
    help: '1 while the classifier that should read does; 0 while the linear one stands in for it.',
    labelNames: ['kind', 'version'],
    registers,
    collect() {
      if (!classifier) return;
      const { kind, version, healthy } = classifier();
      this.set({ kind, version }, Number(healthy));
    },
  });
  new Counter({
    name: 'stet_classifier_unread_total',
    help: 'Comments that the linear classifier read instead: late, failed (the encoder), broken (its thread).',
    labelNames: ['cause'],
    registers,
    collect() {
      this.reset();
      const unread: Readonly<Record<string, number>> = classifier?.().thread?.unread ?? {
        late: 0,
        failed: 0,
        broken: 0,
      };
      for (const [cause, count] of Object.entries(unread)) this.inc({ cause }, count);
    },
  });
  new Counter({
    name: 'stet_classifier_windows_total',
    help: 'Windows of comments that the transformer has scored, by whether they were known: encoded, cached.',
    labelNames: ['from'],
    registers,
    collect() {
      this.reset();
      const windows: Readonly<Record<string, number>> = classifier?.().thread?.windows ?? {
        cached: 0,
        encoded: 0,
      };
      for (const [from, count] of Object.entries(windows)) this.inc({ from }, count);
    },
  });
  new Gauge({
    name: 'stet_classifier_waiting',
    help: 'Windows of comments that wait for the transformer.',
    labelNames: ['urgency'],
    registers,
    collect() {
      const waiting: Readonly<Record<string, number>> = classifier?.().thread?.waiting ?? {
        live: 0,
        bulk: 0,
      };
      for (const [urgency, count] of Object.entries(waiting)) this.set({ urgency }, count);
    },
  });
  new Counter({
    name: 'stet_classifier_threads_started_total',
    help: 'Threads of the transformer that were started: the first, and one for each that broke or was blocked, and for each start that failed.',
    registers,
    collect() {
      this.reset();
      this.inc(classifier?.().thread?.starts ?? 0);
    },
  });
  new Gauge({
    name: 'stet_classifier_cache_bytes',
    help: 'What scores of windows that the transformer has read before take.',
    registers,
    collect() {
      this.set(classifier?.().thread?.cacheBytes ?? 0);
    },
  });
  const version = new Gauge({
    name: 'stet_rules_info',
    help: '1 for the version of the rules that are in force.',
    labelNames: ['site', 'version'],
    registers,
  });
  const loadedAt = new Gauge({
    name: 'stet_rules_loaded_timestamp_seconds',
    help: 'Since when the rules that are in force are so.',
    labelNames: ['site'],
    registers,
  });
  const stale = new Gauge({
    name: 'stet_rules_stale',
    help: '1 while the rules folder holds something else than what is in force, because of mistakes in it.',
    labelNames: ['site'],
    registers,
  });
  /** As `version` has them. */
  const versions = new Map<string, string>();
  return {
    contentType: register.contentType,
    observeRequest({ route, status, seconds }) {
      requests.observe({ route, status }, seconds);
    },
    watch({ site, source, ruleset, verdict, results, degraded: what, seconds }) {
      if (latest.get(site) !== ruleset) {
        latest.set(site, ruleset);
        void forgetOthers(site, ruleset, [ruleActions, shadowVerdicts]);
      }
      judging.observe(seconds);
      verdicts.inc({ site, decision: verdict.verdict, source });
      for (const each of what) degraded.inc({ site, what: each });
      for (const { rule, action } of results) {
        if (action !== undefined) ruleActions.inc({ site, rule: rule.id, action, mode: rule.mode, source });
      }
      for (const { rule, from, to } of shadowChanges(results, verdict.verdict)) {
        shadowVerdicts.inc({ site, rule: rule.id, from, to, source });
      }
    },
    observeRules(site, { version: inForce, loadedAt: since, isStale }) {
      version.remove({ site, version: versions.get(site) ?? '' });
      versions.set(site, inForce);
      version.set({ site, version: inForce }, 1);
      loadedAt.set({ site }, since.getTime() / 1000);
      stale.set({ site }, Number(isStale));
    },
    observeReload(site, outcome) {
      reloads.inc({ site, outcome });
    },
    observeKeys(outcome) {
      keyReloads.inc({ outcome });
      staleKeys.set(Number(outcome === 'failure'));
    },
    observeWrongKey(outcome) {
      wrongKeys.inc({ outcome });
    },
    observeForgottenAddress() {
      forgottenAddresses.inc();
    },
    observeFeedback(outcome) {
      feedback.inc({ outcome });
    },
    observeRefusedConnection() {
      refusedConnections.inc();
    },
    observeClassifier(standing) {
      classifier = standing;
    },
    observeDisplacedConnection() {
      displacedConnections.inc();
    },
    observeRefusal(lane, reason) {
      refusedByLanes.inc({ lane, reason });
    },
    observeLanes(states) {
      lanes = states;
      for (const { lane } of states()) {
        for (const reason of ['full', 'late'] satisfies LaneRefusalReason[]) {
          refusedByLanes.inc({ lane, reason }, 0);
        }
      }
    },
    text: () => register.metrics(),
  };
}

/** Drops what was counted of a site's rules that a ruleset has not: edits would add up for ever. */
async function forgetOthers(
  site: string,
  { rules }: Ruleset,
  counters: readonly Counter<'site' | 'rule'>[],
): Promise<void> {
  const ids = new Set(rules.map((rule) => rule.id));
  for (const counter of counters) {
    const { values } = await counter.get();
    for (const { labels } of values) {
      if (labels.site === site && !ids.has(String(labels.rule))) counter.remove(labels);
    }
  }
}
