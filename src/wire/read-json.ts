import { isUtf8 } from 'node:buffer';
import { WireError } from './faults.js';
import { JsonError, parseJson } from './json.js';

/**
 * Reads bytes as JSON in UTF-8. A byte order mark is passed over.
 * @param what for messages: `body`, `line`
 * @throws WireError
 */
export function readJson(bytes: Uint8Array, what: string): unknown {
  if (bytes.length === 0) throw new WireError('empty', `The ${what} is empty; it must be a JSON object.`);
  if (!isUtf8(bytes)) throw new WireError('not-utf8', `The ${what} is not UTF-8.`);
  try {
    return parseJson(UTF8.decode(bytes));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new WireError('not-json', `The ${what} is not JSON: ${error.message}.`);
  }
}

/** Passes over a byte order mark. */
const UTF8 = new TextDecoder();
