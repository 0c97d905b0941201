const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A time as editors write it: `30s`, `5m`, `1h`, `1d`. */
export const DURATION = /^[1-9]\d{0,8}[smhd]$/;

/** What is right where a time was not. */
export const RIGHT_DURATION = 'write a number of seconds, or a time like 60s, 5m, 1h or 1d';

/**
 * How long a time is.
 * @param written a number of seconds, or what `DURATION` fits
 * @returns seconds
 */
export function secondsOf(written: number | string): number {
  return typeof written === 'number'
    ? written
    : Number(written.slice(0, -1)) * (SECONDS[written.slice(-1)] ?? 1);
}
