/** Pieces of which a text can be made that is meant to cost much, by what is hostile about it. */
export const HOSTILE_PIECES: readonly (readonly [what: string, piece: string])[] = [
  ['one word', 'a'],
  ['combining marks', '\u0301'],
  ['marks on every letter', 'f\u0336u\u0336'],
  ['lone surrogates', '\ud800a'],
  ['zero-width characters', 'f\u200bu\u200b'],
  ['starred words', 'f**k '],
  ['broken words', 'fu ck '],
  ['spelled words', 'f u c k '],
  ['dotted letters', 'a.b.'],
  ['hyphens', '-a'],
  ['insults', 'you idiot '],
  ['insults in a rage', 'you idiot!'],
  ['insults in figures', '1d10t '],
  ['stretched insults', 'idiooooooooot '],
  ['denials', 'you are not an '],
  ['reports', 'he said that '],
  ['quotation marks', '"\''],
  ['words in quotation marks', '"a" '],
  ['quotations without an end', '“a '],
  ['brackets', '('],
  ['links', 'http://a.b/'],
  ['addresses', 'a@b.'],
  ['capitals', 'SHOUTING AT YOU '],
  ['abbreviations', 'u r gr8 '],
  ['full stops', '. '],
  ['line ends', 'a\n'],
  ['another script', 'नमस्ते '],
  ['emoji', '😂👩‍👩‍👧'],
  ['made-up words', 'xqz kjhw '],
  ['names', 'Ravi Kumar '],
  ['prose', 'The talks should start again, and the sooner the better. '],
  ['what a pattern almost matches', 'kill all the the the '],
  ['what a pattern with gaps almost matches', 'they a b c d e f should all all all '],
];

/** Pieces of texts in which, once, each word of abuse was walked to from all the others. */
export const STEEP_PHRASES: readonly string[] = [
  'and ass ',
  'or @ss ',
  'nor ass ',
  'idiot and idiot or ',
  'dolt-or-',
  'what stfu called said ',
];

/** Those, and others of texts over which judging once took a time that grew with the square of their length. */
export const STEEP_PIECES: readonly string[] = [...STEEP_PHRASES, 'ejaculated', '\ufdfa'];

/** Pieces of which HTML can be made that is meant to cost much. */
export const HOSTILE_HTML: readonly (readonly [what: string, piece: string])[] = [
  ['tags that are never closed', '<b>'],
  ['tags that were never opened', '</b>'],
  ['blocks in blocks', '<div><p>'],
  ['tables in tables', '<table><td>'],
  ['links in links', '<a href="https://a.example">'],
  ['links that are closed', '<a href="https://a.example">b</a>'],
  ['ends of links', '</a>'],
  ['ends without an end', '</b '],
  ['brackets', '<'],
  ['ampersands', '&'],
  ['references', '&amp;'],
  ['references that never end', '&aaaaaaaaaa'],
  ['comments', '<!--'],
  ['quotation marks', '<a "'],
  ['attributes', 'x=1 '],
  ['scripts', '<script>'],
  ['drawings', '<svg><p>'],
];

/** What is hostile about a text, and how to make one of so many UTF-16 units. */
export type HostileText = readonly [what: string, make: (length: number) => string];

/** Texts that are meant to cost much where words, sentences, addresses and quotations are looked for. */
export const HOSTILE_TEXTS: readonly HostileText[] = [
  ...textsOf([
    ['one long word', 'a'],
    ['single letters', 'a '],
    ['letters that spell nothing', 'f u c '],
    ['short words', 'kya '],
    ['unknown short words', 'xq zk '],
    ['insults', 'you idiot '],
    ['look-alike letters', 'как '],
    ['another script', 'नमस्ते '],
    ['combining marks', '\u0301'],
    ['lone surrogates', '\ud800'],
    ['emoji', '😀'],
    ['no spaces', 'abc,def.ghi-jkl;'],
    ['signs', '@#'],
    ['exclamation marks', '!'],
    ['links', 'http://a.b/'],
    ['links with spaces', 'http://a.b '],
    ['addresses cut short', 'www.'],
    ['at signs', 'a@b.'],
    ['slashes', 'a/'],
    ['hyphens', 'ab-'],
    ['dashes', 'a - '],
    ['full stops', 'a.'],
    ['stars', 'f*'],
    ['short sentences', 'I! '],
    ['line breaks', 'a\n'],
    ['quotation marks', '"a'],
    ['words in quotation marks', '"kya" '],
    ['apostrophes', "a'"],
    ['brackets', '.)'],
  ]),
  ['a mark on a letter over and over', (length) => `f${'\u0301'.repeat(length - 1)}`],
  ['an address of full stops', (length) => `http://${'.'.repeat(length - 8)}x`],
  [
    'pairs of words',
    (length) =>
      Array.from({ length: length / 4 }, (_, i) => `w${i} w${i}`)
        .join(' ')
        .slice(0, length),
  ],
];

/** Texts made of one piece over and over, for each of some pieces. */
export function textsOf(pieces: readonly (readonly [what: string, piece: string])[]): HostileText[] {
  return pieces.map(([what, piece]) => [what, (length) => fill(piece, length)]);
}

/** A text of so many UTF-16 units, or the whole pieces that fit into them. */
export function fill(piece: string, length: number): string {
  return piece.repeat(Math.floor(length / piece.length));
}
