import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type ParsedNode,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { InSteps } from '../steps.js';
import type { Located } from './yaml-source.js';

// The parser's library composes a document in one call, which takes some 2 µs a word: requests would wait for it. So
// long lists and maps are composed in groups of their entries, inner ones first, each group as a document of its own,
// and a short stand-in takes their place in what is around them. What comes of it, errors and their order too, is what
// the library says of the document as a whole.

/** Equal keys are told by ourselves: the composer compares each with each, which takes hours for a large file. */
const OPTIONS = { schema: 'core', stringKeys: true, uniqueKeys: false, keepSourceTokens: true } as const;
/** So many keys and values are composed together, in a millisecond or so. */
const TOGETHER = 300;

/** A key that stands in a map more than once: where, and where it stands first. */
export interface RepeatedKey {
  readonly name: string;
  readonly offset: number;
  readonly first: number;
}

/** What a YAML file says. */
export interface ComposedFile {
  readonly root: Located;
  readonly errors: readonly YAMLError[];
  readonly repeatedKeys: readonly RepeatedKey[];
  /** Where a second document starts. */
  readonly second: number | undefined;
}

/**
 * Composes a file of its tokens.
 * @param tokens nested no deeper than the stack allows, without anchors and tags
 * @param length of the file's text, in UTF-16 units
 */
export function* composeInSteps(tokens: readonly CST.Token[], length: number): InSteps<ComposedFile> {
  const parts = new Parts();
  const composer = new Composer(OPTIONS);
  const documents: Document.Parsed[] = [];
  for (const token of tokens) {
    yield;
    const short = token.type === 'document' ? yield* parts.shortened(token) : token;
    documents.push(...composer.next(short));
  }
  documents.push(...composer.end(true, length));
  const [document, second] = documents;
  if (!document) throw new Error('the composer gives a document for any file, and gave none');
  const root = parts.located(document.contents, document.range[0]);
  return {
    root,
    errors: parts.errorsOf(document),
    repeatedKeys: yield* parts.repeatedIn(root),
    second: second?.range[0],
  };
}

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
type Item = CST.CollectionItem;

/** A key of a map with its value. */
interface Keyed {
  readonly name: string;
  readonly key: number;
  readonly value: Located;
}

/** What the entries of a list or map that was composed in groups came to. */
interface Composed {
  readonly entries: Located[];
  readonly keyed: Keyed[];
  readonly errors: YAMLError[];
  /** Where the last entry ends, as the composer counts. */
  end: number;
  /** Where the list or map ends to what follows it, if that is not there: before entries that stand behind its remark. */
  endForNext: number | undefined;
}

/** A value to compose, and how many keys and values it has. */
interface Weighed {
  readonly token: CST.Token;
  readonly weight: number;
}

class Parts {
  readonly #repeated = new Map<Located, readonly RepeatedKey[]>();
  /** By what stands for them: for their entries, and among the errors. */
  readonly #byToken = new Map<CST.Token, Composed>();
  readonly #byMark = new Map<string, Composed>();

  /** The document with a stand-in for all that is long, which is composed. Keys stay whole: none may be long. */
  *shortened(document: CST.Document): InSteps<CST.Document> {
    if (!document.value) return document;
    return { ...document, value: (yield* this.#shortened(document.value)).token };
  }

  *#shortened(token: CST.Token): InSteps<Weighed> {
    if (!isCollection(token)) return { token, weight: 1 };
    const items: Item[] = [];
    const weights: number[] = [];
    let weight = 1;
    for (const item of token.items) {
      const inner = isCollection(item.value) ? yield* this.#shortened(item.value) : undefined;
      items.push(inner ? { ...item, value: inner.token } : item);
      const added = 1 + (inner?.weight ?? 1);
      weights.push(added);
      weight += added;
      if (items.length % TOGETHER === 0) yield;
    }
    const short = withItems(token, items);
    if (weight <= TOGETHER) return { token: short, weight };
    return { token: yield* this.#standIn(short, weights), weight: 2 };
  }

  *#standIn(token: Collection, weights: readonly number[]): InSteps<Collection> {
    const last = token.items.at(-1);
    const remark = token.type !== 'flow-collection' && last && isRemark(last) ? [last] : [];
    const items = remark.length > 0 ? token.items.slice(0, -1) : token.items;
    const composed: Composed = {
      entries: [],
      keyed: [],
      errors: [],
      end: startOf(token),
      endForNext: undefined,
    };
    for (const [from, to] of groupsOf(weights.slice(0, items.length))) {
      this.#compose(
        token,
        items.slice(from, to),
        { isFirst: from === 0, isLast: to === items.length },
        composed,
      );
      yield;
    }
    const mark = `\0${this.#byMark.size}`;
    const standIn = withItems(token, [
      itemOf(token, errorToken(mark, composed.endForNext ?? composed.end)),
      ...remark,
    ]);
    this.#byMark.set(mark, composed);
    this.#byToken.set(standIn, composed);
    return standIn;
  }

  /** Composes some entries of a list or map, and adds what comes of them. */
  #compose(
    token: Collection,
    items: readonly Item[],
    { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
    composed: Composed,
  ): void {
    const before = isPadded(token) && !isFirst ? [itemOf(token, word(composed.end - 1))] : [];
    const after = isPadded(token) && !isLast ? [itemOf(token, word(composed.end), true)] : [];
    const group = groupOf(token, [...before, ...items, ...after], composed.end);
    const [document] = new Composer(OPTIONS).compose([
      { type: 'document', offset: group.offset, start: [], value: group },
    ]);
    if (!document) throw new Error('the composer gives a document for any list, and gave none');
    const { contents: node } = document;
    for (const error of this.errorsOf(document)) composed.errors.push(error);
    const own = <Of>(all: readonly Of[]) => all.slice(before.length, all.length - after.length);
    if (isSeq(node)) composed.entries.push(...own(this.#entriesOf(node)));
    if (isMap(node)) composed.keyed.push(...own(this.#keyedOf(node)));
    composed.end = endOf(node, items.at(-1), after.length) ?? composed.end;
    if (node && node.range[2] < node.range[1]) composed.endForNext = node.range[2];
  }

  /** The errors of a document, those of its parts among them, where the composer would have told them. */
  errorsOf({ errors }: Document.Parsed): YAMLError[] {
    return errors.flatMap((error) => this.#byMark.get(error.message)?.errors ?? [error]);
  }

  /** @param offset where a value stands that is left out */
  located(node: ParsedNode | null, offset: number): Located {
    const [start, end] = node?.range ?? [offset, offset];
    if (isSeq(node)) return { kind: 'list', start, end, entries: this.#entriesOf(node) };
    if (isMap(node)) return this.#mapOf(this.#keyedOf(node), start, end);
    return { kind: 'scalar', start, end, value: isScalar(node) ? plain(node.value) : null };
  }

  #entriesOf(list: YAMLSeq.Parsed): readonly Located[] {
    const composed = list.srcToken && this.#byToken.get(list.srcToken);
    return composed?.entries ?? list.items.map((item) => this.located(item, list.range[0]));
  }

  #keyedOf(map: YAMLMap.Parsed): readonly Keyed[] {
    const composed = map.srcToken && this.#byToken.get(map.srcToken);
    return (
      composed?.keyed ??
      map.items.map(({ key, value }) => {
        const [start, end] = key.range;
        const name = isScalar(key) ? String(key.value) : '';
        return { name, key: start, value: this.located(value, end) };
      })
    );
  }

  #mapOf(keyed: readonly Keyed[], start: number, end: number): Located {
    const entries = new Map<string, { key: number; value: Located }>();
    const repeated: RepeatedKey[] = [];
    for (const { name, key, value } of keyed) {
      const first = entries.get(name);
      if (first) repeated.push({ name, offset: key, first: first.key });
      else entries.set(name, { key, value });
    }
    const map: Located = { kind: 'map', start, end, entries };
    if (repeated.length > 0) this.#repeated.set(map, repeated);
    return map;
  }

  /** The keys that are repeated in a value; what stands under one that is repeated is not looked into. */
  *repeatedIn(root: Located): InSteps<RepeatedKey[]> {
    const found: RepeatedKey[] = [];
    if (this.#repeated.size === 0) return found;
    const open = [root];
    let seen = 0;
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.kind === 'list') for (const entry of next.entries) open.push(entry);
      if (next.kind === 'map') {
        found.push(...(this.#repeated.get(next) ?? []));
        for (const { value } of next.entries.values()) open.push(value);
      }
      seen += 1;
      if (seen % 1000 === 0) yield;
    }
    return found;
  }
}

function isCollection(token: CST.Token | undefined): token is Collection {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection';
}

/** Whether an entry is no more than spaces and remarks, as stand after the last one. */
function isRemark({ start, key, sep, value }: Item): boolean {
  return !key && !sep && !value && start.every(({ type }) => REMARK.has(type));
}

const REMARK: ReadonlySet<CST.Token['type']> = new Set(['space', 'newline', 'comment'] as const);

/** From where to where the groups go, as numbers of entries. */
function groupsOf(weights: readonly number[]): [from: number, to: number][] {
  const groups: [number, number][] = [];
  let from = 0;
  let weight = 0;
  for (const [i, added] of weights.entries()) {
    if (weight > 0 && weight + added > TOGETHER) {
      groups.push([from, i]);
      from = i;
      weight = 0;
    }
    weight += added;
  }
  groups.push([from, weights.length]);
  return groups;
}

/**
 * Whether what is said of an entry depends on whether it is the first or the last one: in brackets, where commas stand
 * between. So a group has a word before it, and one after it, where in truth other entries are.
 */
function isPadded({ type }: Collection): boolean {
  return type === 'flow-collection';
}

/** Where the first entry may start. */
function startOf(token: Collection): number {
  return token.type === 'flow-collection' ? token.offset + token.start.source.length : token.offset;
}

/** A list or map like another, with these entries only. @param offset where what comes before them ends */
function groupOf(token: Collection, items: readonly Item[], offset: number): Collection {
  const group = withItems(token, items);
  if (group.type !== 'flow-collection') return { ...group, offset };
  const end = isBraces(group) ? sign('flow-map-end', '}', offset) : sign('flow-seq-end', ']', offset);
  return { ...group, offset: offset - group.start.source.length, end: [end] };
}

function isBraces(token: CST.FlowCollection): boolean {
  return token.start.source === '{';
}

function withItems(token: Collection, items: readonly Item[]): Collection {
  // The items are those of the token, or like them.
  return { ...token, items: [...items] } as Collection;
}

/** An entry that has a value, which holds in a list or map of this kind. */
function itemOf(token: Collection, value: CST.Token, afterOthers = false): Item {
  const { offset, indent } = token;
  const start = afterOthers ? [sign('comma', ',', offset)] : [];
  if (token.type === 'block-seq') return { start: [sign('seq-item-ind', '-', offset, indent)], value };
  if (token.type === 'flow-collection' && !isBraces(token)) return { start, value };
  return { start, key: word(offset, indent), sep: [sign('map-value-ind', ':', offset)], value };
}

function word(offset: number, indent = 0): CST.FlowScalar {
  return { type: 'scalar', offset, indent, source: 'x' };
}

function sign(type: CST.SourceToken['type'], source: string, offset: number, indent = 0): CST.SourceToken {
  return { type, offset, indent, source };
}

/** The composer tells its message, and takes it for an empty text. */
function errorToken(message: string, offset: number): CST.ErrorToken {
  return { type: 'error', offset, source: '', message };
}

/**
 * Where the last entry of a group ends, as the composer counts, but for words after it: where what is wrong with what
 * follows is told.
 * @param last of the entries that are not such a word
 */
function endOf(node: ParsedNode | null, last: Item | undefined, after: number): number | undefined {
  if (!isMap(node) && !isSeq(node)) return undefined;
  if (!node.flow) return node.range[1];
  if (last && !last.value && !last.sep && !last.key) return endOfSigns(last.start);
  const value: unknown = node.items.at(-1 - after);
  const pair = isMap(value) && value.flow && last?.sep ? value.items[0] : value;
  if (isPair(pair)) {
    const missing = pair.value === null ? endOfSigns(last?.sep ?? []) : undefined;
    const end = isNode(pair.value) ? pair.value : pair.key;
    return missing ?? (isNode(end) ? end.range?.[2] : undefined);
  }
  return isNode(value) ? value.range?.[2] : undefined;
}

function endOfSigns(signs: readonly CST.SourceToken[]): number | undefined {
  const last = signs.at(-1);
  return last && last.offset + last.source.length;
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
