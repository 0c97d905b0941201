/** A text that is no JSON. Its message says where, what would be right there and what was read. */
export class JsonError extends Error {
  override name = 'JsonError';
}

/**
 * Parses JSON.
 * @throws JsonError; the engine's own message names no place in half of the cases
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = findFault(text, FURTHEST);
    if (!(error instanceof SyntaxError) || !fault) throw error;
    const before = text.slice(0, fault.at).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new JsonError(
      fault.expected === undefined
        ? `somewhere after ${place}, for no fault was found before`
        : `${place}: expected ${fault.expected}; got ${show(text, fault.at)}`,
    );
  }
}

/** Where a text stops being JSON. */
interface Fault {
  /** In UTF-16 units. */
  readonly at: number;
  /** Undefined: up to there all is well, and further on it was not looked. */
  readonly expected: string | undefined;
}

/** To find a fault takes some ten times as long as to parse; a body of a comment is shorter. In UTF-16 units. */
const FURTHEST = 256 * 1024;

const EXPECTED = {
  value: 'a value',
  valueOrEnd: 'a value or ]',
  key: 'a name in double quotes',
  keyOrEnd: 'a name in double quotes or }',
  colon: 'a colon',
  commaInArray: 'a comma or ]',
  commaInObject: 'a comma or }',
  end: 'nothing more',
} as const;
type State = keyof typeof EXPECTED;

const SIGNS = new Set('[]{},:"');
const SPACE = /[\t\n\r ]*/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
/** What stands for itself in a string: all but control characters, quotation mark and backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/**
 * Finds the first place where a text is no JSON (RFC 8259). Linear in its length, and without recursion: nesting
 * may be deep.
 * @param furthest where to give up, in UTF-16 units
 * @returns nothing for a text that is JSON
 */
export function findFault(text: string, furthest = Number.POSITIVE_INFINITY): Fault | undefined {
  const open: ('[' | '{')[] = [];
  let state: State = 'value';
  let at = 0;
  for (;;) {
    at = skip(SPACE, text, at);
    const sign = text.charAt(at);
    if (sign === '' && state === 'end') return undefined;
    if (at > furthest) return { at: furthest, expected: undefined };
    const isSign = SIGNS.has(sign);
    const end = isSign ? at + 1 : skip(SCALAR, text, at);
    const next = step(state, isSign ? sign : end > at ? 'scalar' : '', open);
    if (!next) return { at, expected: EXPECTED[state] };
    if (sign === '"') {
      const string = readString(text, at, furthest);
      if ('expected' in string) return string;
      at = string.end;
    } else {
      at = end;
    }
    state = next;
  }
}

/** What may come after a token; nothing where the token may not stand. Keeps `open`, the brackets not yet closed. */
function step(state: State, kind: string, open: ('[' | '{')[]): State | undefined {
  const isValue = state === 'value' || state === 'valueOrEnd';
  if (kind === '[' && isValue) {
    open.push('[');
    return 'valueOrEnd';
  }
  if (kind === '{' && isValue) {
    open.push('{');
    return 'keyOrEnd';
  }
  if (
    (kind === ']' && (state === 'valueOrEnd' || state === 'commaInArray')) ||
    (kind === '}' && (state === 'keyOrEnd' || state === 'commaInObject'))
  ) {
    open.pop();
    return afterValue(open);
  }
  if ((kind === '"' || kind === 'scalar') && isValue) return afterValue(open);
  if (kind === '"' && (state === 'key' || state === 'keyOrEnd')) return 'colon';
  if (kind === ':' && state === 'colon') return 'value';
  if (kind === ',' && state === 'commaInArray') return 'value';
  if (kind === ',' && state === 'commaInObject') return 'key';
  return undefined;
}

function afterValue(open: readonly ('[' | '{')[]): State {
  const inner = open.at(-1);
  if (inner === undefined) return 'end';
  return inner === '[' ? 'commaInArray' : 'commaInObject';
}

function readString(text: string, start: number, furthest: number): { readonly end: number } | Fault {
  let at = start + 1;
  for (;;) {
    at = skip(PLAIN, text, at);
    if (text[at] === '"') return { end: at + 1 };
    if (at > furthest) return { at: furthest, expected: undefined };
    if (text[at] !== '\\') return { at, expected: 'the rest of a string and its closing quotation mark' };
    const end = skip(ESCAPE, text, at);
    if (end === at) return { at, expected: 'an escape such as \\n, \\" or \\u00e9' };
    at = end;
  }
}

/** Where a match of `pattern` (sticky) at `at` ends; `at` where it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function show(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (at >= text.length) return 'the end';
  if (char === '\u00a0') return 'a no-break space';
  if (/[\p{C}\p{Z}]/u.test(char))
    return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return char;
}
