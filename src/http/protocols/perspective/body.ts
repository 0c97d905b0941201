import type { Request } from 'express';
import JSON5 from 'json5';
import { WireError } from '../../../wire/faults.js';
import { readJson } from '../../../wire/read-json.js';
import { checkContentType, readBytes } from '../../body.js';

/** Longer bodies were written by a program, which writes JSON; and to read loosely takes a hundred times as long. */
const LONGEST_LOOSE = 16 * 1024;

/**
 * Reads a body as Google's APIs do: names may stand without quotation marks and a comma may stand last, as in
 * Perspective's own examples for curl, and the type may be left out, as in its example for Python. Any other type is
 * refused: what a web page can send to other sites without asking has one.
 * @throws as `readJsonBody` does
 */
export async function readLooseJson(request: Request, limit: number): Promise<unknown> {
  if (request.headers['content-type'] !== undefined) checkContentType(request, ['application/json']);
  const bytes = await readBytes(request, limit);
  try {
    return readJson(bytes, 'body');
  } catch (error) {
    if (!(error instanceof WireError) || bytes.length > LONGEST_LOOSE) throw error;
    const loose = parseLoosely(bytes);
    if (loose === undefined) throw error;
    return loose;
  }
}

/**
 * Writes line and paragraph separators in strings as escapes, for the parser complains of each on standard error; one
 * that a backslash makes a continued line goes. Outside of strings they are no JSON and are refused.
 */
function withoutSeparators(text: string): string {
  return text.replace(/\\[\s\S]|[\u2028\u2029]/g, (found) => {
    if (/^[\u2028\u2029]/.test(found)) return found === '\u2028' ? '\\u2028' : '\\u2029';
    return /[\u2028\u2029]/.test(found) ? '' : found;
  });
}

function parseLoosely(bytes: Uint8Array): unknown {
  try {
    return JSON5.parse(withoutSeparators(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    // The complaint about it as JSON says more.
    return undefined;
  }
}
