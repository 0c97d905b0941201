import { JsonError, parseJson } from '../http/json.js';
import { Problem } from '../http/problem.js';
import { readAs } from '../http/read-as.js';
import { requestSchemas, type SentComment } from '../http/schemas.js';

/** The longest text of a comment in a file, in UTF-16 units: a file may hold what the service would refuse. */
const LONGEST = 100_000;

const { comment } = requestSchemas(LONGEST);

/** One line of a file of comments. */
export type CommentLine =
  | { readonly ok: true; readonly comment: SentComment }
  | { readonly ok: false; readonly mistake: string };

/** Reads a line as POST /v1/comments reads a body. */
export function readLine(line: string): CommentLine {
  try {
    return { ok: true, comment: readAs(comment, parseJson(line), 'line') };
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, mistake: `not JSON: ${error.message}` };
    if (!(error instanceof Problem)) throw error;
    const fields = error.extras.errors?.map(({ pointer, detail }) => `${pointer || 'the line'} ${detail}`);
    return { ok: false, mistake: fields?.join('; ') ?? error.detail };
  }
}
