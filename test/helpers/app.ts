import type { Express } from 'express';
import { pino } from 'pino';
import { createApp } from '../../src/http/app.js';
import type { AppDeps, InForce } from '../../src/http/deps.js';
import type { Admission, Limiter } from '../../src/limits/limiter.js';
import { PhraseIndex } from '../../src/matching/phrase-index.js';
import type { Rule } from '../../src/moderation/ruleset.js';
import type { Action } from '../../src/moderation/verdict.js';
import { createMetrics } from '../../src/pipeline/metrics.js';
import { readConfig } from '../../src/settings/settings.js';

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
      ruleset: { rules, phrases: new PhraseIndex(), version: VERSION },
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
    close: async () => {},
    ...also,
  };
}

export const RULES = [wordRule('idiot', 'reject'), wordRule('perhaps', 'review')];

export interface TestDeps extends Partial<Omit<AppDeps, 'config'>> {
  /** Settings that differ from the defaults. */
  readonly config?: Partial<AppDeps['config']>;
}

/** The real app with rules and a limiter by hand, and what it logs. */
export function testApp({ config, ...deps }: TestDeps = {}): {
  readonly app: Express;
  readonly logs: string[];
} {
  const logs: string[] = [];
  const limiter = deps.limiter ?? limiterOf();
  const app = createApp({
    guidelines: () => inForce(RULES),
    limiter,
    config: { ...readConfig({}), ...config },
    logger: pino({ level: 'debug' }, { write: (line: string) => logs.push(line) }),
    metrics: createMetrics(limiter),
    overload: { refuses: () => false, stop: () => {} },
    clock: () => new Date('2026-11-24T12:00:00.000Z'),
    stopping: new AbortController().signal,
    ...deps,
  });
  return { app, logs };
}

export const GOOD = { text: 'The talks should start again.', user: { id: 'reader-1' } };
