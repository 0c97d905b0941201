import type { Judgement } from '../../../pipeline/judgement.js';
import { type Attribute, scoreOf } from '../../../pipeline/scores.js';

/** The categories of OpenAI's moderation API. */
export const CATEGORIES = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const;
export type Category = (typeof CATEGORIES)[number];

/**
 * The categories that Stet judges, each with the ways to be in it; a way is attributes that must be there together.
 * Violence is threats of it and calls for it, not what is told of it.
 */
const WAYS: Readonly<Partial<Record<Category, readonly (readonly Attribute[])[]>>> = {
  harassment: [['insult'], ['threat']],
  'harassment/threatening': [['threat']],
  hate: [['identity-attack']],
  'hate/threatening': [['identity-attack', 'threat']],
  violence: [['threat']],
};

/** A comment is said to be in a category when it scores more than what a person is to look at. */
const FLAGGED_ABOVE = 0.8;

/** What OpenAI's API tells of one text. */
export interface Classification {
  readonly flagged: boolean;
  readonly categories: Readonly<Record<string, boolean>>;
  readonly category_scores: Readonly<Record<string, number>>;
  readonly category_applied_input_types: Readonly<Record<string, 'text'[]>>;
}

/** Sorts a comment into the categories; those that are not judged are false, score 0 and apply to nothing. */
export function classify(judgement: Judgement): Classification {
  const scored = CATEGORIES.map((category) => {
    const ways = WAYS[category] ?? [];
    const each = ways.map((attributes) =>
      Math.min(...attributes.map((attribute) => scoreOf(attribute, judgement))),
    );
    return { category, score: Math.max(0, ...each), isJudged: ways.length > 0 };
  });
  return {
    flagged: scored.some((each) => each.score > FLAGGED_ABOVE),
    categories: toRecord(scored, (each) => each.score > FLAGGED_ABOVE),
    category_scores: toRecord(scored, (each) => each.score),
    category_applied_input_types: toRecord(scored, (each) => (each.isJudged ? ['text'] : [])),
  };
}

function toRecord<Each extends { readonly category: Category }, Value>(
  scored: readonly Each[],
  pick: (each: Each) => Value,
): Record<string, Value> {
  return Object.fromEntries(scored.map((each) => [each.category, pick(each)]));
}
