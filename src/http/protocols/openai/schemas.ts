import { z } from 'zod';
import { hasVisible } from '../../../text/visible.js';
import { VerdictBody } from '../../../wire/verdict.js';
import { CATEGORIES } from './categories.js';

/** As many texts as may be sent at once. */
export const MOST_TEXTS = 32;

/**
 * What POST /v1/moderations is sent. Fields that are not named here are passed over.
 * @param maxCommentChars longest text, in UTF-16 units
 */
export function moderationRequest(maxCommentChars: number) {
  const must = `must be a text of 1 to ${maxCommentChars} characters, one of them visible`;
  const text = z.string(must).max(maxCommentChars, must).refine(hasVisible, must);
  const many = `must be an array of 1 to ${MOST_TEXTS}`;
  const part = z.union(
    [
      z.object({ type: z.literal('text'), text }),
      z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
    ],
    'must be {"type": "text", "text": "..."}',
  );
  return z
    .object(
      {
        input: z
          .union(
            [
              text,
              z.array(text, many).min(1, many).max(MOST_TEXTS, many),
              z.array(part, many).min(1, many).max(MOST_TEXTS, many),
            ],
            `${must}, or an array of 1 to ${MOST_TEXTS} such texts, or of parts like {"type": "text", "text": "..."}`,
          )
          .meta({ description: 'A text, several, or one in parts. Parts that are images are refused.' }),
        model: z.string().max(256).nullish().meta({ description: 'Passed over.' }),
      },
      'must be an object like {"input": "..."}',
    )
    .meta({ id: 'ModerationRequest', example: { input: 'You are an idiot.' } });
}

function eachCategory<Schema extends z.ZodType>(schema: Schema) {
  return z.object(Object.fromEntries(CATEGORIES.map((category) => [category, schema])));
}

/** What it answers. */
export const ModerationBody = z
  .object({
    id: z.string(),
    model: z.string().meta({ description: 'The rules in force: the same name gives the same answers.' }),
    results: z.array(
      z.object({
        flagged: z.boolean().meta({ description: 'Whether any category is true.' }),
        categories: eachCategory(z.boolean()),
        category_scores: eachCategory(z.number().min(0).max(1)),
        category_applied_input_types: eachCategory(z.array(z.literal('text'))),
        stet: VerdictBody.pick({ verdict: true, reasons: true }).meta({
          description: "The verdict by the paper's own guidelines. Not part of OpenAI's protocol.",
        }),
      }),
    ),
  })
  .meta({ id: 'Moderation' });
export type ModerationBody = z.infer<typeof ModerationBody>;

/** How OpenAI's API says no. */
export const OpenAIError = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string().nullable(),
    }),
  })
  .meta({ id: 'OpenAIError' });
export type OpenAIError = z.infer<typeof OpenAIError>;
