import { fold } from '../../text/fold.js';
import type { RuleFile } from '../format/schema.js';
import type { YamlSource } from '../format/yaml-source.js';
import type { Report } from '../mistakes/report.js';
import type { InSteps } from '../steps.js';

/**
 * Tells of letters in patterns that no comment has once it is read: marks, look-alikes and typographic signs are
 * folded before a pattern is looked for.
 * @param file a rule file in which nothing is wrong
 */
export function* tellIdlePatterns(file: RuleFile, source: YamlSource, report: Report): InSteps<void> {
  for (const key of ['when', 'unless'] as const) {
    for (const [i, entry] of file[key].entries()) {
      yield;
      const { pattern }: Readonly<Record<string, unknown>> = entry;
      const letter = typeof pattern === 'string' ? firstFolded(pattern) : undefined;
      if (letter === undefined) continue;
      const { text } = fold(letter);
      report.warning(
        source.placeOf([key, i, 'pattern']),
        text === ''
          ? `pattern has ${named(letter)}, which comments are read without; delete it`
          : `pattern has ${named(letter)}, which comments are read without: they have "${text}" in its place; write that`,
        'idle-pattern',
      );
    }
  }
}

function firstFolded(pattern: string): string | undefined {
  return [...pattern].find((char) => char > '\u007f' && fold(char).text !== char);
}

function named(letter: string): string {
  const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{L}\p{P}\p{S}]$/u.test(letter) ? `"${letter}"` : `the character U+${code}`;
}
