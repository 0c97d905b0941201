import { z } from 'zod';

// Shapes of Perspective's answers, from its documentation ("API Methods", "Limits and errors") and, for what stands
// around an error, from Google's API design guide.

const score = z.strictObject({ value: z.number().min(0).max(1), type: z.literal('PROBABILITY') });

export const AnalyzeShape = z.strictObject({
  attributeScores: z.record(
    z.string().regex(/^[A-Z_]+(?:@\w+)?$/),
    z.strictObject({
      summaryScore: score,
      spanScores: z.array(z.strictObject({ begin: z.int().min(0), end: z.int().min(0), score })).optional(),
    }),
  ),
  languages: z.array(z.string()),
  detectedLanguages: z.array(z.string()).optional(),
  clientToken: z.string().optional(),
});

export const SuggestShape = z.strictObject({
  clientToken: z.string().optional(),
  detectedLanguages: z.array(z.string()).optional(),
});

const detail = z.union([
  z.strictObject({
    '@type': z.literal('type.googleapis.com/google.commentanalyzer.v1alpha1.Error'),
    errorType: z.enum([
      'COMMENT_TOO_LONG',
      'COMMENT_EMPTY',
      'NO_REQUESTED_ATTRIBUTES',
      'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
      'LANGUAGE_DETECTION_FAILED',
      'INVALID_REQUEST',
    ]),
    languageNotSupportedByAttributeError: z
      .strictObject({
        attribute: z.string(),
        requestedLanguages: z.array(z.string()).optional(),
        detectedLanguages: z.array(z.string()).optional(),
      })
      .optional(),
  }),
  z.strictObject({
    '@type': z.literal('type.googleapis.com/google.rpc.ErrorInfo'),
    reason: z.string().regex(/^[A-Z0-9_]+$/),
    domain: z.literal('googleapis.com'),
  }),
  z.strictObject({
    '@type': z.literal('type.googleapis.com/google.rpc.RetryInfo'),
    retryDelay: z.string().regex(/^\d+s$/),
  }),
]);

export const ErrorShape = z.strictObject({
  error: z.strictObject({
    code: z.int().min(400).max(599),
    message: z.string().min(1),
    status: z.enum([
      'INVALID_ARGUMENT',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'UNIMPLEMENTED',
      'RESOURCE_EXHAUSTED',
      'INTERNAL',
      'UNAVAILABLE',
    ]),
    details: z.array(detail),
  }),
});
