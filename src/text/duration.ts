import { z } from 'zod';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A length of time as editors write it: `30s`, `5m`, `1h`, `1d`. */
const WITH_UNIT = /^[1-9]\d{0,8}[smhd]$/;

const error = 'write a number of seconds, or a time like 60s, 5m, 1h or 1d';

/** A length of time in a rules folder: a whole number of seconds from 1, or a number with its unit. */
export const durationFormat = z.union(
  [z.int({ error }).min(1, { error }), z.string({ error }).regex(WITH_UNIT, { error })],
  {
    error,
  },
);

/**
 * How long a time is.
 * @param written which fits `durationFormat`
 * @returns seconds
 * @example secondsOf('5m') // 300
 */
export function secondsOf(written: number | string): number {
  return typeof written === 'number'
    ? written
    : Number(written.slice(0, -1)) * (SECONDS[written.slice(-1)] ?? 1);
}
