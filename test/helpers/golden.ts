import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** At most so many lines are shown of what has changed. */
const MOST_SHOWN = 20;

/**
 * Compares a text with the golden one in a file, line by line. `GOLDEN=write` writes the file anew.
 * @returns the lines that are gone (`- `) and those that are new (`+ `), a few of them; empty where nothing has changed
 */
export function golden(file: string, text: string): readonly string[] {
  if (process.env.GOLDEN === 'write') writeFileSync(file, text);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before === text) return [];
  const [old, now] = [before.split('\n'), text.split('\n')];
  const changes = [...linesOnlyIn(old, now, '-'), ...linesOnlyIn(now, old, '+')];
  if (changes.length === 0) return ['the same lines in another order'];
  const left = changes.length - MOST_SHOWN;
  return left > 0 ? [...changes.slice(0, MOST_SHOWN), `… and ${left} lines more`] : changes;
}

/** Lines that one text has more often than another. */
function linesOnlyIn(lines: readonly string[], others: readonly string[], sign: string): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.flatMap((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count > 0 ? [] : [`${sign} ${line}`];
  });
}
