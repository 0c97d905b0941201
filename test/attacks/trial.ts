import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { blockingPipe } from '../helpers/blocking-pipe.js';
import { type Service, startService } from '../helpers/service.js';
import type { Attack, Field } from './attacks.js';
import { ATTACKER_KEY, NORMAL_KEY } from './bodies.js';
import type { AttackReport } from './plan.js';

/** The address that attacks come from; the normal traffic comes from 127.0.0.1. */
const ATTACKER_ADDRESS = '127.0.0.2';
const LOOK_AT_MEMORY_MS = 200;

/** How trials are run. */
export interface Pace {
  /** Comments a second of the normal traffic. */
  readonly rate: number;
  /** An answer that takes longer is a failure, in milliseconds. */
  readonly longestAnswerMs: number;
  /** How long the normal traffic goes on before it is measured, and then how long it is measured alone. */
  readonly warmMs: number;
  readonly quietMs: number;
  /** How long each attack lasts, and for how long there is none after it. */
  readonly attackMs: number;
  readonly restMs: number;
}

/** What normal comments took, in milliseconds: half of them at most, 99 in a hundred, and the worst. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** How the service took one attack. */
export interface Outcome {
  readonly attack: Attack;
  readonly before: Latency;
  readonly during: Latency;
  /** Normal comments sent under attack, and what became of those that got no verdict. */
  readonly sent: number;
  readonly failures: readonly string[];
  /** Probes sent under attack, what became of those that failed, and how long the slowest took. */
  readonly probes: number;
  readonly deadProbes: readonly string[];
  readonly slowestProbeMs: number;
  readonly attacker: AttackReport;
  /** The most that the service has had in memory since it started, in bytes. */
  readonly memory: number;
}

/** What the normal traffic says of one request. */
interface Asked {
  readonly what: 'comment' | 'probe';
  /** When it was sent, by the clock. */
  readonly at: number;
  readonly ms: number;
  /** A status, or what went wrong. */
  readonly outcome: number | string;
}

/** From when until when, by the clock. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/** Starts a service with keys, probes on a port of their own and otherwise the default settings, and with the default rules in a folder of its own. */
export async function openField(node: readonly string[] = []): Promise<Field & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'stet-attacks-'));
  const rules = join(folder, 'rules');
  await cp('rules', rules, { recursive: true });
  const pipe = blockingPipe();
  const env = { OPS_PORT: '0', RULES_DIR: rules, API_KEYS: `${NORMAL_KEY},${ATTACKER_KEY}` };
  const service = await startService(env, { node, logTo: pipe });
  return {
    service,
    rules,
    log: pipe.readEnd,
    async close() {
      service.kill();
      await service.ended;
      pipe.readEnd.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

/** Attacks a service under normal traffic, one attack after the other; attacker and traffic have processes of their own. */
export async function tryAttacks(attacks: readonly Attack[], field: Field, pace: Pace): Promise<Outcome[]> {
  const normal = await startNormal(field.service, pace);
  const memory = watchMemory(field.service.pid);
  await sleep(pace.warmMs);
  const quiet = await during(() => sleep(pace.quietMs));
  const struck: { attack: Attack; attacker: AttackReport; window: Window; memory: number }[] = [];
  for (const attack of attacks) {
    const end = attack.begin?.(field);
    const attacker = startAttacker(attack, field.service.port);
    const window = await during(() => sleep(pace.attackMs * (attack.times ?? 1)));
    const report = await attacker.stop();
    end?.();
    struck.push({ attack, attacker: report, window, memory: await memory.look() });
    await sleep(pace.restMs);
  }
  const asked = await normal.stop();
  memory.stop();
  const within = (what: Asked['what'], { from, to }: Window) =>
    asked.filter((each) => each.what === what && each.at >= from && each.at < to);
  return struck.map(({ window, ...also }) => {
    const comments = within('comment', window);
    const probes = within('probe', window);
    return {
      ...also,
      before: latencyOf(within('comment', quiet)),
      during: latencyOf(comments),
      sent: comments.length,
      failures: failuresOf(comments),
      probes: probes.length,
      deadProbes: failuresOf(probes),
      slowestProbeMs: Math.max(0, ...probes.map(({ ms }) => ms)),
    };
  });
}

async function during(pass: () => Promise<unknown>): Promise<Window> {
  const from = Date.now();
  await pass();
  return { from, to: Date.now() };
}

function failuresOf(asked: readonly Asked[]): string[] {
  return asked.filter(({ outcome }) => outcome !== 200).map(({ outcome }) => String(outcome));
}

function latencyOf(asked: readonly Asked[]): Latency {
  const times = asked.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

async function startNormal(
  service: Service,
  { rate, longestAnswerMs }: Pace,
): Promise<{ stop(): Promise<Asked[]> }> {
  const { opsPort } = await service.logged(({ msg }) => msg === 'listening');
  const probes = `http://127.0.0.1:${opsPort ?? service.port}`;
  const args = [`${rate}`, `${longestAnswerMs}`, service.url, probes, NORMAL_KEY];
  const child = forkProgram('normal-process.mjs', args);
  return { stop: () => askToStop<Asked[]>(child) };
}

function startAttacker({ plan }: Attack, port: number): { stop(): Promise<AttackReport> } {
  if (plan === undefined) return { stop: async () => ({ sent: 0, outcomes: {} }) };
  const child = forkProgram('attacker-process.mjs', []);
  child.send({ ...plan, port, from: ATTACKER_ADDRESS });
  return { stop: () => askToStop<AttackReport>(child) };
}

function forkProgram(name: string, args: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, name), args, { execArgv: [] });
}

async function askToStop<Report>(child: ChildProcess): Promise<Report> {
  const told = once(child, 'message') as Promise<[Report]>;
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of the trial ended with ${code} and told nothing`);
  });
  child.send('stop');
  const [report] = await Promise.race([told, ended]);
  // It ends now, as it shall.
  ended.catch(() => {});
  return report;
}

/** Looks again and again, for nothing is to be seen of a process that has ended. */
function watchMemory(pid: number): { look(): Promise<number>; stop(): void } {
  let most = 0;
  const look = async () => {
    try {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      most = Math.max(most, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return most;
  };
  const timer = setInterval(() => void look(), LOOK_AT_MEMORY_MS);
  return { look, stop: () => clearInterval(timer) };
}

/** That there is no such process, or no longer; systems other than Linux have none there. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
