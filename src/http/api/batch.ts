import { pipeline as streamThrough } from 'node:stream/promises';
import { z } from 'zod';
import type { Visit } from '../../lanes/lanes.js';
import { AT_ONCE } from '../../pipeline/arrival.js';
import type { Site } from '../../sites/site.js';
import { commentSchemas, mostBytes } from '../../wire/comment.js';
import { WireError } from '../../wire/faults.js';
import { type Line, splitLines } from '../../wire/ndjson.js';
import { readAs } from '../../wire/read-as.js';
import { readJson } from '../../wire/read-json.js';
import { toVerdictBody, VerdictBody } from '../../wire/verdict.js';
import { checkContentType } from '../body.js';
import type { AppDeps } from '../deps.js';
import { Problem, problemOf } from '../problem.js';
import { type Answer, type Route, siteOf } from '../route.js';
import { ProblemDetails, problemResponse } from '../schemas.js';
import { visitOf } from '../visits.js';

/** So many verdicts are sent at once, where as many lines have come: to send each by itself takes as long as to judge it. */
const LINES_AT_ONCE = 64;
/** So many lines are judged in one turn at most: each takes some time, however short it is. */
const LINES_A_TURN = 16;
/**
 * Lines that are judged in one turn have so many bytes together at most, or are one: a turn takes little longer than a
 * comment of that length then, and the event loop need not go round for each short one, which takes a good part of what
 * judging it does.
 */
const BYTES_A_TURN = 1000;
/** To look for the lines of what has come costs a small part of what judging them does. */
const BYTES_A_UNIT = 64;

const NDJSON = 'application/x-ndjson';

/** POST /v1/comments/batch. */
export function batchRoutes(deps: AppDeps): Route[] {
  const { maxCommentChars } = deps.settings;
  const { comment } = commentSchemas(maxCommentChars);
  const longestLine = mostBytes(maxCommentChars);

  /** Judges one line; what is wrong with it becomes a problem with its number. */
  async function answerLine(
    { number, bytes }: Line,
    site: Site,
  ): Promise<{ readonly outcome: Outcome; readonly body: object }> {
    const refuse = (problem: Problem) =>
      ({ outcome: 'refused', body: { ...problem.toJSON(), line: number } }) as const;
    if (!bytes) return refuse(new Problem('too-large', `The line must be at most ${longestLine} bytes.`));
    try {
      const sent = readAs(comment, readJson(bytes, 'line'), 'line');
      const { id, text, context } = sent;
      const judged = await deps.pipeline.judge({
        id,
        text,
        context,
        site: site.now(),
        source: 'batch',
        urgency: 'bulk',
        turn: AT_ONCE,
      });
      return { outcome: judged.verdict.verdict, body: toVerdictBody(judged) };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return refuse(problemOf(error));
    }
  }

  /** Answers lines in order, a few in each turn. What it yields at once is some lines, or all that a chunk has. */
  async function* answerLines(chunks: AsyncIterable<Uint8Array>, answer: Answer): AsyncGenerator<string> {
    const counts: Record<Outcome, number> = { approve: 0, review: 0, reject: 0, refused: 0 };
    const site = siteOf(answer);
    answer.locals.notes = { site: site.name, lines: counts };
    const visit = visitOf(answer);
    for await (const lines of splitLines(inTurn(chunks, visit), longestLine)) {
      let out = '';
      let answered = 0;
      for (const { together, bytes } of turnsOf(lines)) {
        await visit.turn(bytes);
        // Together, so that a classifier in a thread reads them at one time.
        for (const { outcome, body } of await Promise.all(together.map((line) => answerLine(line, site)))) {
          counts[outcome] += 1;
          answered += 1;
          out += `${JSON.stringify(body)}\n`;
        }
        if (answered < LINES_AT_ONCE) continue;
        yield out;
        out = '';
        answered = 0;
      }
      if (out !== '') yield out;
    }
  }

  return [
    {
      method: 'post',
      path: '/v1/comments/batch',
      role: 'batch',
      lane: 'batch',
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
          403: problemResponse('The service has no keys, or this key has not the role batch.'),
          415: problemResponse('The body is not newline-delimited JSON, or is compressed.'),
          503: problemResponse(
            'Too many batches are under way, and no place was free for a while; or the service is about to stop.',
          ),
        },
      },
      async handle(request, answer) {
        if (deps.keys() === undefined) {
          throw new Problem(
            'keys-not-configured',
            'This route needs a key: start the service with API_KEYS set, and send one of them.',
          );
        }
        checkContentType(request, [NDJSON, 'application/ndjson']);
        answer.writeHead(200, { 'Content-Type': NDJSON });
        answer.flushHeaders();
        await streamThrough(
          request,
          (chunks: AsyncIterable<Uint8Array>) => answerLines(chunks, answer),
          answer,
        );
      },
    },
  ];
}

/** Lines in order, parted into those that are judged in one turn. */
function* turnsOf(
  lines: readonly Line[],
): Generator<{ readonly together: readonly Line[]; readonly bytes: number }> {
  let together: Line[] = [];
  let bytes = 0;
  for (const line of lines) {
    const length = line.bytes?.length ?? 0;
    if (together.length === LINES_A_TURN || (together.length > 0 && bytes + length > BYTES_A_TURN)) {
      yield { together, bytes };
      together = [];
      bytes = 0;
    }
    together.push(line);
    bytes += length;
  }
  if (together.length > 0) yield { together, bytes };
}

/** Chunks, each in its turn: one may have thousands of lines in it that nothing is judged of. */
async function* inTurn(chunks: AsyncIterable<Uint8Array>, visit: Visit): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await visit.turn(Math.ceil(chunk.length / BYTES_A_UNIT));
    yield chunk;
  }
}

type Outcome = 'approve' | 'review' | 'reject' | 'refused';

const BatchLine = z
  .union([VerdictBody, ProblemDetails])
  .meta({ id: 'BatchLine', description: 'One line of a batch: a verdict, or what was wrong with the line.' });
