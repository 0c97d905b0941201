import { isUtf8 } from 'node:buffer';
import { WireError } from './faults.js';
import { JsonError, parseJson } from './json.js';

/**
 * Reads bytes as JSON in UTF-8. A byte order mark is passed over. What nests more than 100 levels deep is refused before
 * it is parsed: that takes ten times as long as to parse other texts of the length.
 * @param what for messages: `body`, `line`
 * @throws WireError
 */
export function readJson(bytes: Uint8Array, what: string): unknown {
  if (bytes.length === 0) throw new WireError('empty', `The ${what} is empty; it must be a JSON object.`);
  if (!isUtf8(bytes)) throw new WireError('not-utf8', `The ${what} is not UTF-8.`);
  if (nestsDeeper(bytes, DEEPEST)) {
    throw new WireError('invalid-fields', `The ${what} nests too deep.`, [
      { pointer: '', detail: `must nest at most ${DEEPEST} levels deep` },
    ]);
  }
  try {
    return parseJson(UTF8.decode(bytes));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new WireError('not-json', `The ${what} is not JSON: ${error.message}.`);
  }
}

/** Nothing that is read here nests a tenth as deep. */
const DEEPEST = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Of the codes of brackets and braces, one bit tells which is which. */
const BRACE_BIT = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Whether brackets outside of strings are open at more than so many levels anywhere. */
function nestsDeeper(bytes: Uint8Array, most: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) {
      if (byte === BACKSLASH) i += 1;
    } else if ((byte | BRACE_BIT) === OPEN) {
      depth += 1;
      if (depth > most) return true;
    } else if ((byte | BRACE_BIT) === CLOSE) depth -= 1;
  }
  return false;
}

/** Passes over a byte order mark. */
const UTF8 = new TextDecoder();
