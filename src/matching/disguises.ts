/**
 * The ways one letter is written as another sign, by the letter's class. `l` stands in the class of `i`
 * because 1, ! and | stand for both.
 */
const CLASSES: Readonly<Record<string, string>> = {
  a: '4@',
  b: '8',
  c: '(',
  e: '3',
  g: '96',
  i: '1!|l',
  o: '0',
  s: '5$',
  t: '7+',
  z: '2',
};

const CLASS_OF = new Map(
  Object.entries(CLASSES).flatMap(([letter, signs]) => [...signs].map((sign) => [sign, letter] as const)),
);

/** The letter that a letter or sign stands for, `l` as `i`; other characters stand for themselves. */
export function classOf(char: string): string {
  return CLASS_OF.get(char) ?? char;
}

/**
 * What is left of a word when its disguise no longer matters: signs as letters, repeats once.
 * Two words with the same skeleton may be disguises of each other; `resembles` decides.
 */
export function skeleton(word: string): string {
  let bones = '';
  let last = '';
  for (const char of word) {
    const bone = classOf(char);
    if (bone !== last) bones += bone;
    last = bone;
  }
  return bones;
}

/** A word with digits for letters undone and letters stretched to three or more taken once: `y0uuu` is `you`. */
export function plainLetters(word: string): string {
  if (isPlain(word)) return word;
  const unstretched = word.replace(/(\p{L})\1{2,}/gu, '$1');
  return /\d/.test(unstretched) && /\p{L}/u.test(unstretched)
    ? unstretched.replace(/\d/g, classOf)
    : unstretched;
}

/** Whether a word has no digit and nothing three times in a row: so have most, and looking is cheaper than replacing. */
function isPlain(word: string): boolean {
  let last = -1;
  let beforeLast = -1;
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    const isDigit = unit >= 0x30 && unit <= 0x39;
    const isHalf = unit >= 0xd800 && unit <= 0xdfff;
    if (isDigit || isHalf || (unit === last && unit === beforeLast)) return false;
    beforeLast = last;
    last = unit;
  }
  return true;
}

interface Run {
  readonly bone: string;
  readonly length: number;
}

function runs(word: string): Run[] {
  const found: Run[] = [];
  for (const char of word) {
    const bone = classOf(char);
    const last = found.at(-1);
    if (last?.bone === bone) found[found.length - 1] = { bone, length: last.length + 1 };
    else found.push({ bone, length: 1 });
  }
  return found;
}

/**
 * Whether `written` may be `word` in disguise: the same letters by class, none repeated less often than in
 * the word. In words of three letters a repeat counts from three on ("asss", not "buum").
 * @param written lower case letters, digits and signs
 * @param asStem whether more letters may follow, as in `traitor*`
 */
export function resembles(written: string, word: string, asStem = false): boolean {
  const expected = runs(word);
  const found = runs(written);
  if (asStem ? found.length < expected.length : found.length !== expected.length) return false;
  return expected.every((wanted, i) => {
    const run = found[i];
    if (run?.bone !== wanted.bone || run.length < wanted.length) return false;
    return run.length === wanted.length || word.length > 3 || run.length >= 3;
  });
}

/** Stands for a letter that a sign hides. */
const HIDDEN = '*';

/**
 * A word letter by letter, each by its class; with `signsHide`, every sign of ASCII as one that hides a letter.
 * Unlike `skeleton` it keeps repeats, so it is as long as the word.
 */
export function letterClasses(word: string, signsHide = false): string {
  let classes = '';
  for (const char of word) {
    classes += signsHide && char <= '\u007f' && !/[a-z0-9]/.test(char) ? HIDDEN : classOf(char);
  }
  return classes;
}

/**
 * Whether a word is written with letters hidden behind signs: f*ck, sh#t, f**king, a**hole, n****r.
 * The first letter must show, and two letters in all. A star may hide two letters where three show ("f*king").
 * @param masked `letterClasses` of what is written, its signs hiding letters
 * @param classes `letterClasses` of the word
 */
export function unmasks(masked: string, classes: string): boolean {
  const hidden = masked.split(HIDDEN).length - 1;
  const shown = masked.length - hidden;
  if (hidden === 0 || shown < 2 || masked[0] !== classes[0]) return false;
  if (masked.length === classes.length) return isAlike(masked, classes);
  const star = masked.indexOf(HIDDEN);
  return (
    masked.length + 1 === classes.length &&
    shown >= 3 &&
    isAlike(masked.slice(0, star) + HIDDEN + masked.slice(star), classes)
  );
}

function isAlike(masked: string, classes: string): boolean {
  for (let i = 0; i < classes.length; i++) {
    if (masked[i] !== HIDDEN && masked[i] !== classes[i]) return false;
  }
  return true;
}
