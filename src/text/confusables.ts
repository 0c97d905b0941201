import unhomoglyph from 'unhomoglyph';

/** Look-alikes of Latin letters that Unicode's confusables.txt (which `unhomoglyph` carries) leaves alone. */
const EXTRA = new Map<string, string>(
  Object.entries({
    a: 'ᴀ🅐🅰',
    b: 'ʙ🅑🅱',
    c: 'ᴄ🅒🅲¢',
    d: 'ᴅ🅓🅳',
    e: 'ᴇ🅔🅴€Ꞓ',
    f: 'ꜰ🅕🅵',
    g: 'ɢ🅖🅶',
    h: 'ʜн🅗🅷',
    i: 'ɪ🅘🅸',
    j: 'ᴊ🅙🅹',
    k: 'ᴋкĸ🅚🅺',
    l: 'ʟ🅛🅻',
    m: 'ᴍм🅜🅼',
    n: 'ɴпηи🅝🅽',
    o: 'ᴏ🅞🅾',
    p: 'ᴘ🅟🅿',
    q: '🅠🆀',
    r: 'ʀя🅡🆁',
    s: 'ꜱ🅢🆂',
    t: 'ᴛт🅣🆃',
    u: 'ᴜ🅤🆄',
    v: 'ᴠ🅥🆅',
    w: 'ᴡω🅦🆆',
    x: '🅧🆇',
    y: 'ʏ🅨🆈',
    z: 'ᴢ🅩🆉',
    ss: 'ß',
  }).flatMap(([latin, lookalikes]) => [...lookalikes].map((char) => [char, latin] as const)),
);

const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
const SPACE = /^[\p{Zs}\p{Zl}\p{Zp}]$/u;
const QUOTES = new Map([
  ...[...'‘’‛ʼ′`´'].map((char) => [char, "'"] as const),
  ...[...'“”„‟″«»'].map((char) => [char, '"'] as const),
  ...[...'‐‑‒–—―−'].map((char) => [char, '-'] as const),
  ['…', '...'] as const,
]);

const folds = new Map<string, string>();

/**
 * One character as plain Latin where it only looks like it: marks and invisible characters gone,
 * full-width, mathematical and look-alike letters as ASCII, typographic quotes and dashes as typewriter ones.
 * Letters of other scripts that resemble none stay. Case is kept.
 * @param char one code point, or a lone surrogate (which becomes U+FFFD)
 * @returns zero or more code units
 */
export function foldCharacter(char: string): string {
  let fold = folds.get(char);
  if (fold === undefined) {
    fold = computeFold(char);
    folds.set(char, fold);
  }
  return fold;
}

function computeFold(char: string): string {
  if (!char.isWellFormed()) return '\ufffd';
  if (IGNORABLE.test(char)) return '';
  if (SPACE.test(char)) return ' ';
  const quote = QUOTES.get(char);
  if (quote !== undefined) return quote;
  const bare = char.normalize('NFKD').replace(MARKS, '');
  let fold = '';
  for (const part of bare) {
    if (part <= '\u007f') fold += part;
    else
      fold +=
        QUOTES.get(part) ??
        EXTRA.get(part) ??
        asciiLookalike(part) ??
        EXTRA.get(part.toLowerCase())?.toUpperCase() ??
        part;
  }
  return fold;
}

/** Only a look-alike in ASCII helps: others (и as ᴎ) would trade one foreign letter for another. */
function asciiLookalike(part: string): string | undefined {
  const like = unhomoglyph(part).normalize('NFKD').replace(MARKS, '');
  return /^[\u0020-\u007e]+$/.test(like) ? like : undefined;
}
