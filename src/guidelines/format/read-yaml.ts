import {
  Composer,
  CST,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
  type YAMLError,
} from 'yaml';
import type { Place } from '../guidelines.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';
import { inPlainWords, UNCLOSED_QUOTE } from '../mistakes/syntax-mistakes.js';
import { type Located, YamlSource } from './yaml-source.js';

/** More than any rule needs. The composer takes stack for each level, and a stack that runs out can end the process. */
const DEEPEST = 20;
/** More keys in one map than any rule needs. Each unknown one is compared with each that is known. */
const MOST_KEYS = 1000;
/** More pieces (words, signs, spaces) than a file of 1 MB that anybody wrote has: each takes some 300 bytes while it is read. */
const MOST_PIECES = 600_000;
/** So many pieces are read in some milliseconds. */
const PIECES_A_STEP = 1000;
/** After a slip of syntax the parser loses its way, so that later errors say less and less. */
const MOST_SYNTAX_ERRORS = 20;

/**
 * Reads a YAML 1.2 file (core schema, one document, all keys texts; no anchors, aliases or tags).
 * @param text without a byte order mark
 * @returns none where it cannot be read, which is told
 */
export function readYaml(file: string, text: string, report: Report): YamlSource | undefined {
  const steps = readYamlInSteps(file, text, report);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `readYaml`, in steps between which a service that runs can answer requests. */
export function* readYamlInSteps(
  file: string,
  text: string,
  report: Report,
): Generator<undefined, YamlSource | undefined> {
  const lines = linesOf(text);
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line, column: col };
  };
  const { tokens, tooMuch } = yield* tokensOf(text);
  if (tooMuch) {
    report.mistake(at(tooMuch.offset), tooMuch.message, 'syntax');
    return undefined;
  }
  yield;
  const obstacles = tokens.flatMap((token) => [...obstaclesIn(token)]);
  for (const { offset, message } of obstacles) report.mistake(at(offset), message, 'syntax');
  if (obstacles.length > 0) return undefined;

  yield;
  // Equal keys are looked for below: the composer compares each with each, which takes hours for a large file.
  const composer = new Composer({ schema: 'core', stringKeys: true, uniqueKeys: false });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (!document) return undefined;
  const errors = firstOfEachLine(document.errors, at);
  const quoted = errors.length > 0 ? tokens.flatMap(quotedIn) : [];
  for (const error of errors) {
    const open = quoted.find((one) => isUnclosed(one, error, text));
    const place = at(open?.offset ?? error.pos[0]);
    report.mistake(place, open ? UNCLOSED_QUOTE : inPlainWords(error, text), 'syntax');
    // What comes after it follows from it.
    if (open) break;
  }
  if (second) {
    report.mistake(
      at(second.range[0]),
      'a second document starts here; write each rule in a file of its own',
      'syntax',
    );
  }
  if (errors.length > 0 || second) return undefined;
  return new YamlSource(file, text, locate(document.contents, document.range[0], { at, report }), lines);
}

/** The tokens of a text, or why it is not read to its end: what it would take must not exhaust the memory. */
function* tokensOf(
  text: string,
): Generator<undefined, { readonly tokens: CST.Token[]; readonly tooMuch?: Obstacle }> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let pieces = 0;
  let open = 0;
  for (const piece of new Lexer().lex(text)) {
    const offset = parser.offset;
    tokens.push(...parser.next(piece));
    pieces += 1;
    if (pieces % PIECES_A_STEP === 0) yield;
    if (piece === '[' || piece === '{') open += 1;
    else if (piece === ']' || piece === '}') open = Math.max(0, open - 1);
    // Where it is too deep is told of the tokens; what lies deeper still is not read for it.
    if (open > 2 * DEEPEST) break;
    if (pieces > MOST_PIECES) return { tokens, tooMuch: { offset, message: TOO_MANY_PIECES } };
  }
  tokens.push(...parser.end());
  return { tokens };
}

const TOO_DEEP = `this is nested more than ${DEEPEST} deep; no rule needs that`;
const TOO_MANY_PIECES = `the file has more than ${MOST_PIECES} words and signs; split it in several`;

/** Where lines start. The parser does not tell of all of them once it has lost its way. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}

interface Obstacle {
  readonly offset: number;
  readonly message: string;
}

/** What YAML has and rule files have no use for. Walked with a stack of its own: the file may be nested without end. */
function* obstaclesIn(document: CST.Token): Generator<Obstacle> {
  const open: { token: CST.Token; depth: number }[] = [{ token: document, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (token.type === 'alias') yield obstacle(token.offset, token.source);
    if (token.type === 'document') {
      yield* marksIn(token.start);
      if (token.value) open.push({ token: token.value, depth });
    }
    if (!('items' in token)) continue;
    if (depth >= DEEPEST) {
      yield { offset: token.offset, message: TOO_DEEP };
      return;
    }
    if (isMapToken(token) && token.items.length > MOST_KEYS) {
      yield { offset: token.offset, message: `this has more than ${MOST_KEYS} keys; no rule needs that` };
    }
    for (const { start, sep, key, value } of token.items) {
      yield* marksIn(start);
      yield* marksIn(sep ?? []);
      if (value) open.push({ token: value, depth: depth + 1 });
      if (key) open.push({ token: key, depth: depth + 1 });
    }
  }
}

function isMapToken(token: CST.Token): boolean {
  return (
    token.type === 'block-map' || (token.type === 'flow-collection' && token.start.type === 'flow-map-start')
  );
}

function marksIn(tokens: readonly CST.SourceToken[]): Obstacle[] {
  return tokens
    .filter(({ type }) => type === 'anchor' || type === 'tag')
    .map(({ offset, source }) => obstacle(offset, source));
}

function obstacle(offset: number, source: string): Obstacle {
  const mark = source.slice(0, 1);
  return {
    offset,
    message: `${shown(source)} starts with ${mark}, which has a meaning of its own in YAML; put a text that starts with ${mark} in quotes`,
  };
}

function firstOfEachLine(errors: readonly YAMLError[], at: (offset: number) => Place): YAMLError[] {
  const lines = new Set<number>();
  return errors
    .filter((error, i) => {
      const { line } = at(error.pos[0]);
      // What the parser finds outside of any document follows from the error before.
      if (lines.has(line) || (i > 0 && error.message.includes('in YAML stream'))) return false;
      lines.add(line);
      return true;
    })
    .slice(0, MOST_SYNTAX_ERRORS);
}

/** The texts in quotation marks of a document that is not nested without end. */
function quotedIn(document: CST.Token): CST.FlowScalar[] {
  if (document.type !== 'document') return [];
  const found: CST.FlowScalar[] = [];
  CST.visit(document, ({ key, value }) => {
    for (const token of [key, value]) {
      if (token?.type === 'single-quoted-scalar' || token?.type === 'double-quoted-scalar') found.push(token);
    }
  });
  return found;
}

/** A line that starts as one of a rule file does: `action:`, `- phrases:`. */
const KEY_LINE = /\n[ \t]*(?:-[ \t]+)?[a-z-]+:(?:\s|$)/;

/**
 * Whether an error comes of a quotation mark that is not closed: the parser meets the end of what it may take in, or it
 * takes the opening mark of a later text for the closing one and goes astray right after it.
 */
function isUnclosed({ offset, source }: CST.FlowScalar, { message, pos }: YAMLError, text: string): boolean {
  const end = offset + source.length;
  if (message.startsWith('Missing closing')) return end === pos[0];
  return end <= pos[0] && KEY_LINE.test(source) && !text.slice(end, pos[0]).includes('\n');
}

interface Telling {
  readonly at: (offset: number) => Place;
  readonly report: Report;
}

function locate(node: ParsedNode | null, offset: number, telling: Telling): Located {
  const [start, end] = node?.range ?? [offset, offset];
  if (isSeq(node)) {
    return { kind: 'list', start, end, entries: node.items.map((item) => locate(item, start, telling)) };
  }
  if (!isMap(node)) return { kind: 'scalar', start, end, value: isScalar(node) ? plain(node.value) : null };
  const entries = new Map<string, { key: number; value: Located }>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const [keyStart, keyEnd] = key.range;
    const first = entries.get(name);
    if (first) {
      const line = telling.at(first.key).line;
      telling.report.mistake(
        telling.at(keyStart),
        `"${shown(name)}" stands twice here, first in line ${line}; keep one`,
        'syntax',
      );
    } else {
      entries.set(name, { key: keyStart, value: locate(value, keyEnd, telling) });
    }
  }
  return { kind: 'map', start, end, entries };
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
