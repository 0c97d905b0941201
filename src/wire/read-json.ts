import { isUtf8 } from 'node:buffer';
import { WireError } from './faults.js';
import { JsonError, parseJson } from './json.js';

/**
 * Reads bytes as JSON in UTF-8. A byte order mark is passed over. What nests more than 100 levels deep is refused before
 * it is parsed: that takes ten times as long as to parse other texts of the length. So is what has too many values:
 * texts are parsed twenty times as fast as names are.
 * @param what for messages: `body`, `line`
 * @param mostValues how many names and values there may be. @default 60,000
 * @throws WireError
 */
export function readJson(bytes: Uint8Array, what: string, mostValues = MOST_VALUES): unknown {
  if (bytes.length === 0) throw new WireError('empty', `The ${what} is empty; it must be a JSON object.`);
  if (!isUtf8(bytes)) throw new WireError('not-utf8', `The ${what} is not UTF-8.`);
  const outgrown = outgrows(bytes, mostValues);
  if (outgrown === 'depth') {
    throw new WireError('invalid-fields', `The ${what} nests too deep.`, [
      { pointer: '', detail: `must nest at most ${DEEPEST} levels deep` },
    ]);
  }
  if (outgrown === 'values') {
    throw new WireError('invalid-fields', `The ${what} has too many fields.`, [
      { pointer: '', detail: `must have at most ${mostValues} names and values together` },
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
/** Nothing that is read here has a tenth as many, but for previews; to parse so many takes some ten milliseconds. */
const MOST_VALUES = 60_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
/** Of the codes of brackets and braces, one bit tells which is which. */
const BRACE_BIT = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Which bound a text outgrows first: how many levels of brackets are open, or how many names and values there are, by
 * the colons and commas before them. What stands in strings does not count.
 */
function outgrows(bytes: Uint8Array, mostValues: number): 'depth' | 'values' | undefined {
  let depth = 0;
  let values = 1;
  let isInString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) {
      if (byte === BACKSLASH) i += 1;
    } else if (byte === COMMA || byte === COLON) {
      values += 1;
      if (values > mostValues) return 'values';
    } else if ((byte | BRACE_BIT) === OPEN) {
      depth += 1;
      if (depth > DEEPEST) return 'depth';
    } else if ((byte | BRACE_BIT) === CLOSE) depth -= 1;
  }
  return undefined;
}

/** Passes over a byte order mark. */
const UTF8 = new TextDecoder();
