import { distance } from 'fastest-levenshtein';

/** Longer words are no slips of the pen. */
const LONGEST = 40;

/**
 * The candidate that was probably meant: the one that differs least, in at most a third of its letters (two
 * neighbours in the wrong order count as one), or else the only one of whose name it is a part, as `case` of
 * `lower-case`.
 * @returns none where there is no such candidate
 */
export function nearMiss(word: string, candidates: Iterable<string>): string | undefined {
  const written = word.trim().toLowerCase();
  if (written.length === 0 || written.length > LONGEST) return undefined;
  let nearest: string | undefined;
  let least = Infinity;
  const all = [...candidates];
  for (const candidate of all) {
    const most = Math.max(1, Math.floor(Math.max(written.length, candidate.length) / 3));
    if (Math.abs(written.length - candidate.length) > Math.min(most, least)) continue;
    const found = differences(written, candidate.toLowerCase());
    if (found <= most && found < least) {
      nearest = candidate;
      least = found;
    }
  }
  if (nearest !== undefined) return nearest;
  const [longer, another] = all.filter((candidate) => candidate.split('-').includes(written));
  return another === undefined ? longer : undefined;
}

function differences(written: string, right: string): number {
  if (written.length === right.length) {
    const at = [...written].findIndex((char, i) => char !== right[i]);
    const swapped =
      written.slice(0, at) + written.charAt(at + 1) + written.charAt(at) + written.slice(at + 2);
    if (at !== -1 && swapped === right) return 1;
  }
  return distance(written, right);
}

const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `reject, review or flag`. */
export function anyOf(words: readonly string[]): string {
  return OR.format(words);
}

/** Characters that do not show, or look like a plain space. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const LONGEST_SHOWN = 60;
/** What word processors put beside signs, and web pages between words: the one of these that people meet. */
const NO_BREAK_SPACE = '\u00a0';

/** A text as a message may show it: cut to 60 characters, on one line, with what does not show spelled out. */
export function shown(text: string): string {
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1).toWellFormed()}…` : text;
  return cut.replace(UNSEEN, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    if (char === NO_BREAK_SPACE) return '‹a no-break space›';
    return `\\u{${char.codePointAt(0)?.toString(16) ?? ''}}`;
  });
}
