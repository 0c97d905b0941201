import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, parseDocument, visit } from 'yaml';
import { fill, HOSTILE } from '../faults/hostile-texts.js';
import { verdictOn } from '../rules/default-rules.js';

/** Each is twice as long as the one before. */
const LENGTHS = [5000, 10_000, 20_000, 40_000];
/** What is eight times as long takes eight times as long where work is linear, and 64 times where it is quadratic. */
const MOST_GROWTH = 24;
/** Less than so much cannot be told from nothing, in milliseconds. */
const LEAST_MS = 0.5;
/** The machine may be busy: the best of so many rounds counts, and what is well within bounds is not tried again. */
const ROUNDS = 8;

/** How many times as long the longest text takes as the shortest. */
function growth(piece: string): number {
  const best = LENGTHS.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, length] of LENGTHS.entries()) {
      const begin = performance.now();
      verdictOn(fill(piece, length));
      best[index] = Math.min(best[index] ?? 0, performance.now() - begin);
    }
    if (round > 0 && ratio(best) < MOST_GROWTH / 2) break;
  }
  return ratio(best);
}

function ratio(times: readonly number[]): number {
  return Math.max(times.at(-1) ?? 0, LEAST_MS) / Math.max(times[0] ?? 0, LEAST_MS);
}

describe('a comment of twice the length takes twice the time by the default rules', () => {
  test.each(HOSTILE)('%s', (_, piece) => {
    expect(growth(piece)).toBeLessThan(MOST_GROWTH);
  });

  test('the words of each pattern, over and over', () => {
    const patterns = patternsOf('rules');
    expect(patterns.length).toBeGreaterThan(10);
    const slow = patterns.filter((pattern) => {
      const words = pattern.replace(/\\\w/g, ' ').match(/[a-z']+/g) ?? [];
      return growth(`${words.join(' ')} `) >= MOST_GROWTH;
    });
    expect(slow).toEqual([]);
  }, 60_000);
});

/** Every `pattern` in the rule files of a folder. */
function patternsOf(folder: string): string[] {
  const patterns: string[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.yaml'))) {
    visit(parseDocument(readFileSync(join(folder, name), 'utf8')), {
      Pair(_, { key, value }) {
        if (isScalar(key) && key.value === 'pattern' && isScalar(value)) patterns.push(String(value.value));
      },
    });
  }
  return patterns;
}
