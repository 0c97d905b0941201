import { z } from 'zod';
import { type Detector, NOTHING, OptionError } from '../../src/detectors/detector.js';
import { patterns } from '../../src/detectors/patterns.js';
import { phrases } from '../../src/detectors/phrases.js';
import { compileGuidelines } from '../../src/guidelines/compile/compile.js';
import { type Guidelines, RulesError, showMistake } from '../../src/guidelines/guidelines.js';

const loudnessOptions = z.strictObject({
  least: z.number().min(1).default(1),
  sign: z.enum(['exclamation', 'question']).default('exclamation'),
  words: z.array(z.string()).default([]),
});

/** A detector for these tests: how many signs a comment has for each that is enough. */
const loudness: Detector<typeof loudnessOptions> = {
  name: 'loudness',
  options: loudnessOptions,
  prepare: ({ least, sign, words }) => {
    if (least > 50) throw new OptionError('least is over 50, which no comment has', ['least']);
    return {
      phrases: words.map((text) => ({ text, exact: false })),
      detect: ({ text }) => {
        const score = Math.min(1, (text.split(sign === 'question' ? '?' : '!').length - 1) / least);
        return score > 0 ? { score, spans: [], note: 'loud' } : NOTHING;
      },
    };
  },
};

/** The detectors of these tests: few, so that messages which name them all stay short. */
export const TEST_DETECTORS: readonly Detector[] = [phrases, patterns, loudness];

const GOOD_RULE = [
  'id: abuse',
  'guideline: Comments cannot be abusive.',
  'message: Please be kind.',
  'action: reject',
  'when:',
  '  - phrases: [idiot]',
];

/** A small rule file that is right, with some lines, counted from 1, written otherwise, or added from the seventh on. */
export function ruleWith(lines: Readonly<Record<number, string>> = {}): string {
  const written = [...GOOD_RULE];
  for (const [number, line] of Object.entries(lines)) written[Number(number) - 1] = line;
  return `${written.join('\n')}\n`;
}

/** Files by name, compiled. */
export function compile(
  files: Readonly<Record<string, string>>,
  detectors: readonly Detector[] = TEST_DETECTORS,
): Guidelines {
  return compileGuidelines(new Map(Object.entries(files)), detectors);
}

/** The mistakes told of files by name, one a line; none where they compile. */
export function mistakesOf(
  files: Readonly<Record<string, string>>,
  detectors?: readonly Detector[],
): string[] {
  try {
    compile(files, detectors);
    return [];
  } catch (error) {
    if (error instanceof RulesError) return error.mistakes.map(showMistake);
    throw error;
  }
}
