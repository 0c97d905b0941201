import type { Mistake } from '../../guidelines/guidelines.js';
import { toDay } from '../../moderation/day.js';
import { PREVIEW_BOUNDS, PreviewThread } from '../../threads/preview/preview-thread.js';
import { readPreviewRequest } from '../../threads/preview/read-request.js';
import { ThreadRefusal } from '../../threads/refusal.js';
import { commentSchemas } from '../../wire/comment.js';
import { MOST_FAULTS, WireError } from '../../wire/faults.js';
import { toPointer } from '../../wire/pointer.js';
import { PreviewBody, previewRequest } from '../../wire/preview.js';
import { checkContentType, readBytes } from '../body.js';
import type { AppDeps } from '../deps.js';
import { type FieldError, Problem } from '../problem.js';
import { type Route, sendBytes, siteOf } from '../route.js';
import { problemResponse } from '../schemas.js';
import { isSoonParsed } from '../visits.js';

/** Longest body, in bytes: the draft of a whole folder beside some hundred comments. */
const MOST_BYTES = 2_000_000;

/** POST /v1/rules/preview. */
export function previewRoutes({ settings, pipeline, detectorModules, lanes }: AppDeps): Route[] {
  const schema = previewRequest(commentSchemas(settings.maxCommentChars).comment);
  // The lane says who may be under way: the thread takes all that it lets in.
  const thread = new PreviewThread({ ...PREVIEW_BOUNDS, mostAtOnce: lanes.placesIn('preview') });
  return [
    {
      method: 'post',
      path: '/v1/rules/preview',
      role: 'edit',
      lane: 'preview',
      description: {
        summary: 'Try a draft of the rules',
        description:
          'What a draft of rule files would change for these comments against the rules in force. Nothing is saved, and nothing counts against a limit. Previews are made one at a time, beside the judging of comments.',
        request: { body: { required: true, content: { 'application/json': { schema } } } },
        responses: {
          200: {
            description: 'What becomes of each comment, before and after.',
            content: { 'application/json': { schema: PreviewBody } },
          },
          400: problemResponse('The body is no JSON, or its fields cannot be used.'),
          413: problemResponse('The body is too large.'),
          415: problemResponse('The body is not JSON in UTF-8, or is compressed.'),
          422: problemResponse('The draft has mistakes: each is told with its file, line and column.'),
          503: problemResponse(
            'Too many previews are waiting, or this one took too long; or the service is about to stop.',
          ),
        },
      },
      async handle(request, answer) {
        checkContentType(request, ['application/json']);
        const bytes = await readBytes(request, MOST_BYTES);
        const { ruleset, files } = siteOf(answer).inForce().guidelines;
        const outcome = await thread
          .run({
            version: ruleset.version,
            files,
            sent: isSoonParsed(bytes)
              ? { kind: 'read', ...readPreviewRequest(bytes, schema) }
              : { kind: 'unread', bytes, maxCommentChars: settings.maxCommentChars },
            detectorModules,
            today: toDay(pipeline.clock()),
          })
          .catch(refuse);
        if (outcome.kind === 'bad-body') {
          throw new WireError(outcome.fault, outcome.message, outcome.faults, outcome.more);
        }
        if (outcome.kind === 'bad-draft') throw badDraft(outcome.mistakes, new Set(outcome.drafted));
        answer.locals.notes = { comments: outcome.comments, changed: outcome.changed };
        sendBytes(answer, outcome.body, { type: 'application/json' });
      },
    },
  ];
}

/** Tells each mistake twice over: for a program by where it stands in the body, for an editor by its place in the file. */
function badDraft(mistakes: readonly Mistake[], drafted: ReadonlySet<string>): Problem {
  const errors: FieldError[] = mistakes.map(({ file, line, column, message }) => ({
    pointer: toPointer(drafted.has(file) ? ['files', file] : ['files']),
    detail: `${file}:${line}:${column}: ${message}`,
    file,
    line,
    column,
    message,
  }));
  const count = errors.length === 1 ? 'one mistake' : `${errors.length} mistakes`;
  const where = errors.length > MOST_FAULTS ? `errors names the first ${MOST_FAULTS}` : 'see errors';
  return new Problem('draft-invalid', `The draft has ${count}: ${where}.`, { errors });
}

/** Soon, for previews take seconds. */
const RETRY_AFTER_S = 5;

function refuse(error: unknown): never {
  if (!(error instanceof ThreadRefusal)) throw error;
  if (error.reason === 'too-costly') throw new Problem('preview-too-costly', error.message);
  throw new Problem('preview-busy', error.message, { headers: { 'Retry-After': String(RETRY_AFTER_S) } });
}
