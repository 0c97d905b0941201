import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { benchOf, judgeSent } from '../../pipeline/judge.js';
import { type Line, splitLines } from '../../wire/ndjson.js';
import { readAs } from '../../wire/read-as.js';
import { checkContentType, mostBytes, parseBody } from '../body.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../problem.js';
import type { Answer, Route } from '../route.js';
import { BatchLine, problemResponse, requestSchemas } from '../schemas.js';

/** A batch lets others have their turn after so long, in milliseconds. */
const SLICE_MS = 4;

const NDJSON = 'application/x-ndjson';

/** POST /v1/comments/batch. */
export function batchRoutes(deps: AppDeps): Route[] {
  const { config } = deps;
  const { comment } = requestSchemas(config.maxCommentChars);
  const longestLine = mostBytes(config.maxCommentChars);

  /** Judges one line; what is wrong with it becomes a problem with its number. */
  function answerLine({ number, bytes }: Line): { readonly outcome: Outcome; readonly body: object } {
    try {
      if (!bytes) throw new Problem(413, `The line must be at most ${longestLine} bytes.`);
      const sent = readAs(comment, parseBody(bytes, 'line'), 'line');
      const body = judgeSent(sent, 'batch', benchOf(deps));
      return { outcome: body.verdict, body };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { outcome: 'refused', body: { ...error.toJSON(), line: number } };
    }
  }

  /** Answers lines in order. What it yields at once is what a chunk has of them, or what a slice of time allows. */
  async function* answerLines(chunks: AsyncIterable<Uint8Array>, answer: Answer): AsyncGenerator<string> {
    const counts: Record<Outcome, number> = { approve: 0, review: 0, reject: 0, refused: 0 };
    answer.locals.notes = { lines: counts };
    let sliceStart = performance.now();
    for await (const lines of splitLines(chunks, longestLine)) {
      let out = '';
      for (const line of lines) {
        const { outcome, body } = answerLine(line);
        counts[outcome] += 1;
        out += `${JSON.stringify(body)}\n`;
        if (performance.now() - sliceStart < SLICE_MS) continue;
        yield out;
        out = '';
        await setImmediate();
        sliceStart = performance.now();
      }
      if (out !== '') yield out;
    }
  }

  return [
    {
      method: 'post',
      path: '/v1/comments/batch',
      description: {
        summary: 'Judge many comments',
        description:
          'One comment a line in, one verdict a line out, in the same order, while the lines come in: read the answer while you send. A line that cannot be used gets a problem with its number, and the rest goes on. Blank lines are passed over. No limits apply and no user is needed. Needs a key: without API_KEYS it is refused.',
        request: {
          body: {
            required: true,
            content: {
              [NDJSON]: { schema: comment },
            },
          },
        },
        responses: {
          200: {
            description: 'One line for each line that was sent, but for blank ones.',
            content: { [NDJSON]: { schema: BatchLine } },
          },
          403: problemResponse('The service has no keys.'),
          415: problemResponse('The body is not newline-delimited JSON, or is compressed.'),
        },
      },
      async handle(request, answer) {
        if (config.apiKeys === undefined) {
          throw new Problem(
            403,
            'This route needs a key: start the service with API_KEYS set, and send one of them.',
          );
        }
        checkContentType(request, [NDJSON, 'application/ndjson']);
        answer.writeHead(200, { 'Content-Type': NDJSON });
        answer.flushHeaders();
        await pipeline(request, (chunks: AsyncIterable<Uint8Array>) => answerLines(chunks, answer), answer);
      },
    },
  ];
}

type Outcome = 'approve' | 'review' | 'reject' | 'refused';
