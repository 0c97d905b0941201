/** Disguises that stand in no other table, each as a reader would write it. */
export const SECOND_DISGUISES: Readonly<Record<string, (word: string, bySound: string) => string>> = {
  'by sound': (_, bySound) => bySound,
  'two letters swapped': (word) => word.replace(/^(.+)(.)(.)$/u, '$1$3$2'),
  'first vowel dropped': (word) => word.replace(/(?<=.)[aeiou]/u, ''),
  'v for u, l for i': (word) => word.replaceAll('u', 'v').replaceAll('i', 'l'),
  'slashes between': (word) => [...word].join('/'),
  'apostrophes between': (word) => [...word].join("'"),
  'emoji between': (word) => [...word].join('🔥'),
  'doubled and spaced': (word) => [...word].map((letter) => letter + letter).join(' '),
  'digits and stretched': (word) => stretched(inDigits(word)),
  'small capitals': (word) => mapped(word, SMALL_CAPITALS),
  superscript: (word) => mapped(word, SUPERSCRIPT),
  'Greek letters': (word) => mapped(word, GREEK),
  'upside down': (word) => [...mapped(word, UPSIDE_DOWN)].reverse().join(''),
  'letters in squares': (word) => fromCodePoint(word, 0x1f170),
  'flag letters': (word) => [...fromCodePoint(word, 0x1f1e6)].join('\u200b'),
  'written from the right': (word) => `\u202e${[...word].reverse().join('')}\u202c`,
  'as HTML numbers': (word) => [...word].map((letter) => `&#${letter.charCodeAt(0)};`).join(''),
  'marked up inside': (word) => `${word.slice(0, 1)}**${word.slice(1, 2)}**${word.slice(2)}`,
  'tags inside': (word) => `${word.slice(0, 2)}<b></b>${word.slice(2)}`,
  'a letter in brackets': (word) => `${word.slice(0, 1)}(${word.slice(1, 2)})${word.slice(2)}`,
  'number sign for a vowel': (word) => word.replace(/(?<=.)[aeiou]/u, '#'),
  'glued to a word': (word) => `stupid${word}`,
  'as a hashtag': (word) => `#Total${word.slice(0, 1).toUpperCase()}${word.slice(1)}`,
  'cut by a full stop': (word) => `${word.slice(0, word.length / 2)}.${word.slice(word.length / 2)}`,
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SMALL_CAPITALS = 'ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀsᴛᴜᴠᴡxʏᴢ';
const SUPERSCRIPT = 'ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ';
const GREEK = 'αbcdεfghιjκlmηορqrsτυνωχyz';
const UPSIDE_DOWN = 'ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz';
const DIGITS: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };

function mapped(word: string, alphabet: string): string {
  const signs = [...alphabet];
  return [...word].map((letter) => signs[LETTERS.indexOf(letter)] ?? letter).join('');
}

function fromCodePoint(word: string, ofA: number): string {
  return [...word].map((letter) => String.fromCodePoint(ofA + LETTERS.indexOf(letter))).join('');
}

function inDigits(word: string): string {
  return [...word].map((letter) => DIGITS[letter] ?? letter).join('');
}

function stretched(word: string): string {
  return word.replace(/(?<=.)./u, (letter) => letter.repeat(4));
}
