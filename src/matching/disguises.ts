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
  const unstretched = word.replace(/(\p{L})\1{2,}/gu, '$1');
  return /\d/.test(unstretched) && /\p{L}/u.test(unstretched)
    ? unstretched.replace(/\d/g, classOf)
    : unstretched;
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

/** Whether a character is a sign, which may hide a letter, rather than a letter or digit. */
function isMask(char: string): boolean {
  return char <= '\u007f' && !/[a-z0-9]/.test(char);
}

/**
 * Whether `written` is `word` with letters hidden behind signs: f*ck, sh#t, f**king, a**hole, n****r.
 * The first letter must show, and two letters in all.
 */
export function unmasks(written: string, word: string): boolean {
  const signs = [...written];
  const letters = signs.filter((sign) => !isMask(sign)).length;
  if (letters < 2 || letters === signs.length || classOf(signs[0] ?? '') !== classOf(word[0] ?? ''))
    return false;
  if (signs.length === word.length) return alike(signs, word);
  // One star for two letters, where enough of the word shows.
  const star = signs.indexOf('*');
  if (star === -1 || signs.length + 1 !== word.length || letters < 3) return false;
  return alike([...signs.slice(0, star), '*', ...signs.slice(star)], word);
}

function alike(signs: readonly string[], word: string): boolean {
  return signs.every((sign, i) => isMask(sign) || classOf(sign) === classOf(word[i] ?? ''));
}
