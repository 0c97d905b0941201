import { z } from 'zod';

// Shapes of the answers of OpenAI's moderation API, from its API reference, where every category is named. Fields
// beside these are allowed, as its clients allow them.

const of = <Schema extends z.ZodType>(both: Schema, text: z.ZodType = both) =>
  z.strictObject({
    harassment: text,
    'harassment/threatening': text,
    hate: text,
    'hate/threatening': text,
    illicit: text,
    'illicit/violent': text,
    'self-harm': both,
    'self-harm/instructions': both,
    'self-harm/intent': both,
    sexual: both,
    'sexual/minors': text,
    violence: both,
    'violence/graphic': both,
  });

export const ModerationShape = z.strictObject({
  id: z.string().regex(/^modr-/),
  model: z.string().min(1),
  results: z.array(
    z.looseObject({
      flagged: z.boolean(),
      categories: of(z.boolean()),
      category_scores: of(z.number().min(0).max(1)),
      category_applied_input_types: of(z.array(z.enum(['text', 'image'])), z.array(z.literal('text'))),
    }),
  ),
});

export const ErrorShape = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    type: z.string().min(1),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});
