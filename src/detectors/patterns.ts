import { RE2JS, RE2JSException } from 're2js';
import { z } from 'zod';
import { matchesOf } from '../matching/matches.js';
import { entriesOf, type Lists, PhraseError } from '../matching/phrase.js';
import { sourceSpan } from '../text/fold.js';
import { type Detector, type Evidence, NOTHING, OptionError } from './detector.js';

const options = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .describe(
      'A regular expression (RE2: no lookaround, no backreferences), without regard to case; {name} stands for any entry of a list.',
    ),
});

/**
 * With its lists written out, in UTF-16 units: some 5,000 words. A pattern is compiled in one step, which nobody's
 * request gets in between: as long a one takes some 80 ms, and one of a list of 900 KB took as many as 900.
 */
const LONGEST_WRITTEN = 50_000;

/** More matches than this in one comment say nothing new. */
const MOST_MATCHES = 100;

/** A regular expression. RE2 takes time linear in the text, whatever the pattern. */
export const patterns: Detector<typeof options> = {
  name: 'patterns',
  options,
  prepare: ({ pattern }, lists) => {
    const written = insertLists(pattern, lists);
    if (written.length > LONGEST_WRITTEN) {
      throw new OptionError(
        `pattern ${pattern} has ${written.length} characters with its lists written out, and may have ${LONGEST_WRITTEN}; use shorter lists, or look for their words with phrases`,
        ['pattern'],
      );
    }
    const expression = compile(written, pattern);
    return {
      expression: written,
      detect: ({ folded }) => {
        const spans: Evidence[] = [];
        for (const { start, end } of matchesOf(expression, folded.text)) {
          spans.push({ ...sourceSpan(folded, start, end), score: 1 });
          if (spans.length === MOST_MATCHES) break;
        }
        return spans.length > 0 ? { score: 1, spans } : NOTHING;
      },
    };
  },
};

function compile(expression: string, written: string): RE2JS {
  try {
    const compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
    if (compiled.test('')) {
      throw new OptionError(`pattern ${written} matches the empty text, so it would fire on every comment`, [
        'pattern',
      ]);
    }
    return compiled;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new OptionError(`pattern ${written} cannot be used: ${inPlainWords(error.message)}`, ['pattern']);
  }
}

function inPlainWords(message: string): string {
  // The library adds the flag for letter case to what it quotes.
  const bare = message.replace(/^error parsing regexp: /, '').replace('`(?i)', '`');
  return PLAIN_WORDS.find(([theirs]) => theirs.test(bare))?.[1] ?? bare;
}

/** What the library says, and what to write instead. The first that fits counts. */
const PLAIN_WORDS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [
    /\(\?(?:[=!]|<[=!])/,
    'it looks ahead or behind, which cannot be done in linear time; say it with unless instead',
  ],
  [
    /\\[1-9]|\(\?P$|\(\?P=/,
    'it refers back to a group, which cannot be done in linear time; write the words out',
  ],
  [/too large/, 'it would grow too large; write fewer repeats within repeats'],
  [/repeat count/, 'a repeat goes from the smaller number to the larger, 1000 at most, like {2,5}'],
  [/nested repetition/, 'one repeat stands right after another; keep one, or put the first in (?: )'],
  [/missing argument/, 'a repeat has nothing before it; write \\*, \\+ or \\? for the sign itself'],
  [/\)(?:: `|$)/, 'a ( or ) has no partner; close it, or write \\( or \\) for the sign itself'],
  [/missing closing \]/, 'a [ has no partner; close it with ], or write \\[ for the sign itself'],
  [
    /class range/,
    'what stands in [ ] is no class; a range goes up, as in [a-z], and - for itself stands last',
  ],
  [/Perl syntax|named capture/, 'it has a (? that RE2 does not know; write (?: ) for a group'],
  [/escape/, 'a \\ before a letter has a meaning, and this one has none; write \\ before signs only'],
  [/trailing backslash/, 'it ends in a \\; write \\\\ for the sign itself'],
];

const LIST = /\{([a-z][a-z0-9-]*)\}/g;

function insertLists(pattern: string, lists: Lists): string {
  return pattern.replace(LIST, (_, name: string) => {
    try {
      return `(?:${entriesOf([`{${name}}`], lists)
        .sort(longestFirst)
        .map(toExpression)
        .join('|')})`;
    } catch (error) {
      if (error instanceof PhraseError) throw new OptionError(error.message, ['pattern']);
      throw error;
    }
  });
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function toExpression(entry: string): string {
  return entry
    .split(/\s+/)
    .map((word) => (word.endsWith('*') ? `${RE2JS.quote(word.slice(0, -1))}\\w*` : RE2JS.quote(word)))
    .join('\\s+');
}
