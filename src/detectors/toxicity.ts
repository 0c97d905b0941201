import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { AIMED_AT, aimOf, type Target } from '../comment/target.js';
import { featuresOf, LABELS, probability, type TellingWords, tellingWords } from '../model/model.js';
import { shippedModel } from '../model/shipped.js';
import { sourceSpan } from '../text/fold.js';
import type { Span } from '../text/span.js';
import { type Detector, NOTHING } from './detector.js';

const options = z.strictObject({
  label: z
    .enum(LABELS)
    .default('toxicity')
    .describe(
      'What to look for: toxicity (what makes people leave a discussion), profanity, or identity-attack (on a group of people).',
    ),
  at: z
    .array(z.enum(AIMED_AT))
    .optional()
    .describe(
      'At whom the words must be aimed, as for the detector insults; left out, it does not matter. Words aimed at an argument or a policy do not count then.',
    ),
});

/** Below this nobody asks for the words. */
const WORTH_NAMING = 0.2;

/** A trained classifier: abuse without a listed word too. Its score is the probability that readers call it so. */
export const toxicity: Detector<typeof options> = {
  name: 'toxicity',
  options,
  prepare: ({ label, at }) => {
    const head = shippedModel().heads[label];
    return {
      detect: (comment) => {
        const features = featuresOf(comment);
        if (features.buckets.length === 0) return NOTHING;
        const score = probability(head, features);
        if (score < WORTH_NAMING) return { score: at ? 0 : score, spans: [] };
        const words = tellingWords(head, comment);
        const counted = at ? words.filter((each) => isAimed(comment, each, words, at)) : words;
        if (at && counted.length === 0) return NOTHING;
        return { score, spans: counted.map((each) => spanOf(comment, each)) };
      },
    };
  },
};

function isAimed(
  comment: Comment,
  { from, to }: TellingWords,
  all: readonly TellingWords[],
  at: readonly Target[],
): boolean {
  const { target, disowned } = aimOf(comment, from, to, (token) =>
    all.some((other) => other.from <= token && token < other.to),
  );
  return at.includes(target) && !disowned;
}

function spanOf({ tokens, folded }: Comment, { from, to }: TellingWords): Span {
  return sourceSpan(folded, tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
}
