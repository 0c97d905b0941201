import { isDraftName } from '../../guidelines/files/overlay.js';
import type { Mistake } from '../../guidelines/guidelines.js';
import { toDay } from '../../moderation/day.js';
import { PREVIEW_BOUNDS, PreviewThread } from '../../threads/preview/preview-thread.js';
import { ThreadRefusal } from '../../threads/refusal.js';
import { commentSchemas } from '../../wire/comment.js';
import { MOST_FAULTS } from '../../wire/faults.js';
import { toPointer } from '../../wire/pointer.js';
import { PreviewBody, previewRequest } from '../../wire/preview.js';
import { readAs } from '../../wire/read-as.js';
import { readJsonBody } from '../body.js';
import type { AppDeps } from '../deps.js';
import { type FieldError, Problem } from '../problem.js';
import { type Route, sendBytes, siteOf } from '../route.js';
import { problemResponse } from '../schemas.js';
import { turnToParse } from '../visits.js';

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
        const { files: draft, comments } = readAs(
          schema,
          await readJsonBody(request, MOST_BYTES, turnToParse(answer)),
          'body',
        );
        checkNames(Object.keys(draft));
        const { ruleset, files } = siteOf(answer).inForce().guidelines;
        const outcome = await thread
          .run({
            version: ruleset.version,
            files,
            draft,
            comments,
            detectorModules,
            today: toDay(pipeline.clock()),
          })
          .catch(refuse);
        if (!outcome.ok) throw badDraft(outcome.mistakes, draft);
        answer.locals.notes = { comments: comments.length, changed: outcome.changed };
        sendBytes(answer, outcome.body, { type: 'application/json' });
      },
    },
  ];
}

function checkNames(names: readonly string[]): void {
  const errors = names
    .filter((name) => !isDraftName(name))
    .map((name) => ({
      pointer: toPointer(['files', name]),
      detail: 'is not named like a rule file or a list; write a name like abuse.yaml or lists/insults.txt',
    }));
  if (errors.length === 0) return;
  throw new Problem(
    'fields-invalid',
    'Not every name under "files" can stand in a rules folder: see errors.',
    { errors },
  );
}

/** Tells each mistake twice over: for a program by where it stands in the body, for an editor by its place in the file. */
function badDraft(mistakes: readonly Mistake[], draft: Readonly<Record<string, unknown>>): Problem {
  const errors: FieldError[] = mistakes.map(({ file, line, column, message }) => ({
    pointer: toPointer(Object.hasOwn(draft, file) ? ['files', file] : ['files']),
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
