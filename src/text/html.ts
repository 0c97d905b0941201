import { QuoteType, Tokenizer } from 'htmlparser2';
import type { Span } from './span.js';

/** HTML as a reader sees it. */
export interface HtmlText {
  readonly text: string;
  /** Where words of the text stand in the HTML: from the first character that they come from to the last. */
  toHtml(span: Span): Span;
}

/** A part of the HTML and what stands for it in the text. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  text: string;
}

/**
 * Reduces HTML to text: tags go, blocks become lines, character references become characters, and the address of a
 * link that its words hide stands before them in brackets. What is not plainly markup stays: a site that shows
 * comments as they are shows `<idiot>` too. Linear in the length, however deep the HTML is nested.
 */
export function htmlToText(html: string): HtmlText {
  const pieces = assemble(html, replacementsOf(html));
  return {
    text: pieces.map(({ text }) => text).join(''),
    toHtml: ({ start, end }) => ({ start: startIn(pieces, start), end: endIn(pieces, end) }),
  };
}

/** Names of the elements that comments are marked up with; any other tag is taken for text. */
const INLINE = new Set(
  'a abbr acronym audio b bdi bdo big cite code data del dfn em embed font i iframe img ins kbd label mark object picture q rp rt ruby s samp script small source span strike strong style sub sup svg time tt u var video wbr'.split(
    ' ',
  ),
);
/** Those that start a line. */
const BLOCKS = new Set(
  'address article aside blockquote body br center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Elements in which browsers read no tags. A site that strips them shows what is left, so here it is read. */
const RAW = /(?<=<\/?)(?:iframe|noembed|noframes|noscript|plaintext|script|style|textarea|title|xmp)/gi;

function replacementsOf(html: string): Replacement[] {
  const found: Replacement[] = [];
  let tag = { name: '', start: 0, hasBareAttribute: false, address: '' };
  let attribute = { isAddress: false, value: '' };
  /** The link that is open, and where its words begin. */
  let link: { readonly tag: Replacement; readonly address: string; readonly from: number } | undefined;

  function replaceTag(name: string, start: number, end: number): Replacement | undefined {
    if (!BLOCKS.has(name) && !INLINE.has(name)) return undefined;
    const replacement = { start, end, text: BLOCKS.has(name) ? '\n' : '' };
    found.push(replacement);
    return replacement;
  }

  function endOpenTag(last: number): void {
    const { name, start, hasBareAttribute, address } = tag;
    // `<b you are an idiot>` is no markup: what has no value is a word.
    if (hasBareAttribute) return;
    const replaced = replaceTag(name, start, last + 1);
    if (!replaced || address === '') return;
    replaced.text = `(${address}) `;
    link = { tag: replaced, address, from: last + 1 };
  }

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        const name = html.slice(start, end).toLowerCase();
        tag = { name, start: start - 1, hasBareAttribute: false, address: '' };
      },
      onattribname(start, end) {
        const isAddress = tag.name === 'a' && html.slice(start, end).toLowerCase() === 'href';
        attribute = { isAddress, value: '' };
      },
      onattribdata(start, end) {
        if (attribute.isAddress) attribute.value += html.slice(start, end);
      },
      onattribentity(codePoint) {
        if (attribute.isAddress) attribute.value += String.fromCodePoint(codePoint);
      },
      onattribend(quote) {
        tag.hasBareAttribute ||= quote === QuoteType.NoValue;
        if (attribute.isAddress && WEB.test(attribute.value)) tag.address = attribute.value.trim();
      },
      onopentagend: endOpenTag,
      onselfclosingtag: endOpenTag,
      onclosetag(start, end) {
        const last = html.indexOf('>', end);
        if (last === -1 || html.slice(end, last).trim() !== '') return;
        const name = html.slice(start, end).toLowerCase();
        if (name === 'a' && link) {
          if (tells(html.slice(link.from, start - 2), link.address)) link.tag.text = '';
          link = undefined;
        }
        replaceTag(name, start - 2, last + 1);
      },
      ontextentity(codePoint, end) {
        const start = html.lastIndexOf('&', end - 1);
        // Some references stand for two characters and are told of twice.
        found.push({ start, end, text: String.fromCodePoint(codePoint) });
      },
      ontext() {},
      oncomment() {},
      oncdata() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(html.replace(RAW, (name) => 'x'.repeat(name.length)));
  tokenizer.end();
  return found;
}

/** Addresses that a link may lead readers to. */
const WEB = /^\s*(?:https?:)?\/\//i;

/** Whether the words of a link, as HTML, tell where it leads. */
function tells(words: string, address: string): boolean {
  return bare(words.replaceAll('&amp;', '&')) === bare(address);
}

/** An address without what people leave out. */
function bare(address: string): string {
  const host = address
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:)?\/\//, '')
    .replace(/^www\./, '');
  return host.endsWith('/') ? host.slice(0, -1) : host;
}

/** A piece of the text: it stands there for a part of the HTML, letter for letter or as a whole. */
interface Piece {
  readonly text: string;
  /** Where it begins in the text. */
  readonly at: number;
  readonly html: Span;
  readonly isVerbatim: boolean;
}

function assemble(html: string, replacements: readonly Replacement[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let from = 0;
  function add(text: string, span: Span, isVerbatim: boolean): void {
    if (text === '') return;
    pieces.push({ text, at, html: span, isVerbatim });
    at += text.length;
  }
  for (const { start, end, text } of replacements) {
    add(html.slice(from, start), { start: from, end: start }, true);
    add(text, { start, end }, false);
    from = end;
  }
  add(html.slice(from), { start: from, end: html.length }, true);
  return pieces;
}

function startIn(pieces: readonly Piece[], offset: number): number {
  const piece = pieceAt(pieces, offset);
  if (!piece) return 0;
  return piece.isVerbatim ? piece.html.start + offset - piece.at : piece.html.start;
}

function endIn(pieces: readonly Piece[], offset: number): number {
  const piece = pieceAt(pieces, Math.max(0, offset - 1));
  if (!piece) return 0;
  return piece.isVerbatim ? piece.html.start + offset - piece.at : piece.html.end;
}

/** The piece that has the character at an offset, the last one for any offset behind the text. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}
