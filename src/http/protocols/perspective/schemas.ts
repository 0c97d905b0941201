import { z } from 'zod';
import { mapOf } from '../../../wire/bounded.js';

/** How many attributes, languages and entries of context a request may name, and how long short texts may be. */
const MOST = 100;
const SHORT = 1000;
/** The longest codes of languages that there are have some 30 letters (RFC 5646). */
const LONGEST_CODE = 100;

const object = 'must be an object';
const shortText = z.string(`must be a text of at most ${SHORT} characters`).max(SHORT).nullish();
const text = z.object({ text: z.string('must be a text').nullish(), type: shortText }, object);
const codes = 'must be an array of codes like "en"';
const languages = z.array(z.string().max(LONGEST_CODE, codes), codes).max(MOST, codes).nullish();
const scoreValue = z.number('must be a number');

/** What is said of attributes, by their names. */
function attributes<Value extends z.ZodType>(value: Value) {
  const must = `must be an object with at most ${MOST} attributes, by names of at most ${SHORT} characters`;
  return mapOf(value, { most: MOST, must, key: z.string().max(SHORT) });
}

const context = z
  .object(
    {
      entries: z.array(text).max(MOST).nullish(),
      articleAndParentComment: z
        .object({ article: text.nullish(), parentComment: text.nullish() }, object)
        .nullish(),
    },
    object,
  )
  .nullish()
  .meta({ description: 'Checked, and passed over.' });

/** What comments:analyze is sent. What has a name of its own among Perspective's errors is checked later. */
export const AnalyzeRequest = z
  .object(
    {
      comment: text.nullish(),
      context,
      requestedAttributes: attributes(
        z.object({ scoreType: shortText, scoreThreshold: scoreValue.nullish() }, object).nullable(),
      ).nullish(),
      spanAnnotations: z.boolean('must be true or false').nullish(),
      languages,
      doNotStore: z
        .boolean('must be true or false')
        .nullish()
        .meta({ description: 'Nothing is stored in either case.' }),
      clientToken: shortText,
      sessionId: shortText,
      communityId: shortText,
    },
    object,
  )
  .meta({
    id: 'AnalyzeRequest',
    example: { comment: { text: 'What kind of idiot name is foo?' }, requestedAttributes: { TOXICITY: {} } },
  });
export type AnalyzeRequest = z.infer<typeof AnalyzeRequest>;

const Score = z.object({ value: z.number().min(0).max(1), type: z.literal('PROBABILITY') });

/** What it answers. */
export const AnalyzeBody = z
  .object({
    attributeScores: z.record(
      z.string(),
      z.object({
        summaryScore: Score,
        spanScores: z.array(z.object({ begin: z.int().min(0), end: z.int().min(0), score: Score })).meta({
          description:
            'The whole comment, or with spanAnnotations each sentence. UTF-16 offsets, end excluded.',
        }),
      }),
    ),
    languages: z.array(z.string()),
    detectedLanguages: z.array(z.string()),
    clientToken: z.string().optional(),
  })
  .meta({ id: 'AnalyzeResponse' });
export type AnalyzeBody = z.infer<typeof AnalyzeBody>;

const SuggestedScore = z.object({ value: scoreValue, type: shortText }, object);

/** What comments:suggestscore is sent. */
export const SuggestRequest = z
  .object(
    {
      comment: text.nullish(),
      context,
      attributeScores: attributes(
        z.object(
          {
            summaryScore: SuggestedScore.nullish(),
            spanScores: z
              .array(
                z.object(
                  { begin: z.int().nullish(), end: z.int().nullish(), score: SuggestedScore.nullish() },
                  object,
                ),
              )
              .max(MOST)
              .nullish(),
          },
          object,
        ),
      ).nullish(),
      languages,
      communityId: shortText,
      clientToken: shortText,
      sessionId: shortText,
    },
    object,
  )
  .meta({
    id: 'SuggestRequest',
    example: {
      comment: { text: 'Get busy living, or get busy dying.' },
      attributeScores: { TOXICITY: { summaryScore: { value: 0 } } },
      communityId: '/forum/movies',
      clientToken: 'comment-53922',
    },
  });
export type SuggestRequest = z.infer<typeof SuggestRequest>;

/** What it answers. */
export const SuggestBody = z.object({ clientToken: z.string().optional() }).meta({ id: 'SuggestResponse' });
export type SuggestBody = z.infer<typeof SuggestBody>;

/** How Google's APIs say no. */
export const PerspectiveError = z
  .object({
    error: z.object({
      code: z.int(),
      message: z.string(),
      status: z.string(),
      details: z.array(z.looseObject({ '@type': z.string() })),
    }),
  })
  .meta({ id: 'PerspectiveError' });
export type PerspectiveError = z.infer<typeof PerspectiveError>;
