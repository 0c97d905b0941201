import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { sourceSpan } from '../text/fold.js';
import { splitSentences } from '../text/sentences.js';
import { type Detector, type Finding, NOTHING } from './detector.js';

const options = z
  .strictObject({
    minLetters: z
      .int()
      .min(1)
      .default(25)
      .describe('How many letters a comment must have. Shorter ones ("i agree") are let be.'),
    despiteNames: z
      .boolean()
      .default(false)
      .describe(
        'Whether capitals within sentences, as in names (Modi, BJP), do not help where every sentence starts with a small letter.',
      ),
  })
  .describe('Fires on comments without capitals.');
type Options = z.infer<typeof options>;

/** Comments without capitals: none at all or, if the editor wants, none where a sentence starts. */
export const lowerCase: Detector<typeof options> = {
  name: 'lower-case',
  options,
  prepare: (options) => ({ detect: (comment) => detect(comment, options) }),
};

const SMALL = /\p{Ll}/gu;
const CAPITAL = /\p{Lu}/u;
const LETTER = /^\p{L}/u;
const LARGE_PRONOUN = /(?<![\p{L}.])I(?![\p{L}.])/u;

function detect(comment: Comment, { minLetters, despiteNames }: Options): Finding {
  const { folded } = comment;
  const text = withoutAddresses(comment);
  const hasCapital = CAPITAL.test(text);
  if (hasCapital && !despiteNames) return NOTHING;
  const letters = text.match(SMALL)?.length ?? 0;
  if (letters < minLetters) return NOTHING;
  if (hasCapital && !startsSmall(text)) return NOTHING;
  const start = text.search(/\S/);
  return {
    score: hasCapital ? 0.8 : 1,
    spans: [sourceSpan(folded, start, text.trimEnd().length)],
    note: hasCapital ? 'no sentence starts with a capital' : 'no capital letter',
  };
}

/** Spaces in the place of addresses and @names; #tags are the commenter's own words. */
function withoutAddresses({ folded, addresses }: Comment): string {
  let text = '';
  let at = 0;
  for (const { kind, start, end } of addresses) {
    if (kind === 'hashtag') continue;
    text += folded.text.slice(at, start) + ' '.repeat(end - start);
    at = end;
  }
  return text + folded.text.slice(at);
}

/** Whether every sentence that starts with a letter starts with a small one, and no "I" is written large. */
function startsSmall(text: string): boolean {
  if (LARGE_PRONOUN.test(text)) return false;
  return splitSentences(text)
    .flatMap((sentence) => sentence.find((piece) => LETTER.test(piece.text)) ?? [])
    .every((piece) => !CAPITAL.test(piece.text.charAt(0)));
}
