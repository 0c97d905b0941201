/** The day of a time in UTC, `YYYY-MM-DD`, as rules that expire count days. */
export function toDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
