import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, parseDocument, visit } from 'yaml';
import { steepTexts } from '../helpers/growth.js';
import { HOSTILE_PIECES, textsOf } from '../helpers/hostile-texts.js';
import { verdictOn } from '../rules/default-rules.js';

/** Longer than the service judges by default, so that what grows shows. */
const LONGEST = 40_000;

describe('a comment of eight times the length takes eight times as long by the default rules', () => {
  test.each(textsOf(HOSTILE_PIECES))('%s', (what, make) => {
    expect(steepTexts(verdictOn, [[what, make]], LONGEST)).toEqual([]);
  });

  test('the words of each pattern, over and over', () => {
    const patterns = patternsOf('rules');
    expect(patterns.length).toBeGreaterThan(10);
    const wordsOf = (pattern: string) => pattern.replace(/\\\w/g, ' ').match(/[a-z']+/g) ?? [];
    const texts = textsOf(patterns.map((pattern) => [pattern, `${wordsOf(pattern).join(' ')} `]));
    expect(steepTexts(verdictOn, texts, LONGEST)).toEqual([]);
  }, 120_000);
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
