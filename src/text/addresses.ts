import { TAG } from './address-signs.js';
import { isAbbreviation } from './sentences.js';
import { type Span, within } from './span.js';
import { isKnownWord } from './tagger.js';

/** What kind of address it is; a `spelled-link` has words for its signs: "example dot com". */
export type AddressKind = 'link' | 'spelled-link' | 'email' | 'handle' | 'hashtag';

/** An address in a text. */
export interface Address extends Span {
  readonly kind: AddressKind;
}

/** A link or an e-mail address. */
export interface Link extends Address {
  /** In small letters, without `www.`. */
  readonly host: string;
  /** How sure it is a link, 0 to 1. */
  readonly score: number;
}

/** Endings of sites that are no English words. */
const ENDINGS =
  'com|org|net|edu|gov|mil|int|info|biz|xyz|app|dev|blog|tk|ml|cf|gq|cc|tv|ly|io|gl|gg|co|eu|uk|ca|au|nz|de|fr|es|nl|ch|se|dk|pl|ru|cn|jp|kr|br|za|ng|ke|lk|pk|bd|np|sg|my|ae|qa|ir|il';
/** Endings that are words too, so that "I agree.in part" is a slip of the pen. */
const WORDLIKE_ENDINGS =
  'in|me|us|it|is|to|so|be|no|at|am|my|news|live|world|today|online|shop|site|club|top|store|space|life';
const LABEL = '[A-Za-z0-9][A-Za-z0-9-]{0,62}';
/** Not in the middle of a word, a path or an address. */
const BEFORE = String.raw`(?<![\w@./\\-])`;
const AFTER = String.raw`(?![\w@-]|\.\w)`;
const PATH = String.raw`(?:(?::\d{1,5})?[/?#]\S*)`;

/** With a scheme, or what stands for one, and with www. */
const FULL = /(?<![a-z])(?:(?:h(?:tt|xx|\*\*)ps?|ftp)\s?:\s?\/\/\s?|www\d?\.(?=[\p{L}\d]))\S+/giu;
const BARE = new RegExp(`${BEFORE}(?:${LABEL}\\.){1,5}(?:${ENDINGS}|COM|ORG|NET)(?:${PATH}|${AFTER})`, 'g');
const WORDLIKE = new RegExp(
  `${BEFORE}((?:${LABEL}\\.){0,4}(${LABEL}))\\.(?:${WORDLIKE_ENDINGS})(${PATH}|${AFTER})`,
  'g',
);
const SPELLED = new RegExp(
  `${BEFORE}(${LABEL})(?:\\s?[([{<]\\s?(?:dot|\\.)\\s?[)\\]}>]\\s?(?:com|org|net|in|info|co)|\\sdot\\s(?:com|org|net|in|info|co)|\\s\\.\\s?(?:com|org|net))\\b${AFTER}`,
  'gi',
);
const EMAIL = new RegExp(`(?<![\\w.+-])[\\w.+-]{1,64}@(?:${LABEL}\\.){1,5}[a-z]{2,24}`, 'gi');
/** None of these matches a text without one of: a scheme's signs, www, a full stop within a word, or one that is spelled out or set apart. */
const MAY_LINK = /:\s?\/\/|www|\.[a-z\d]|dot|[\s([{<]\./i;

/** Words before "dot com" that name no site: "the dot com boom". */
const NO_SITE = new Set(
  'the a an this that these those of in every any each his her new old first big early late s'.split(' '),
);
/** Degrees and names that end like a site. */
const NO_LINK = new Set(['b.com', 'm.com', 'asp.net', 'vb.net', 'paint.net', 'ado.net']);

/**
 * Finds links and e-mail addresses: with http:// or in its disguises (hxxp://), from www. on, bare
 * (example.com/story), and spelled out (example dot com). Not what only looks like one: "etc.The", "U.S.A.",
 * "Node.js", "report.pdf", "agree.in part".
 * @param text folded
 * @returns in order; none overlap
 */
export function findLinks(text: string): Link[] {
  const found: Link[] = [];
  if (!MAY_LINK.test(text)) return found;
  const taken = new Uint8Array(text.length);
  const add = (kind: AddressKind, start: number, written: string, score: number, host = hostOf(written)) => {
    const end = start + withoutClosing(written).length;
    if (taken.subarray(start, end).includes(1) || NO_LINK.has(host)) return;
    taken.fill(1, start, end);
    found.push({ kind, start, end, host, score });
  };
  for (const match of text.matchAll(FULL)) {
    if (/[\p{L}\d]/u.test(hostOf(match[0]))) add('link', match.index, match[0], 1);
  }
  for (const match of text.matchAll(BARE)) add('link', match.index, match[0], 0.95);
  for (const match of text.matchAll(WORDLIKE)) {
    const [written, site = '', label = '', path = ''] = match;
    if (path !== '' || /\.(?:co|org|gov|nic|ac|net)$/.test(site) || isSiteName(label))
      add('link', match.index, written, 0.9);
  }
  for (const match of text.matchAll(SPELLED)) {
    const [written, label = ''] = match;
    if (!NO_SITE.has(label.toLowerCase())) add('spelled-link', match.index, written, 0.8, unspell(written));
  }
  for (const match of text.matchAll(EMAIL)) add('email', match.index, match[0], 0.95);
  return found.sort((a, b) => a.start - b.start);
}

/**
 * Links, e-mail addresses, @names and #tags of a folded text; what is spelled out is words.
 * @param links what `findLinks` finds in the text
 * @returns in order; none overlap
 */
export function findAddresses(text: string, links: readonly Link[] = findLinks(text)): Address[] {
  const addresses: Address[] = links.filter(({ kind }) => kind !== 'spelled-link');
  if (!/[@#]/.test(text)) return addresses;
  const tags = Array.from(text.matchAll(TAGS), toTag);
  const inLink = within(tags, addresses);
  return [...addresses, ...tags.filter((_, i) => !inLink[i])].sort((a, b) => a.start - b.start);
}

/** Those that are written together (`@one@two`) are one. */
const TAGS = new RegExp(`${TAG}(?:[@#][\\p{L}\\p{N}_]+)*`, 'gu');

function toTag({ 0: tag, index }: RegExpExecArray): Address {
  return { kind: tag.startsWith('@') ? 'handle' : 'hashtag', start: index, end: index + tag.length };
}

/** Whether what stands before ".in" is no word or abbreviation that a sentence may have ended with. */
function isSiteName(label: string): boolean {
  return label.length > 2 && !isKnownWord(label) && !isAbbreviation(label);
}

/** "example (dot) com" as example.com. */
function unspell(written: string): string {
  return hostOf(
    written
      .replace(/[\s()[\]{}<>]/g, '')
      .replace(/dot(?=[a-z.]+$)/i, '.')
      .replace(/\.{2,}/g, '.'),
  );
}

const CLOSING = /[\s.,;:!?'")\]}>]/;

function withoutClosing(written: string): string {
  let end = written.length;
  while (end > 0 && CLOSING.test(written.charAt(end - 1))) end -= 1;
  return written.slice(0, end);
}

/** The host of an address with or without a scheme, in small letters and without `www.`; user and port left out. */
export function hostOf(address: string): string {
  const [authority = ''] = address.replace(/^[a-z*]+\s?:\s?\/\/\s?/i, '').split(/[/?#\\\s]/);
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return withoutClosing(host.replace(/:\d*$/, '')).replace(/^www\d?\./, '');
}
