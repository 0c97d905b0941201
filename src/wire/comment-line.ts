import { z } from 'zod';
import { commentSchemas, type SentComment } from './comment.js';
import { WireError } from './faults.js';
import { JsonError, parseJson } from './json.js';
import { readAs } from './read-as.js';

/** The longest text of a comment in a file, in UTF-16 units: a file may hold what the service would refuse. */
export const LONGEST = 100_000;

const { comment } = commentSchemas(LONGEST);

const decidedComment = comment.extend({
  decision: z.enum(['approve', 'reject'], 'must be "approve" or "reject"').nullish(),
});

/** A comment with what a moderator made of it, where one has. */
export type DecidedComment = z.infer<typeof decidedComment>;

/** One line of a file of comments. */
export type CommentLine<Sent = SentComment> =
  | { readonly ok: true; readonly comment: Sent }
  | { readonly ok: false; readonly mistake: string };

/** Reads a line as POST /v1/comments reads a body. */
export function readLine(line: string): CommentLine {
  return read(line, comment);
}

/** Reads a line as POST /v1/comments reads a body, with the moderator's `decision`. */
export function readDecidedLine(line: string): CommentLine<DecidedComment> {
  return read(line, decidedComment);
}

function read<Schema extends z.ZodType>(line: string, schema: Schema): CommentLine<z.infer<Schema>> {
  try {
    return { ok: true, comment: readAs(schema, parseJson(line), 'line') };
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, mistake: `not JSON: ${error.message}` };
    if (!(error instanceof WireError)) throw error;
    const fields = error.faults.map(({ pointer, detail }) => `${pointer || 'the line'} ${detail}`);
    return { ok: false, mistake: fields.join('; ') || error.message };
  }
}
