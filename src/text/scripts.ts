import { type Folded, sourceSpan } from './fold.js';
import { isEnglishWord } from './lexicon.js';
import type { Token } from './tokens.js';

/** Scripts by Unicode's names for them, with the name a moderator would use where that is another. */
const SCRIPTS =
  `Devanagari Bengali Gurmukhi Gujarati Oriya:Odia Tamil Telugu Kannada Malayalam Sinhala Arabic Cyrillic
  Greek Hebrew Han:Chinese Hiragana:Japanese Katakana:Japanese Hangul:Korean Thai Lao Khmer Myanmar:Burmese Tibetan
  Armenian Georgian Ethiopic Thaana Mongolian`
    .split(/\s+/)
    .map((entry) => entry.split(':'))
    .map(([unicode = '', name = unicode]) => ({ name, letter: new RegExp(`^\\p{Script=${unicode}}`, 'u') }));

const FOREIGN_LETTER = /(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}])\p{L}/u;
const FOREIGN_LETTERS = new RegExp(FOREIGN_LETTER, 'gu');
/** A character of these says about as much as two letters. */
const WEIGHTY = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const WEIGHT = 2;
const ASCII = /^[ -~]*$/;

/**
 * The tokens that are written in another script than Latin, with how many letters each has.
 * A word with look-alikes of Latin letters in it is Latin: рutіn with a Cyrillic р and і. So is a word of
 * look-alikes only that reads as an English one ("сор"), unless most of the text is in the other script, as
 * "но" ("ho" by its looks) stands in a Russian sentence.
 * @param source the text as it was sent, which `folded` and `tokens` were made from
 * @returns by the token's number, in order; empty for a text in Latin letters
 */
export function tokensInOtherScripts(
  source: string,
  folded: Folded,
  tokens: readonly Token[],
): ReadonlyMap<number, number> {
  const foreign = new Map<number, number>();
  if (folded.origin === null || !FOREIGN_LETTER.test(source)) return foreign;
  const doubtful = new Map<number, number>();
  let latin = 0;
  let other = 0;
  tokens.forEach((token, i) => {
    if (token.numeric) return;
    const { start, end } = sourceSpan(folded, token.start, token.end);
    const letters = countForeignLetters(source.slice(start, end));
    const isAscii = ASCII.test(token.word);
    if (letters === 0 || (isAscii ? letters < token.word.length : letters * 2 < token.word.length)) {
      latin += token.word.length;
    } else if (isAscii && isEnglishWord(token.word)) {
      doubtful.set(i, letters);
    } else {
      foreign.set(i, letters);
      other += letters;
    }
  });
  if (doubtful.size === 0 || latin >= other) return foreign;
  return new Map([...foreign, ...doubtful].sort(([a], [b]) => a - b));
}

/** The script of the first letter that is not Latin, for people: `Devanagari`; none where it has no such letter or the script is rare. */
export function scriptOf(text: string): string | undefined {
  const letter = FOREIGN_LETTER.exec(text)?.[0];
  return letter === undefined ? undefined : SCRIPTS.find((script) => script.letter.test(letter))?.name;
}

function countForeignLetters(text: string): number {
  let count = 0;
  for (const [letter] of text.matchAll(FOREIGN_LETTERS)) count += WEIGHTY.test(letter) ? WEIGHT : 1;
  return count;
}
