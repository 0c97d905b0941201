/**
 * The closed classes of English as dictionaries have them, each once. Spellings of haste ("u", "dont") and words that
 * tell who speaks of whom are in `discourse/function-words.ts`.
 */

/** A set of words from texts of words and from other sets. */
export function wordSet(...parts: readonly (string | ReadonlySet<string>)[]): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => (typeof part === 'string' ? part.trim().split(/\s+/) : [...part])));
}

/** Pronouns that can only be subjects. */
export const SUBJECT_PRONOUNS = wordSet('i we he she they');
/** Pronouns that may be subject or object. */
export const EITHER_PRONOUNS = wordSet('you it');
/** Pronouns that can only be objects; `her` is a possessive too. */
export const OBJECT_PRONOUNS = wordSet('me him us them');
/** What stands before what somebody has. */
export const POSSESSIVES = wordSet('my your his her its our their');
/** What stands for what somebody has. */
export const POSSESSIVE_PRONOUNS = wordSet('mine yours ours theirs');

export const INDEFINITE_ARTICLES = wordSet('a an');
export const ARTICLES = wordSet(INDEFINITE_ARTICLES, 'the');
export const DEMONSTRATIVES = wordSet('this that these those');

export const WH_PRONOUNS = wordSet('who what which whom whoever whatever');
export const WH_ADVERBS = wordSet('how why when where');

/** The forms of "be" that can be a sentence's verb. */
export const FINITE_BE = wordSet('am is are was were');
export const BE = wordSet(FINITE_BE, 'be been being');
export const HAVE = wordSet('have has had having');
export const DO = wordSet('do does did');
export const MODALS = wordSet('can could will would shall should may might must');
