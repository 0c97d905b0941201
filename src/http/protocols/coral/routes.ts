import type { Request } from 'express';
import { z } from 'zod';
import { isLoopback } from '../../../settings/loopback.js';
import { checkLengths, checkSites } from '../../../sites/keys.js';
import type { Site } from '../../../sites/site.js';
import { htmlToText } from '../../../text/html.js';
import { hasVisible } from '../../../text/visible.js';
import { mostBytes } from '../../../wire/comment.js';
import { readAs } from '../../../wire/read-as.js';
import { readJson } from '../../../wire/read-json.js';
import { checkContentType, readBytes } from '../../body.js';
import type { AppDeps } from '../../deps.js';
import { notesOn } from '../../notes.js';
import { Problem } from '../../problem.js';
import { rateLimitFields, waitOf } from '../../rate-limit-fields.js';
import { type Answer, type Route, sendJson } from '../../route.js';
import { problemResponse } from '../../schemas.js';
import { turnOf, turnToRead } from '../../visits.js';
import { type CoralAnswer, toCoralAnswer, toCoralLimit } from './answer.js';
import type { CoralSettings } from './settings.js';
import { signerOf } from './signature.js';

/**
 * POST /coral: an external moderation phase of Coral. Coral takes every answer but 2xx for no opinion and lets the
 * comment go on, so what cannot be judged (too long, over a limit) gets an answer that holds it.
 */
export function coralRoutes(deps: AppDeps, settings: CoralSettings): Route[] {
  const { maxCommentChars } = deps.settings;
  const limit = mostBytes(maxCommentChars);
  const { secrets, statuses } = settings;
  if (secrets) {
    checkSites(
      secrets,
      deps.sites.all.map(({ name }) => name),
      'CORAL_SECRETS',
    );
    if (!isLoopback(deps.settings.host)) checkLengths(secrets, 'CORAL_SECRETS');
  }

  /** The site whose secret has signed the body. */
  function signedBy(request: Request, body: Uint8Array): Site {
    if (secrets === undefined) {
      // Without any key the service is on loopback only, and asks for none.
      if (deps.keys() === undefined) return deps.sites.of(undefined);
      throw new Problem(
        'keys-not-configured',
        'This route needs the signing secret of the phase: set CORAL_SECRETS to it.',
      );
    }
    const header = request.headers['x-coral-signature'];
    const signer = typeof header === 'string' ? signerOf(header, body, secrets) : undefined;
    if (signer) return deps.sites.of(signer.site);
    const invalid = new Problem(
      'signature-invalid',
      'X-Coral-Signature is not that of this body with one of CORAL_SECRETS.',
      { headers: { 'WWW-Authenticate': 'X-Coral-Signature' } },
    );
    throw deps.wrongKeys.answer(request.socket.remoteAddress, invalid);
  }

  function hold(answer: Answer): void {
    const status = statuses.review;
    give(answer, status === 'NO_OPINION' ? undefined : { status }, { refused: 'size' });
  }

  return [
    {
      method: 'post',
      path: '/coral',
      lane: 'live',
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
        const bytes = await readBytes(request, limit, turnToRead(deps.lanes, request, answer)).catch(
          (error: unknown) => {
            if (error instanceof Problem && error.status === 413) return undefined;
            throw error;
          },
        );
        if (!bytes) return hold(answer);
        const site = signedBy(request, bytes).now();
        const sent = readAs(CoralRequest, readJson(bytes, 'body'), 'body');
        const { text, toHtml } = htmlToText(sent.comment.body);
        // Coral has comments of stars or a picture alone.
        if (!hasVisible(text)) return give(answer, undefined, {});
        if (text.length > maxCommentChars) return hold(answer);
        const isEdit = sent.action === 'EDIT';
        const outcome = await deps.pipeline.walk({
          site,
          source: 'coral',
          turn: turnOf(answer, `coral ${site.name}`),
          text,
          context: { url: sent.story?.url },
          user: isEdit ? undefined : { id: `coral:${sent.author.id}` },
        });
        const headers = outcome.admission && rateLimitFields(outcome.admission.standings);
        if (outcome.kind === 'judged') {
          const { judgement } = outcome;
          return give(
            answer,
            toCoralAnswer(judgement.verdict, settings, toHtml),
            notesOn(judgement),
            headers,
          );
        }
        give(answer, toCoralLimit(waitOf(outcome.admission), settings), { refused: 'limit' }, headers);
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
  .looseObject(
    {
      action: z.enum(['NEW', 'EDIT'], 'must be NEW or EDIT').optional(),
      comment: z.looseObject(
        { body: z.string('must be a string').meta({ description: 'HTML or plain text.' }) },
        'must be an object like {"body": "..."}',
      ),
      author: z.looseObject(
        { id: z.string('must be a string').min(1, 'must not be empty') },
        'must be an object like {"id": "..."}',
      ),
      story: z.looseObject({ url: z.string().optional() }).optional(),
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
