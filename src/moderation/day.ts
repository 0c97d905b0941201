/** The day of a time in UTC, `YYYY-MM-DD`, as rules that expire count days. */
export function toDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Tells the day of a clock, as `toDay` does; spells it once a day and not for every comment.
 * @param clock may be set back
 */
export function dayOf(clock: () => Date): () => string {
  let began = Number.NaN;
  let day = '';
  return () => {
    const time = clock();
    const since = time.getTime() - began;
    if (since >= 0 && since < DAY_MS) return day;
    day = toDay(time);
    began = Math.floor(time.getTime() / DAY_MS) * DAY_MS;
    return day;
  };
}
