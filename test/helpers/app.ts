import type { Express } from 'express';
import { pino } from 'pino';
import type { Classifier } from '../../src/classifier/classifier.js';
import { linear } from '../../src/classifier/linear/linear.js';
import { createApp } from '../../src/http/app.js';
import type { AppDeps } from '../../src/http/deps.js';
import { createFeedback } from '../../src/http/feedback.js';
import type { HttpSettings } from '../../src/http/settings.js';
import { createWrongKeys } from '../../src/http/wrong-keys.js';
import { Lanes } from '../../src/lanes/lanes.js';
import type { Admission, Limiter } from '../../src/limits/limiter.js';
import { ExpressionSet } from '../../src/matching/expression-set.js';
import { PhraseIndex } from '../../src/matching/phrase-index.js';
import type { Rule } from '../../src/moderation/ruleset.js';
import type { Action } from '../../src/moderation/verdict.js';
import { createMetrics } from '../../src/pipeline/metrics.js';
import { createPipeline } from '../../src/pipeline/pipeline.js';
import type { Watcher } from '../../src/pipeline/watchers.js';
import { readSettings } from '../../src/settings/all.js';
import type { Key } from '../../src/sites/key.js';
import { type Sites, siteOf, sitesOf } from '../../src/sites/site.js';
import type { InForce } from '../../src/sites/watch.js';

/** A rule that fires on a word, wherever it stands. */
export function wordRule(word: string, action: Action, also: Partial<Rule> = {}): Rule {
  return {
    id: `no-${word}`,
    file: `no-${word}.yaml`,
    guideline: `Comments cannot say ${word}.`,
    message: `Please do not say ${word}.`,
    action,
    mode: 'enforce',
    enabled: true,
    owner: undefined,
    expires: undefined,
    appliesTo: () => true,
    conditions: [
      {
        label: 'phrases',
        thresholds: [{ action, from: 0.9 }],
        group: undefined,
        observe: ({ text }) => {
          const start = text.indexOf(word);
          return start === -1
            ? { score: 0.1, spans: [] }
            : { score: 0.97, spans: [{ start, end: start + word.length }], note: `the word ${word}` };
        },
      },
    ],
    exceptions: [],
    counts: { phrases: 1, patterns: 0, examples: 0 },
    ...also,
  };
}

export const VERSION = `sha256:${'0f'.repeat(32)}`;

export function inForce(rules: readonly Rule[], also: Partial<InForce> = {}): InForce {
  return {
    guidelines: {
      ruleset: {
        rules,
        phrases: new PhraseIndex(),
        expressions: new ExpressionSet(),
        version: VERSION,
        recall: 0,
      },
      limits: { windows: [{ name: 'burst', points: 5, seconds: 60 }] },
      examples: [],
      warnings: [],
      expiries: [],
      files: new Map(),
    },
    loadedAt: new Date('2026-11-01T10:00:00.000Z'),
    ...also,
  };
}

/** What a limiter says that counts nothing. */
export const ADMITTED: Admission = {
  admitted: true,
  tierIsKnown: true,
  standings: [],
  violated: [],
  blockedFor: 0,
  degraded: false,
};

/** A limiter that says what it is told to say. */
export function limiterOf(admission: Partial<Admission> = {}, also: Partial<Limiter> = {}): Limiter {
  return {
    kind: 'memory',
    healthy: true,
    admit: async () => ({ ...ADMITTED, ...admission }),
    rejected: () => {},
    ...also,
  };
}

export const RULES = [wordRule('idiot', 'reject'), wordRule('perhaps', 'review')];

export interface TestDeps
  extends Partial<Omit<AppDeps, 'settings' | 'sites' | 'keys' | 'pipeline' | 'protocols'>> {
  /** The rules in force of the one site. */
  readonly guidelines?: () => InForce;
  readonly limiter?: Limiter;
  readonly clock?: () => Date;
  readonly classifier?: Classifier;
  readonly watchers?: readonly Watcher[];
  /** All sites, in place of the one that `guidelines` and `limiter` make. */
  readonly sites?: Sites;
  /** Settings that differ from the defaults, as the environment has them. */
  readonly env?: Readonly<Record<string, string>>;
  /** The same by the names that the service has for them, and keys: without a site and roles, or as they are. */
  readonly config?: Partial<HttpSettings> & { readonly apiKeys?: readonly (string | Key)[] };
}

/** The real app with rules and a limiter by hand, and what it logs. */
export function testApp({ config, env = {}, ...deps }: TestDeps = {}): {
  readonly app: Express;
  readonly logs: string[];
} {
  const logs: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => logs.push(line) });
  const { guidelines = () => inForce(RULES), limiter = limiterOf() } = deps;
  const { apiKeys, ...http } = config ?? {};
  const settings = readSettings(env);
  const keys =
    apiKeys?.map((key) => (typeof key === 'string' ? { secret: key, site: undefined } : key)) ??
    settings.sites.apiKeys;
  const sites = deps.sites ?? sitesOf([siteOf('default', guidelines, limiter)]);
  const standing =
    deps.classifierStanding ??
    (() => ({ kind: 'linear', version: linear.version, healthy: true, thread: undefined }) as const);
  const metrics = deps.metrics ?? createMetrics(limiter, ['default']);
  // Nothing is refused for what waits: tests send much at once.
  const lanes = new Lanes({ settings: settings.lanes, maxDelayMs: 0, onRefused: metrics.observeRefusal });
  metrics.observeLanes(() => lanes.states());
  metrics.observeClassifier(standing);
  const clock = deps.clock ?? (() => new Date('2026-11-24T12:00:00.000Z'));
  const httpSettings = { ...settings.http, ...http };
  const app = createApp({
    settings: httpSettings,
    sites,
    keys: () => keys,
    wrongKeys: createWrongKeys(metrics),
    classifierStanding: standing,
    keysAreStale: deps.keysAreStale ?? (() => false),
    pipeline: createPipeline({
      classifier: deps.classifier ?? linear,
      watchers: [metrics.watch, ...(deps.watchers ?? [])],
      onWatcherFault: (error) => logger.error({ kind: String(error) }, 'a watcher of judgements failed'),
      clock,
    }),
    protocols: settings.protocols,
    keepFeedback: createFeedback(httpSettings.feedbackFile, { clock, logger, metrics }),
    detectorModules: [],
    overload: { refuses: () => false, stop: () => {} },
    lanes,
    stopping: new AbortController().signal,
    ...pickDeps(deps),
    logger: deps.logger ?? logger,
    metrics,
  });
  return { app, logs };
}

function pickDeps({ overload, lanes, stopping, detectorModules }: TestDeps): Partial<AppDeps> {
  return {
    ...(overload && { overload }),
    ...(lanes && { lanes }),
    ...(stopping && { stopping }),
    ...(detectorModules && { detectorModules }),
  };
}

export const GOOD = { text: 'The talks should start again.', user: { id: 'reader-1' } };
