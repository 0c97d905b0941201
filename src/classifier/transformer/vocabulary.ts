/** A part of a text that the encoder knows, by its number. */
export interface TextPiece {
  readonly id: number;
  /** Where the word that it is part of starts; the start of the text where signs were taken apart or left out before it. */
  readonly start: number;
}

/** Words of more characters are no words. */
const LONGEST_WORD = 100;
const CONTINUES = '##';

const CJK =
  '\\u{4E00}-\\u{9FFF}\\u{3400}-\\u{4DBF}\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2CEAF}\\u{F900}-\\u{FAFF}\\u{2F800}-\\u{2FA1F}';
/** Each by itself: every sign of punctuation, which BERT takes the signs of ASCII for, and every sign of Chinese. */
const ALONE = `\\p{P}$+<=>^\`|~${CJK}`;
const WORD = new RegExp(`[${ALONE}]|[^\\s${ALONE}]+`, 'gu');
const PRINTABLE = /^[\n\x20-\x7e]*$/;
const LEFT_OUT = /(?!\s)[\p{Mn}\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/gu;

/**
 * Takes texts apart as uncased BERT does: small letters without marks, every sign of punctuation by itself, and each
 * word as the longest pieces that the vocabulary has, from its start on. No piece reaches across a word, so that a text
 * may be taken apart word by word. Linear in the text: no piece is looked for that is longer than the longest.
 */
export class Vocabulary {
  readonly #starting = new Map<string, number>();
  readonly #continuing = new Map<string, number>();
  #longest = 0;

  /**
   * @param pieces each at the place that is its number
   * @param unknown stands for a word that is no row of pieces
   */
  constructor(
    pieces: readonly string[],
    readonly unknown: number,
  ) {
    pieces.forEach((piece, number) => {
      const continues = piece.startsWith(CONTINUES) && piece.length > CONTINUES.length;
      const letters = continues ? piece.slice(CONTINUES.length) : piece;
      (continues ? this.#continuing : this.#starting).set(letters, number);
      this.#longest = Math.max(this.#longest, letters.length);
    });
  }

  /** The pieces of a text, in order. What looks like a piece of the vocabulary, "[CLS]", is text like any other. */
  read(text: string): TextPiece[] {
    const plain = PRINTABLE.test(text) ? text.toLowerCase() : normalised(text);
    // Where marks and the like have gone, places within the text are no longer known.
    const keepsPlaces = plain.length === text.length;
    const found: TextPiece[] = [];
    for (const { 0: word, index } of plain.matchAll(WORD)) {
      const start = keepsPlaces ? index : 0;
      for (const id of this.#piecesOf(word)) found.push({ id, start });
    }
    return found;
  }

  #piecesOf(word: string): readonly number[] {
    const whole = this.#starting.get(word);
    if (whole !== undefined) return [whole];
    if (word.length > LONGEST_WORD && [...word].length > LONGEST_WORD) return [this.unknown];
    const pieces: number[] = [];
    for (let at = 0; at < word.length; ) {
      const known = at === 0 ? this.#starting : this.#continuing;
      let end = Math.min(word.length, at + this.#longest);
      let id: number | undefined;
      for (; end > at && id === undefined; end -= id === undefined ? 1 : 0)
        id = known.get(word.slice(at, end));
      if (id === undefined) return [this.unknown];
      pieces.push(id);
      at = end;
    }
    return pieces;
  }
}

function normalised(text: string): string {
  return text.normalize('NFD').replace(LEFT_OUT, '').toLowerCase();
}
