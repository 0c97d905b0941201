import fc from 'fast-check';
import type { z } from 'zod';
import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import type { Detector, Finding } from '../../src/detectors/detector.js';
import { UNCOUNTED } from '../../src/detectors/detector.js';
import type { Lists } from '../../src/matching/phrase.js';
import { PhraseIndex } from '../../src/matching/phrase-index.js';

/** A detector with its options set as from a rule file, ready to be asked about texts. */
export function prepared<Schema extends z.ZodObject>(
  detector: Detector<Schema>,
  options: z.input<Schema>,
  lists: Lists = new Map(),
): (text: string) => Finding {
  const ready = detector.prepare(detector.options.parse(options), lists);
  const index = new PhraseIndex();
  const group = index.add(ready.phrases ?? [], lists);
  return (text) => {
    const comment = new Comment(text);
    return ready.detect(comment, comment.hits(index)[group] ?? [], readLinear(comment), UNCOUNTED);
  };
}

/** From this score on a rule fires unless its file says otherwise. */
export const FIRES = 0.5;

/** The words of the text that a finding names. */
export function namedBy(finding: Finding, text: string): string[] {
  return finding.spans.map(({ start, end }) => text.slice(start, end));
}

/** Any text: plain words, and every kind of sign that may trip a reader of them. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'I',
          'agree',
          'U',
          'u',
          'n',
          '2',
          "don't",
          'whats',
          "'",
          '"',
          '.',
          '...',
          '!',
          '?',
          ',',
          '-',
          '(',
          ')',
          ':',
        ],
        ...[
          ' ',
          ' ',
          ' ',
          '  ',
          '\n',
          '\t',
          '\r\n',
          '\u00a0',
          '\u200b',
          '\u0301',
          '\ud800',
          '😀',
          'ﬁ',
          'ß',
          'İ',
          'यह',
        ],
        ...['http://', 'www.', 'example.com', '@me', 'STOP', 'Mr.', 'U.S.', 'looooool', '$', '<3'],
      ),
      { maxLength: 60 },
    )
    .map((pieces) => pieces.join('')),
);

/** Asserts what must hold of a detector for every text: a score from 0 to 1, and spans in order within the text. */
export function holdsForAnyText(detect: (text: string) => Finding): void {
  fc.assert(
    fc.property(anyText, (text) => {
      const { score, spans } = detect(text);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      for (const { start, end, score: own = score } of spans) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(own).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
}
