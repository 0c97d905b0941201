import { franc } from 'franc';
import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import { LANGUAGES, languageName } from '../text/languages.js';
import { UNCOUNTED } from './detector.js';
import { language } from './language.js';

/** From this score on a comment is not in English: what the default rule rejects. */
const NOT_ENGLISH = 0.8;
/** As BCP 47 has a language that cannot be told. */
const UNKNOWN = 'und';

const codes = new Map([...LANGUAGES.keys()].map((code) => [languageName(code), code]));
const detector = language.prepare(language.options.parse({}), new Map());

/**
 * The language of a comment, as a BCP 47 tag: `en`, `fr`, `hi-Latn`; `und` where it is not English, but which it is
 * would be a guess.
 */
export function detectLanguage(comment: Comment, reading: Reading): string {
  const { score, note } = detector.detect(comment, [], reading, UNCOUNTED);
  if (score < NOT_ENGLISH) return 'en';
  if (note === undefined) return UNKNOWN;
  // Of comments in other letters the detector names the script alone.
  return codes.get(note) ?? canonical(franc(comment.text));
}

/** The shortest code of a language: franc's `hin` is `hi`. */
function canonical(code: string): string {
  return Intl.getCanonicalLocales(code)[0] ?? UNKNOWN;
}
