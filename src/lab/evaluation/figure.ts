import type { Interval } from '../../statistics.js';

/** What a figure is counted in. A `share` runs from 0 to 1. */
export type Unit = 'share' | 'auc' | 'f1' | 'µs' | 'MB';

/** The same measured of a plain library, on the same rows. */
export interface Beside {
  readonly name: string;
  readonly value: number;
}

/** One measured figure. */
export interface Figure extends Interval {
  /** Stays the same from one release to the next; a part of another figure has that one's id and a `/` before its own. */
  readonly id: string;
  /** What was measured and on which rows, for people. */
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** How many rows, words or runs it stands on. */
  readonly count: number;
  /** What it shall reach at least; none: it is there to explain another. */
  readonly reach?: number | undefined;
  /** What it aims for. */
  readonly aim?: number | undefined;
  readonly better: 'higher' | 'lower';
  readonly beside?: readonly Beside[] | undefined;
  /** What the number cannot say: which language was the worst. */
  readonly note?: string | undefined;
}

/** How far a figure came: to its aim, to what it shall reach, or to neither; `none` where nothing is asked of it. */
export type Standing = 'aim' | 'reach' | 'missed' | 'none';

/** Compares a figure with what is asked of it. */
export function standing({ value, reach, aim, better }: Figure): Standing {
  const isAt = (goal: number) => (better === 'higher' ? value >= goal : value <= goal);
  if (aim !== undefined && isAt(aim)) return 'aim';
  if (reach === undefined) return 'none';
  return isAt(reach) ? 'reach' : 'missed';
}
