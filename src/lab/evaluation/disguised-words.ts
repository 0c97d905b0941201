/** Obscene words to disguise. */
export const BAD: readonly string[] = [
  'fuck',
  'shit',
  'bitch',
  'asshole',
  'cunt',
  'bastard',
  'motherfucker',
  'dickhead',
  'whore',
  'nigger',
];

const swap = (from: string, to: readonly string[]) => (word: string) =>
  [...word].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
const inner = (word: string, sign: string) => word[0] + sign.repeat(word.length - 2) + word.at(-1);

/** Kinds of disguise, and how each writes a word in small Latin letters. */
export const DISGUISES: Readonly<Record<string, (word: string) => string>> = {
  capitals: (word) => word.toUpperCase(),
  'digits for letters': swap('aeiost', ['4', '3', '1', '0', '5', '7']),
  'signs for letters': swap('asi', ['@', '$', '!']),
  spaces: (word) => [...word].join(' '),
  dots: (word) => [...word].join('.'),
  hyphens: (word) => [...word].join('-'),
  underscores: (word) => [...word].join('_'),
  'dots and spaces': (word) => [...word].join('. '),
  'a letter stretched': (word) => word.replace(/[aeiou]/, (vowel) => vowel.repeat(6)),
  'every letter stretched': (word) => [...word].map((letter) => letter.repeat(3)).join(''),
  'Cyrillic look-alikes': swap('aceiopsxy', ['а', 'с', 'е', 'і', 'о', 'р', 'ѕ', 'х', 'у']),
  'full width': (word) =>
    [...word].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(''),
  'mathematical letters': (word) =>
    [...word].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 97 + 0x1d41a)).join(''),
  'zero-width spaces': (word) => [...word].join('\u200b'),
  'zero-width joiners': (word) => [...word].join('\u200d'),
  'soft hyphens': (word) => [...word].join('\u00ad'),
  diacritics: swap('aeiouncs', ['á', 'ë', 'í', 'ö', 'ü', 'ñ', 'ç', 'š']),
  'combining marks': (word) => [...word].join('\u0337'),
  'one star': (word) => word.replace(/(?<=.)[aeiou]/, '*'),
  'stars within': (word) => inner(word, '*'),
};
