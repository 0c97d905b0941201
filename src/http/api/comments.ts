import { z } from 'zod';
import type { Judgement } from '../../pipeline/judgement.js';
import { commentSchemas, mostBytes } from '../../wire/comment.js';
import { readAs } from '../../wire/read-as.js';
import { toVerdictBody, VerdictBody } from '../../wire/verdict.js';
import { readJsonBody } from '../body.js';
import type { AppDeps } from '../deps.js';
import { notesOn } from '../notes.js';
import { Problem } from '../problem.js';
import { refuseSlips } from '../query.js';
import { quotaExceeded, rateLimitFields } from '../rate-limit-fields.js';
import { type Answer, type Route, sendJson, siteOf } from '../route.js';
import { problemResponse } from '../schemas.js';
import { turnOf } from '../visits.js';

/** Query of POST /v1/comments. */
const CommentQuery = z.object({
  dryRun: z.enum(['true', 'false'], 'must be true or false').optional().meta({
    description: 'true: judge without counting the comment against its user, who may then be left out.',
  }),
});

/** POST /v1/comments. */
export function commentRoutes(deps: Pick<AppDeps, 'settings' | 'pipeline'>): Route[] {
  const { maxCommentChars } = deps.settings;
  const schemas = commentSchemas(maxCommentChars);
  const limit = mostBytes(maxCommentChars);

  return [
    {
      method: 'post',
      path: '/v1/comments',
      role: 'judge',
      lane: 'live',
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
          400: problemResponse('The body is no JSON, or its fields or a query parameter cannot be used.'),
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
        const turn = turnOf(answer);
        const isDryRun = readDryRun(request.query);
        const body = await readJsonBody(request, limit);
        // The rules are taken before anything is waited for: limits and rules of one edit.
        const site = siteOf(answer).now();
        if (isDryRun) {
          const sent = readAs(schemas.comment, body, 'body');
          return give(answer, await deps.pipeline.judge({ ...sent, site, source: 'dry-run', turn }));
        }
        const sent = readAs(schemas.usersComment, body, 'body');
        const outcome = await deps.pipeline.walk({ ...sent, site, source: 'comment', turn });
        if (outcome.kind === 'refused') throw quotaExceeded(outcome.admission);
        const { judgement, admission } = outcome;
        const warnings = admission?.tierIsKnown === false ? [unknownTier(sent.user.tier)] : [];
        give(answer, judgement, warnings, rateLimitFields(admission?.standings ?? []));
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
  refuseSlips(query, Object.keys(CommentQuery.shape));
  const { success, data } = CommentQuery.safeParse(query);
  if (success) return data.dryRun === 'true';
  throw new Problem('query-invalid', 'The query parameter dryRun must be true or false, once.');
}

function give(
  answer: Answer,
  judgement: Judgement,
  warnings?: VerdictBody['warnings'],
  headers?: Record<string, string>,
): void {
  answer.locals.notes = notesOn(judgement);
  sendJson(answer, toVerdictBody(judgement, warnings), { headers });
}
