import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.js';
import type { LogLine, Service } from '../helpers/service.js';
import type { Fault } from './faults.js';

/** A steady load. */
export interface Pace {
  /** Comments a second. */
  readonly rate: number;
  /** An answer that takes longer is a failure, in milliseconds. */
  readonly longestAnswerMs: number;
}

/** Posts comments for a while, so that the first fault does not strike services that are just warming up. */
export async function warmUp(services: readonly Service[], forMs: number, pace: Pace): Promise<void> {
  await eventually('all count in Redis', () => allShared(services));
  const load = startLoad(services, pace);
  await sleep(forMs);
  await load.stop();
}

/** What the load says of one comment. */
interface Answer {
  readonly user: string;
  /** When it was sent, by the clock. */
  readonly at: number;
  readonly ms: number;
  /** 200, 429, or what went wrong. */
  readonly status: number | string;
  readonly degraded: boolean;
}

interface LoadReport {
  readonly sent: number;
  readonly seconds: number;
  readonly answers: readonly Answer[];
}

/** How the service took one fault. */
export interface Outcome {
  readonly sent: number;
  readonly perSecond: number;
  /** Verdicts and refusals of comments over the limit. */
  readonly answered: number;
  readonly refused: number;
  readonly failures: readonly string[];
  /** Comments let through beyond the limit, of all users together, and the most of one user. */
  readonly over: { readonly all: number; readonly users: number; readonly most: number };
  /** From the fault to the first answer to a comment counted alone; undefined: there was none. */
  readonly fellBackMs: number | undefined;
  /** From the cure, or from a fault that heals itself, to the last comment counted alone. */
  readonly returnedMs: number | undefined;
  /** What comments took, once in a hundred and at worst. */
  readonly ms: { readonly p99: number; readonly most: number };
  /** What the log of each instance said of Redis, in order. */
  readonly told: readonly (readonly ('away' | 'back')[])[];
}

/**
 * Has a fault strike under a steady load from a process of its own, and waits until all instances count in Redis
 * again.
 * @param options.limit comments that a user may post during all of the trial
 * @param options.lasts how long the fault lasts, in milliseconds
 * @param options.around how long the load goes on before and after it
 * @param options.pace of the load
 */
export async function tryFault(
  fault: Fault,
  services: readonly Service[],
  { limit, lasts, around, pace }: { limit: number; lasts: number; around: number; pace: Pace },
): Promise<Outcome> {
  await eventually('all count in Redis', () => allShared(services));
  const logged = services.map(({ log }) => log.length);
  const load = startLoad(services, pace);
  await sleep(around);
  const struck = Date.now();
  await fault.strike();
  await sleep(lasts);
  await fault.cure?.();
  const cured = Date.now();
  await eventually('all count in Redis again', () => allShared(services));
  await sleep(around);
  const report = await load.stop();

  const { answers, sent, seconds } = report;
  const alone = answers.filter(({ degraded, at, ms }) => degraded && at + ms > struck);
  const from = fault.cure && !fault.healsItself ? cured : struck;
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const isAnswered = ({ status }: Answer) => typeof status === 'number';
  return {
    sent,
    perSecond: sent / seconds,
    answered: answers.filter(isAnswered).length,
    refused: answers.filter(({ status }) => status === 429).length,
    failures: answers.filter((answer) => !isAnswered(answer)).map(({ status }) => String(status)),
    over: countOver(answers, limit),
    fellBackMs:
      alone.length > 0 ? Math.round(Math.min(...alone.map(({ at, ms }) => at + ms)) - struck) : undefined,
    returnedMs: alone.length > 0 ? Math.max(0, ...alone.map(({ at }) => at - from)) : undefined,
    ms: { p99: times[Math.floor(times.length * 0.99)] ?? 0, most: times.at(-1) ?? 0 },
    told: services.map(({ log }, i) => log.slice(logged[i]).flatMap(readTurn)),
  };
}

function readTurn({ msg }: LogLine): ('away' | 'back')[] {
  if (`${msg}`.startsWith('Redis is away')) return ['away'];
  return `${msg}`.startsWith('Redis answers') ? ['back'] : [];
}

function countOver(answers: readonly Answer[], limit: number): Outcome['over'] {
  const admitted = new Map<string, number>();
  for (const { user, status } of answers) {
    if (status === 200) admitted.set(user, (admitted.get(user) ?? 0) + 1);
  }
  const over = [...admitted.values()].filter((count) => count > limit).map((count) => count - limit);
  return { all: over.reduce((sum, count) => sum + count, 0), users: over.length, most: Math.max(0, ...over) };
}

let run = 0;

function startLoad(
  services: readonly Service[],
  { rate, longestAnswerMs }: Pace,
): { stop(): Promise<LoadReport> } {
  run += 1;
  const program = join(import.meta.dirname, 'load-process.mjs');
  const args = [`${rate}`, `${longestAnswerMs}`, `${process.pid}-${run}`, ...services.map(({ url }) => url)];
  const child: ChildProcess = fork(program, args, { execArgv: [] });
  return {
    async stop() {
      const told = once(child, 'message');
      child.send('stop');
      const [report]: LoadReport[] = await told;
      if (!report) throw new Error('the load has nothing to tell');
      return report;
    },
  };
}

/** Whether every instance says that it counts in Redis. */
export async function allShared(services: readonly Service[]): Promise<boolean> {
  const states = await Promise.all(
    services.map(async ({ url }) => {
      const { limiter } = (await (await fetch(`${url}/readyz`)).json()) as { limiter: { healthy: boolean } };
      return limiter.healthy;
    }),
  );
  return states.every(Boolean);
}
