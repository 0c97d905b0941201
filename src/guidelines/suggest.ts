import { distance } from 'fastest-levenshtein';

/** Longer words are no slips of the pen. */
const LONGEST = 40;

/**
 * The candidate that was probably meant: the one that differs least, in at most a third of its letters.
 * @returns none where no candidate is that near
 */
export function nearMiss(word: string, candidates: Iterable<string>): string | undefined {
  const written = word.trim().toLowerCase();
  if (written.length === 0 || written.length > LONGEST) return undefined;
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const most = Math.max(1, Math.floor(Math.max(written.length, candidate.length) / 3));
    if (Math.abs(written.length - candidate.length) > Math.min(most, least)) continue;
    const found = distance(written, candidate.toLowerCase());
    if (found <= most && found < least) {
      nearest = candidate;
      least = found;
    }
  }
  return nearest;
}

const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `reject, review or flag`. */
export function anyOf(words: readonly string[]): string {
  return OR.format(words);
}

/** Characters that do not show, or look like a plain space. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const LONGEST_SHOWN = 60;

/** A text as a message may show it: cut to 60 characters, on one line, with what does not show spelled out. */
export function shown(text: string): string {
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1).toWellFormed()}…` : text;
  return cut.replace(UNSEEN, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    return `\\u{${char.codePointAt(0)?.toString(16) ?? ''}}`;
  });
}
