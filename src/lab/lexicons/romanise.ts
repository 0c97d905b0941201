/**
 * Writes the scripts of India in Latin letters, roughly as their readers type them. Unicode lays these scripts
 * out alike, 128 places each from U+0900 (Devanagari) to U+0D7F (Malayalam), so one table does for all.
 */

/** Spellings differ from writer to writer; a corpus is written in each. */
export interface Spelling {
  /** How a long vowel inside a word is written: `aa`, `ee`, `oo`, or like the short one. */
  readonly longVowels: 'doubled' | 'single';
  readonly v: 'v' | 'w';
}

const FIRST = 0x0900;
const SIZE = 128;
const RUN = /[\u0900-\u0d7f]+/g;

/** Vowel letters from place 0x05 on, and vowel signs from 0x3e on. Capitals are long; `@` is the vowel a consonant carries unless told otherwise. */
const VOWELS = 'a A i I u U ri li e e e ai o o o au'.split(' ');
const SIGNS = 'A i I u U ri ri e e e ai o o o au'.split(' ');
const CONSONANTS =
  'k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(' ');
const DOTTED_CONSONANTS = 'q kh g z r rh f y'.split(' ');
const DOTTED: Readonly<Record<string, string>> = { k: 'q', j: 'z', d: 'r', dh: 'rh', ph: 'f' };
const NASALS = new Set([0x01, 0x02, 0x70]);
const DOT = 0x3c;
const VIRAMA = 0x4d;

const VOWEL = '[aeiouAIU@]';
const CONSONANT = '[bcdfghjklmnpqrstvyz]';
const BEFORE_SILENT = new RegExp(`${VOWEL}${CONSONANT}{1,2}$`);
const AFTER_SILENT = new RegExp(`^${CONSONANT}h?[aeiouAIU]`);

/**
 * @param text in any script; all but the scripts of India stays
 * @param dropsSchwa whether the language leaves the unwritten vowel silent at the end of a word, as Hindi does and Tamil does not
 */
export function romanise(text: string, dropsSchwa: boolean, spelling: Spelling): string {
  return text.replace(RUN, (word) => {
    const sounds = toSounds(word);
    return spell(dropsSchwa ? withoutSilentVowels(sounds) : sounds, spelling);
  });
}

function toSounds(word: string): string {
  const places = [...word]
    .filter((char) => char !== '\u200c' && char !== '\u200d')
    .map((char) => ((char.codePointAt(0) ?? FIRST) - FIRST) % SIZE);
  let sounds = '';
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? 0;
    let consonant = CONSONANTS[place - 0x15] ?? DOTTED_CONSONANTS[place - 0x58];
    if (consonant !== undefined) {
      if (places[i + 1] === DOT) {
        consonant = DOTTED[consonant] ?? consonant;
        i += 1;
      }
      const next = places[i + 1];
      const carriesVowel = next === undefined || (next !== VIRAMA && SIGNS[next - 0x3e] === undefined);
      sounds += carriesVowel ? `${consonant}@` : consonant;
    } else if (NASALS.has(place)) {
      sounds += 'n';
    } else {
      sounds += VOWELS[place - 0x05] ?? SIGNS[place - 0x3e] ?? '';
    }
  }
  return sounds;
}

/** Leaves out the vowel at the end and, from the right, those between consonants that have a vowel on both sides. */
function withoutSilentVowels(sounds: string): string {
  let rest = sounds.length > 2 ? sounds.replace(/@$/, '') : sounds;
  for (let at = rest.lastIndexOf('@'); at > 0; at = rest.lastIndexOf('@', at - 1)) {
    const after = rest.slice(at + 1);
    if (BEFORE_SILENT.test(rest.slice(0, at)) && AFTER_SILENT.test(after)) rest = rest.slice(0, at) + after;
  }
  return rest;
}

function spell(sounds: string, { longVowels, v }: Spelling): string {
  const doubled = longVowels === 'doubled';
  return sounds
    .replace(/[AIU]$/, (vowel) => vowel.toLowerCase())
    .replaceAll('A', doubled ? 'aa' : 'a')
    .replaceAll('I', doubled ? 'ee' : 'i')
    .replaceAll('U', doubled ? 'oo' : 'u')
    .replaceAll('@', 'a')
    .replaceAll('v', v);
}
