import { type CST, LineCounter, type YAMLError } from 'yaml';
import type { Place } from '../guidelines.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';
import { inPlainWords, UNCLOSED_QUOTE } from '../mistakes/syntax-mistakes.js';
import { finish, forEachInSteps, type InSteps } from '../steps.js';
import { composeInSteps } from './compose.js';
import { DEEPEST, MOST_PIECES, tokensOf } from './tokens.js';
import { valueInSteps, YamlSource } from './yaml-source.js';

/** More keys in one map than any rule needs. Each unknown one is compared with each that is known. */
const MOST_KEYS = 1000;
/** After a slip of syntax the parser loses its way, so that later errors say less and less. */
const MOST_SYNTAX_ERRORS = 20;

/**
 * Reads a YAML 1.2 file (core schema, one document, all keys texts; no anchors, aliases or tags).
 * @param text without a byte order mark
 * @returns none where it cannot be read, which is told
 */
export function readYaml(file: string, text: string, report: Report): YamlSource | undefined {
  return finish(readYamlInSteps(file, text, report));
}

/** As `readYaml`, in steps between which a service that runs can answer requests. */
export function* readYamlInSteps(
  file: string,
  text: string,
  report: Report,
): InSteps<YamlSource | undefined> {
  const lines = yield* linesOf(text);
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line, column: col };
  };
  const { tokens, tooMany } = yield* tokensOf(text);
  if (tooMany !== undefined) {
    report.mistake(at(tooMany), TOO_MANY_PIECES, 'syntax');
    return undefined;
  }
  const obstacles = yield* obstaclesIn(tokens);
  yield* forEachInSteps(obstacles, ({ offset, message }) => report.mistake(at(offset), message, 'syntax'));
  if (obstacles.length > 0) return undefined;

  const { root, errors, repeatedKeys, second } = yield* composeInSteps(tokens, text.length);
  const told = yield* firstOfEachLine(errors, at);
  const quoted = told.length > 0 ? yield* quotedIn(tokens) : [];
  for (const error of told) {
    yield;
    const open = quoted.find((one) => isUnclosed(one, error, at));
    const place = at(open?.offset ?? error.pos[0]);
    report.mistake(place, open ? UNCLOSED_QUOTE : inPlainWords(error, text), 'syntax');
    // What comes after it follows from it.
    if (open) break;
  }
  if (second !== undefined) {
    report.mistake(
      at(second),
      'a second document starts here; write each rule in a file of its own',
      'syntax',
    );
  }
  if (told.length > 0 || second !== undefined) return undefined;
  yield* forEachInSteps(repeatedKeys, ({ name, offset, first }) => {
    report.mistake(
      at(offset),
      `"${shown(name)}" stands twice here, first in line ${at(first).line}; keep one`,
      'syntax',
    );
  });
  return new YamlSource(file, text, { root, value: yield* valueInSteps(root) }, lines);
}

/** Where lines start. The parser does not tell of all of them once it has lost its way. */
function* linesOf(text: string): InSteps<LineCounter> {
  const lines = new LineCounter();
  let start = 0;
  do {
    lines.addNewLine(start);
    if (lines.lineStarts.length % 10_000 === 0) yield;
    start = text.indexOf('\n', start) + 1;
  } while (start > 0);
  return lines;
}

const TOO_DEEP = `this is nested more than ${DEEPEST} deep; no rule needs that`;
const TOO_MANY_PIECES = `the file has more than ${MOST_PIECES} words and signs; split it in several`;

interface Obstacle {
  readonly offset: number;
  readonly message: string;
}

/**
 * What YAML has and rule files have no use for. Walked with a stack of its own: the file may be nested without end, and
 * one that is nested too deep is not looked into further.
 */
function* obstaclesIn(documents: readonly CST.Token[]): InSteps<Obstacle[]> {
  const found: Obstacle[] = [];
  for (const document of documents) {
    const open: { token: CST.Token; depth: number }[] = [{ token: document, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { token, depth } = next;
      if (token.type === 'alias') found.push(obstacle(token.offset, token.source));
      if (token.type === 'document') {
        found.push(...marksIn(token.start));
        if (token.value) open.push({ token: token.value, depth });
      }
      if (!('items' in token)) continue;
      if (depth >= DEEPEST) {
        found.push({ offset: token.offset, message: TOO_DEEP });
        break;
      }
      if (isMapToken(token) && token.items.length > MOST_KEYS) {
        found.push({
          offset: token.offset,
          message: `this has more than ${MOST_KEYS} keys; no rule needs that`,
        });
      }
      yield;
      yield* forEachInSteps(token.items, ({ start, sep, key, value }) => {
        found.push(...marksIn(start), ...marksIn(sep ?? []));
        if (value) open.push({ token: value, depth: depth + 1 });
        if (key) open.push({ token: key, depth: depth + 1 });
      });
    }
    yield;
  }
  return found;
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

function* firstOfEachLine(errors: readonly YAMLError[], at: (offset: number) => Place): InSteps<YAMLError[]> {
  const lines = new Set<number>();
  const found: YAMLError[] = [];
  yield* forEachInSteps(errors, (error, i) => {
    const { line } = at(error.pos[0]);
    // What the parser finds outside of any document follows from the error before.
    if (lines.has(line) || (i > 0 && error.message.includes('in YAML stream'))) return;
    lines.add(line);
    if (found.length < MOST_SYNTAX_ERRORS) found.push(error);
  });
  return found;
}

/** A text in quotation marks. */
interface Quoted {
  readonly offset: number;
  readonly end: number;
  /** Whether it has a line in it that starts as one of a rule file does. */
  readonly hasKeyLine: boolean;
}

/** The texts in quotation marks, as they stand in the file, of documents that are not nested without end. */
function* quotedIn(documents: readonly CST.Token[]): InSteps<Quoted[]> {
  const found: Quoted[] = [];
  let seen = 0;
  for (const document of documents) {
    const open = document.type === 'document' && document.value ? [document.value] : [];
    for (let token = open.pop(); token; token = open.pop()) {
      seen += 1;
      if (seen % 500 === 0) yield;
      if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
        const { offset, source } = token;
        found.push({ offset, end: offset + source.length, hasKeyLine: KEY_LINE.test(source) });
      }
      if (!('items' in token)) continue;
      for (const { key, value } of token.items.toReversed()) {
        if (value) open.push(value);
        if (key) open.push(key);
      }
    }
  }
  return found;
}

/** A line that starts as one of a rule file does: `action:`, `- phrases:`. */
const KEY_LINE = /\n[ \t]*(?:-[ \t]+)?[a-z-]+:(?:\s|$)/;

/**
 * Whether an error comes of a quotation mark that is not closed: the parser meets the end of what it may take in, or it
 * takes the opening mark of a later text for the closing one and goes astray right after it.
 */
function isUnclosed(
  { end, hasKeyLine }: Quoted,
  { message, pos }: YAMLError,
  at: (offset: number) => Place,
): boolean {
  if (message.startsWith('Missing closing')) return end === pos[0];
  return end <= pos[0] && hasKeyLine && at(end).line === at(pos[0]).line;
}
