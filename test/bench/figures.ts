import { cpuTimeOf } from '../helpers/growth.js';
import { HOSTILE_TEXTS, type HostileText } from '../helpers/hostile-texts.js';

/** A figure that was measured, and what it may be at most. */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly most: number;
  /** What gave the figure, where there were several. */
  readonly worst: string;
}

/** What a measurement gives, in milliseconds. */
export interface Measured {
  readonly ms: number;
  readonly worst?: string;
}

const figures: Figure[] = [];

afterAll(() => {
  const width = Math.max(...figures.map(({ what }) => what.length));
  const lines = figures.map(({ what, value, most, worst }) =>
    [
      value <= most ? '  ' : '✗ ',
      what.padEnd(width),
      `${value.toFixed(1).padStart(9)} ms`,
      `of ${most} ms`.padStart(14),
      worst && `  ${worst}`,
    ].join(''),
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
});

/**
 * Measures a figure, holds it to its limit, and shows it in the table that is printed at the end. For `npm run limits`
 * only: what a clock says depends on what else the machine does.
 * @param most milliseconds
 */
export function within(
  most: number,
  what: string,
  measure: () => Measured | Promise<Measured>,
  timeoutMs?: number,
): void {
  test(
    what,
    async () => {
      const { ms, worst = '' } = await measure();
      figures.push({ what, value: ms, most, worst });
      if (!(ms <= most)) throw new Error(`${ms.toFixed(1)} ms, which is over ${most} ms. ${worst}`);
    },
    timeoutMs,
  );
}

/** The most processor time that work takes for one of some texts, of each the best of five tries. */
export function worstText(
  work: (text: string) => unknown,
  { texts = HOSTILE_TEXTS, length = 10_000 }: { texts?: readonly HostileText[]; length?: number } = {},
): Measured {
  return slowest(
    texts.map(([what, make]) => {
      const text = make(length);
      return { worst: what, ms: Math.min(...Array.from({ length: 5 }, () => cpuTimeOf(() => work(text)))) };
    }),
  );
}

/** The one that took longest. */
export function slowest(measured: readonly Measured[]): Measured {
  return measured.reduce((most, one) => (one.ms > most.ms ? one : most), { ms: 0 });
}

/** How long it took by the clock, at best of some tries. */
export async function soonest(work: () => Promise<unknown>, tries = 5): Promise<Measured> {
  const times: number[] = [];
  for (let i = 0; i < tries; i++) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return { ms: Math.min(...times) };
}

/** The time within which a share of some came. */
export function shareOf(times: readonly number[], share: number): Measured {
  const sorted = [...times].sort((a, b) => a - b);
  const ms = sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { ms, worst: `${times.length} in all, the slowest ${sorted.at(-1)?.toFixed(0)} ms` };
}
