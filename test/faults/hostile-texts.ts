/** Pieces of which a text can be made that is meant to cost much, by what is hostile about it. */
export const HOSTILE: readonly (readonly [what: string, piece: string])[] = [
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

/** A text of so many UTF-16 units, or the whole pieces that fit into them. */
export function fill(piece: string, length: number): string {
  return piece.repeat(Math.floor(length / piece.length));
}
