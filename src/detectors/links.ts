import { z } from 'zod';
import { entriesOf } from '../matching/phrase.js';
import { sourceSpan } from '../text/fold.js';
import { isAbbreviation } from '../text/sentences.js';
import { isKnownWord } from '../text/tagger.js';
import { type Detector, type Evidence, NOTHING, OptionError } from './detector.js';

const options = z
  .strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe(
        'Sites that may be linked to, such as thehindu.com; what stands before that name (www., m.) is allowed with it. A {name} stands for a list.',
      ),
    emails: z.boolean().default(false).describe('Whether e-mail addresses count as links.'),
  })
  .describe('Fires on links.');

/**
 * Links: with http:// or in its disguises (hxxp://), from www. on, bare (example.com/story), and spelled out
 * (example dot com). Not what only looks like one: "etc.The", "U.S.A.", "Node.js", "report.pdf", "agree.in part".
 */
export const links: Detector<typeof options> = {
  name: 'links',
  options,
  prepare: ({ allow, emails }, lists) => {
    const allowed = entriesOf(allow, lists).map(toAllowedHost);
    return {
      detect: ({ folded }) => {
        const spans = findLinks(folded.text, emails)
          .filter(({ host }) => !allowed.some((site) => host === site || host.endsWith(`.${site}`)))
          .map(({ start, end, score }): Evidence => ({ ...sourceSpan(folded, start, end), score }));
        if (spans.length === 0) return NOTHING;
        const score = Math.max(...spans.map((span) => span.score ?? 0));
        return { score, spans, note: spans.length === 1 ? '1 link' : `${spans.length} links` };
      },
    };
  },
};

function toAllowedHost(site: string): string {
  const host = hostOf(site.trim());
  if (host.includes('.')) return host;
  throw new OptionError(`allow: "${site}" is no site; write its name as in an address, like thehindu.com`, [
    'allow',
  ]);
}

interface Link {
  /** Offsets into the text; `end` excluded. */
  readonly start: number;
  readonly end: number;
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

function findLinks(text: string, emails: boolean): Link[] {
  const found: Link[] = [];
  if (!MAY_LINK.test(text)) return found;
  const add = (start: number, written: string, score: number, host = hostOf(written)) => {
    const end = start + withoutClosing(written).length;
    const isTaken = found.some((link) => start < link.end && link.start < end);
    if (!isTaken && !NO_LINK.has(host)) found.push({ start, end, host, score });
  };
  for (const match of text.matchAll(FULL)) {
    if (/[\p{L}\d]/u.test(hostOf(match[0]))) add(match.index, match[0], 1);
  }
  for (const match of text.matchAll(BARE)) add(match.index, match[0], 0.95);
  for (const match of text.matchAll(WORDLIKE)) {
    const [written, site = '', label = '', path = ''] = match;
    if (path !== '' || /\.(?:co|org|gov|nic|ac|net)$/.test(site) || isSiteName(label))
      add(match.index, written, 0.9);
  }
  for (const match of text.matchAll(SPELLED)) {
    const [written, label = ''] = match;
    if (!NO_SITE.has(label.toLowerCase())) add(match.index, written, 0.8, unspell(written));
  }
  if (emails) for (const match of text.matchAll(EMAIL)) add(match.index, match[0], 0.95);
  return found.sort((a, b) => a.start - b.start);
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
function hostOf(address: string): string {
  const [authority = ''] = address.replace(/^[a-z*]+\s?:\s?\/\/\s?/i, '').split(/[/?#\\\s]/);
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return withoutClosing(host.replace(/:\d*$/, '')).replace(/^www\d?\./, '');
}
