import { z } from 'zod';
import { judgeCounted } from '../../../pipeline/counted.js';
import { benchOf, judgeSent, notesOn } from '../../../pipeline/judge.js';
import { htmlToText } from '../../../text/html.js';
import type { Span } from '../../../text/span.js';
import { hasVisible } from '../../../text/visible.js';
import { readAs } from '../../../wire/read-as.js';
import { checkContentType, mostBytes, parseBody, readBytes } from '../../body.js';
import type { AppDeps } from '../../deps.js';
import { Problem } from '../../problem.js';
import { quotaExceeded, rateLimitFields } from '../../rate-limit-fields.js';
import { type Answer, type Route, sendJson } from '../../route.js';
import { problemResponse, type VerdictBody } from '../../schemas.js';
import { type CoralAnswer, toCoralAnswer, toCoralLimit } from './answer.js';
import { isSignedByCoral } from './signature.js';

/**
 * POST /coral: an external moderation phase of Coral. Coral takes every answer but 2xx for no opinion and lets the
 * comment go on, so what cannot be judged (too long, over a limit) gets an answer that holds it.
 */
export function coralRoutes(deps: AppDeps): Route[] {
  const { config, limiter } = deps;
  const limit = mostBytes(config.maxCommentChars);

  function checkSignature(header: string | string[] | undefined, body: Uint8Array): void {
    if (config.coralSecrets === undefined) {
      // Without any key the service is on loopback only, and asks for none.
      if (config.apiKeys === undefined) return;
      throw new Problem(403, 'This route needs the signing secret of the phase: set CORAL_SECRETS to it.');
    }
    if (typeof header === 'string' && isSignedByCoral(header, body, config.coralSecrets)) return;
    throw new Problem(401, 'X-Coral-Signature is not that of this body with one of CORAL_SECRETS.', {
      headers: { 'WWW-Authenticate': 'X-Coral-Signature' },
    });
  }

  function hold(answer: Answer): void {
    const status = config.coralStatuses.review;
    give(answer, status === 'NO_OPINION' ? undefined : { status }, { refused: 'size' });
  }

  function tell(
    answer: Answer,
    verdict: VerdictBody,
    toHtml: (span: Span) => Span,
    headers?: Readonly<Record<string, string>>,
  ): void {
    give(answer, toCoralAnswer(verdict, config, toHtml), notesOn(verdict), headers);
  }

  return [
    {
      method: 'post',
      path: '/coral',
      open: true,
      description: {
        summary: 'Judge a comment for Coral',
        description:
          'An external moderation phase: set this address as its callback URL. The body is signed in X-Coral-Signature. Its HTML is judged as text; the comment counts against the limits of its author unless it is an edit. A comment that is too long is held as if it were for review.',
        request: { body: { required: true, content: { 'application/json': { schema: CoralRequest } } } },
        responses: {
          200: {
            description: 'What is to become of the comment.',
            content: { 'application/json': { schema: CoralResponse } },
          },
          204: { description: 'No opinion: Coral goes on.', content: {} },
          400: problemResponse('The body is no JSON, or its fields cannot be used.'),
          401: problemResponse('The signature is missing or wrong.'),
          403: problemResponse('The service has keys, but no secret of Coral.'),
        },
      },
      async handle(request, answer) {
        checkContentType(request, ['application/json']);
        const bytes = await readBytes(request, limit).catch((error: unknown) => {
          if (error instanceof Problem && error.status === 413) return undefined;
          throw error;
        });
        if (!bytes) return hold(answer);
        checkSignature(request.headers['x-coral-signature'], bytes);
        const sent = readAs(CoralRequest, parseBody(bytes, 'body'), 'body');
        const { text, toHtml } = htmlToText(sent.comment.body);
        // Coral has comments of stars or a picture alone.
        if (!hasVisible(text)) return give(answer, undefined, {});
        if (text.length > config.maxCommentChars) return hold(answer);
        // The rules are taken before anything is waited for: limits and rules of one edit.
        const bench = benchOf(deps);
        const judged = { text, context: { url: sent.story?.url } };
        if (sent.action === 'EDIT') return tell(answer, judgeSent(judged, 'coral', bench), toHtml);
        const user = { id: `coral:${sent.author.id}` };
        const { admission, verdict } = await judgeCounted(judged, user, 'coral', bench, limiter);
        const headers = rateLimitFields(admission.standings);
        if (verdict) return tell(answer, verdict, toHtml, headers);
        const { 'Retry-After': seconds = '1' } = quotaExceeded(admission).extras.headers ?? {};
        give(answer, toCoralLimit(seconds, config), { refused: 'limit' }, headers);
      },
    },
  ];
}

function give(
  answer: Answer,
  body: CoralAnswer | undefined,
  notes: Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
): void {
  answer.locals.notes = notes;
  if (body) sendJson(answer, body, { headers });
  else answer.writeHead(204, headers).end();
}

/** What Stet needs of what Coral sends; the rest is passed over. */
const CoralRequest = z
  .object(
    {
      action: z.enum(['NEW', 'EDIT'], 'must be NEW or EDIT').optional(),
      comment: z.object(
        { body: z.string('must be a string').meta({ description: 'HTML or plain text.' }) },
        'must be an object like {"body": "..."}',
      ),
      author: z.object(
        { id: z.string('must be a string').min(1, 'must not be empty') },
        'must be an object like {"id": "..."}',
      ),
      story: z.object({ url: z.string().optional() }).optional(),
    },
    'must be an object like {"comment": {"body": "..."}, "author": {"id": "..."}}',
  )
  .meta({
    id: 'CoralRequest',
    example: {
      action: 'NEW',
      comment: { body: '<p>You are an idiot.</p>', parentID: null },
      author: { id: 'baf4e943', role: 'COMMENTER' },
      story: { id: '245b3856', url: 'https://news.example/world/article1.ece' },
      site: { id: 'a4bede88' },
      tenantID: '19ba5794',
      tenantDomain: 'comments.news.example',
    },
  });

/** What Coral is answered, for the description of the API. */
const CoralResponse = z
  .object({
    status: z.string().optional().meta({ description: 'Ends the moderation by Coral.' }),
    actions: z
      .array(z.object({ actionType: z.literal('FLAG'), reason: z.string() }))
      .optional()
      .meta({ description: 'Flags for the moderators.' }),
    moderationAction: z
      .object({
        status: z.literal('REJECTED'),
        rejectionReason: z.object({
          code: z.string(),
          detailedExplanation: z.string(),
          customReason: z.string().optional(),
        }),
      })
      .optional()
      .meta({ description: 'Why it was rejected, and what the commenter is told.' }),
    reasons: z
      .array(
        z.object({
          rule: z.string(),
          score: z.number(),
          spans: z.array(z.object({ start: z.int(), end: z.int() })).meta({
            description: 'The words at fault: UTF-16 offsets into the body as it was sent.',
          }),
          note: z.string().optional(),
        }),
      )
      .optional()
      .meta({ description: 'The rules that fired; Coral passes them over.' }),
  })
  .meta({
    id: 'CoralResponse',
    example: {
      status: 'REJECTED',
      actions: [{ actionType: 'FLAG', reason: 'COMMENT_DETECTED_TOXIC' }],
      moderationAction: {
        status: 'REJECTED',
        rejectionReason: {
          code: 'HARASSMENT_BULLYING',
          detailedExplanation: 'Please discuss the article, not the people who read or write it.',
        },
      },
    },
  });
