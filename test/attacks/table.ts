import type { Latency, Outcome } from './trial.js';

/** In full, the normal p99 may be so many times its quiet value, or so many milliseconds. */
const MOST_TIMES = 3;
const MOST_MS = 60;

/** What was not as it shall be in full: to be told, not for `npm test`, for times depend on the machine. */
export function missesOf({ before, during, ...also }: Outcome): string[] {
  const isLate = during.p99 > MOST_MS && during.p99 > before.p99 * MOST_TIMES;
  const waits = isLate ? [`p99 is ${(during.p99 / before.p99).toFixed(0)} times as long`] : [];
  return [...failedOf(also), ...waits];
}

/** What was asked beside the attack and not answered as it shall be. */
export function failedOf({ failures, deadProbes }: Pick<Outcome, 'failures' | 'deadProbes'>): string[] {
  return [
    ...(failures.length > 0 ? [`comments failed${kindsOf(failures)}`] : []),
    ...(deadProbes.length > 0 ? [`probes failed${kindsOf(deadProbes)}`] : []),
  ];
}

const HEAD = [
  'attack',
  'load',
  'before: p50 / p99 / slowest',
  'during: p50 / p99 / slowest',
  'comments failed',
  'probes failed',
  'slowest probe',
  'the attacker got',
  '503s',
  'memory at its worst',
  'as it shall be',
];

function rowOf(outcome: Outcome): string[] {
  const { attack, before, during, sent, failures, probes, deadProbes, slowestProbeMs } = outcome;
  const { 503: refused = 0, ...others } = outcome.attacker.outcomes;
  const got = Object.entries(others).map(([what, count]) => `${what}: ${count.toLocaleString('en')}`);
  const misses = missesOf(outcome);
  return [
    attack.name,
    attack.load,
    asText(before),
    asText(during),
    `${failures.length} of ${sent}`,
    `${deadProbes.length} of ${probes}`,
    `${Math.round(slowestProbeMs)} ms`,
    got.join(', ') || '–',
    refused.toLocaleString('en'),
    outcome.memory === 0 ? 'not known' : `${Math.round(outcome.memory / 1e6)} MB`,
    misses.length === 0 ? 'yes' : `**no**: ${misses.join(', ')}`,
  ];
}

/** Each kind once: ` (503, ECONNRESET)`. */
function kindsOf(failures: readonly string[]): string {
  return ` (${[...new Set(failures)].join(', ')})`;
}

function asText({ p50, p99, most }: Latency): string {
  return `${Math.round(p50)} / ${Math.round(p99)} / ${Math.round(most)} ms`;
}

/** The table of the page of figures. */
export function tableOf(outcomes: readonly Outcome[]): string {
  return [HEAD, HEAD.map(() => '---'), ...outcomes.map(rowOf)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
