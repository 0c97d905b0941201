import { type CST, Lexer, Parser } from 'yaml';
import type { InSteps } from '../steps.js';

/** More than any rule needs. The composer takes stack for each level, and a stack that runs out can end the process. */
export const DEEPEST = 20;
/** More pieces (words, signs, spaces) than a file of 1 MB that anybody wrote has: each takes some 300 bytes while it is read. */
export const MOST_PIECES = 600_000;
/** So many pieces are read in some milliseconds. */
const PIECES_A_STEP = 1000;

/** The tokens of a text. What reading it to its end would take must not exhaust the memory. */
export interface Tokens {
  readonly tokens: readonly CST.Token[];
  /** Where the piece stands that is one too many; undefined where none is. */
  readonly tooMany?: number;
}

/** Takes a text apart into nested tokens, so far as it is not nested much too deep. */
export function* tokensOf(text: string): InSteps<Tokens> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const settled = new Map<CST.Token, number>();
  let pieces = 0;
  let open = 0;
  for (const piece of new Lexer().lex(text)) {
    const offset = parser.offset;
    tokens.push(...parser.next(piece));
    pieces += 1;
    if (pieces % PIECES_A_STEP === 0) {
      settle(parser.stack, settled);
      yield;
    }
    if (piece === '[' || piece === '{') open += 1;
    else if (piece === ']' || piece === '}') open = Math.max(0, open - 1);
    // Where it is too deep is told of the tokens; what lies deeper still is not read for it.
    if (open > 2 * DEEPEST) break;
    if (pieces > MOST_PIECES) return { tokens, tooMany: offset };
  }
  tokens.push(...parser.end());
  return { tokens };
}

/**
 * Gives the entries of lists in brackets that are still being read the form that they have in the end: the parser takes
 * each for a key until its list is whole, and would then go over all in one step. The last entry is still in its hands.
 * @param settled how many entries of a list have that form; added to
 */
function settle(stack: readonly CST.Token[], settled: Map<CST.Token, number>): void {
  for (const token of stack) {
    if (token.type !== 'flow-collection' || token.start.type !== 'flow-seq-start') continue;
    const { items } = token;
    for (let i = settled.get(token) ?? 0; i < items.length - 1; i++) {
      const item = items[i];
      if (item) items[i] = inTheEnd(item);
    }
    settled.set(token, Math.max(0, items.length - 1));
  }
}

function inTheEnd(item: CST.CollectionItem): CST.CollectionItem {
  const { start, key, sep, value } = item;
  const isPair =
    start.some(({ type }) => type === 'explicit-key-ind') ||
    sep?.some(({ type }) => type === 'map-value-ind');
  if (!sep || value || isPair) return item;
  if (!key) return { start: [...start, ...sep] };
  if (!isFlow(key)) return { start: [...start, ...sep], value: key };
  if (key.end) key.end.push(...sep);
  else key.end = sep;
  return { start, value: key };
}

function isFlow(token: CST.Token): token is CST.FlowScalar | CST.FlowCollection {
  return FLOW.has(token.type);
}

const FLOW: ReadonlySet<CST.Token['type']> = new Set([
  'alias',
  'scalar',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'flow-collection',
] as const);
