import { judgeCounted } from '../../pipeline/counted.js';
import { benchOf, judgeSent, notesOn } from '../../pipeline/judge.js';
import { readAs } from '../../wire/read-as.js';
import { mostBytes, readJson } from '../body.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { quotaExceeded, rateLimitFields } from '../rate-limit-fields.js';
import { type Answer, type Route, sendJson } from '../route.js';
import { CommentQuery, problemResponse, requestSchemas, VerdictBody } from '../schemas.js';

/** POST /v1/comments. */
export function commentRoutes(deps: AppDeps): Route[] {
  const { config, limiter } = deps;
  const schemas = requestSchemas(config.maxCommentChars);
  const limit = mostBytes(config.maxCommentChars);

  return [
    {
      method: 'post',
      path: '/v1/comments',
      description: {
        summary: 'Judge a comment',
        description:
          'One comment in, one verdict out. The comment counts against the limits of its user. Fields that are not listed are passed over.',
        request: {
          query: CommentQuery,
          body: { required: true, content: { 'application/json': { schema: schemas.usersComment } } },
        },
        responses: {
          200: {
            description: 'The verdict.',
            headers: RATE_LIMIT_HEADERS,
            content: { 'application/json': { schema: VerdictBody } },
          },
          400: problemResponse('The body is no JSON, or its fields cannot be used.'),
          413: problemResponse('The body is too large.'),
          415: problemResponse('The body is not JSON in UTF-8, or is compressed.'),
          429: {
            ...problemResponse('The user has used up a limit; the comment was not judged.'),
            headers: {
              ...RATE_LIMIT_HEADERS,
              'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
      async handle(request, answer) {
        const isDryRun = readDryRun(request.query);
        const body = await readJson(request, limit);
        if (isDryRun) {
          return give(answer, judgeSent(readAs(schemas.comment, body, 'body'), 'dry-run', benchOf(deps)));
        }
        const comment = readAs(schemas.usersComment, body, 'body');
        // The rules are taken before anything is waited for: limits and rules of one edit.
        const { user } = comment;
        const { admission, verdict } = await judgeCounted(comment, user, 'comment', benchOf(deps), limiter);
        if (!verdict) throw quotaExceeded(admission);
        give(
          answer,
          {
            ...verdict,
            ...(admission.degraded && { degraded: ['limiter'] }),
            ...(!admission.tierIsKnown && { warnings: [unknownTier(user.tier)] }),
          },
          rateLimitFields(admission.standings),
        );
      },
    },
  ];
}

const RATE_LIMIT_HEADERS = {
  'RateLimit-Policy': {
    description: 'The limits of the user: q comments in w seconds. Not with dryRun.',
    schema: { type: 'string' as const },
    example: '"burst";q=5;w=60, "daily";q=60;w=86400',
  },
  RateLimit: {
    description: 'What is left of them: r comments, until all are back in t seconds. Not with dryRun.',
    schema: { type: 'string' as const },
    example: '"burst";r=3;t=41, "daily";r=58;t=86359',
  },
};

function unknownTier(tier = ''): { readonly pointer: string; readonly detail: string } {
  return {
    pointer: '/user/tier',
    detail: `limits.yaml has no tier "${tier}"; the comment was counted by the tier default.`,
  };
}

function readDryRun(query: unknown): boolean {
  const { success, data } = CommentQuery.safeParse(query);
  if (success) return data.dryRun === 'true';
  throw new Problem(400, 'The query parameter dryRun must be true or false, once.');
}

function give(answer: Answer, body: VerdictBody, headers?: Record<string, string>): void {
  answer.locals.notes = notesOn(body);
  sendJson(answer, body, { headers });
}
