import {
  DEMONSTRATIVES,
  EITHER_PRONOUNS,
  OBJECT_PRONOUNS,
  POSSESSIVE_PRONOUNS,
  POSSESSIVES,
  SUBJECT_PRONOUNS,
  WH_ADVERBS,
  WH_PRONOUNS,
  wordSet,
} from '../../text/function-words.js';
import type { TaggedWord } from '../../text/tagger.js';

/**
 * What a word can do in a sentence, as the shipped model was trained on it: finer than its part of speech where it matters for telling a sentence from a
 * fragment (`am` is finite, `been` is not; `he` is a subject, `him` is not), one name for all else.
 */
export type WordClass = string;

const BY_WORD: ReadonlyMap<string, WordClass> = new Map(
  Object.entries({
    'subject-pronoun': SUBJECT_PRONOUNS,
    'any-pronoun': wordSet(EITHER_PRONOUNS, 'u'),
    'object-pronoun': wordSet(OBJECT_PRONOUNS, 'myself himself themselves yourself itself herself'),
    possessive: wordSet(POSSESSIVES, POSSESSIVE_PRONOUNS, 'whose'),
    'wh-pronoun': WH_PRONOUNS,
    'wh-adverb': WH_ADVERBS,
    there: wordSet('there'),
    not: wordSet("not n't nt"),
    please: wordSet('please pls plz'),
    let: wordSet('let'),
  }).flatMap(([name, words]) => [...words].map((word) => [word, name] as const)),
);

/** Forms of the verbs that help others, where they are tagged as verbs. */
const HELPING: ReadonlyMap<string, WordClass> = new Map(
  Object.entries({
    be: "am is are was were 's s 're re 'm m ai",
    been: 'be been being',
    have: "have has had 've ve 'd d",
    do: 'do does did',
    modal: "can could will would shall should may might must ca wo sha 'll ll",
  }).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)),
);

/** Past forms that are finite mostly, and participles that are never. */
const IRREGULAR: ReadonlyMap<string, WordClass> = new Map(
  Object.entries({
    past:
      'went saw came took knew gave wrote said made became began ate fell flew forgot froze grew hid rode rose sang ' +
      'sank shook spoke stole swam threw wore woke broke chose drove drew bit blew got told thought felt left lost ' +
      'kept met paid sent spent found held heard stood understood won bought brought built caught fought taught sold ' +
      'sat led',
    participle:
      'gone seen done taken known given written begun eaten fallen flown forgotten frozen grown hidden ridden risen ' +
      'sung sunk shaken spoken stolen swum thrown worn woken broken chosen driven drawn bitten blown gotten',
  }).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)),
);

/** The class of a word. */
export function classOf({ text, tag }: TaggedWord): WordClass {
  const word = text.toLowerCase();
  if (tag === 'PUNCT' || tag === 'SYM') return signClass(word, tag);
  const known = BY_WORD.get(word);
  if (known !== undefined) return known;
  if (DEMONSTRATIVES.has(word)) return `this-${tag}`;
  if (word === 'to') return tag === 'PART' ? 'to' : 'ADP';
  if (tag === 'VERB' || tag === 'AUX') return HELPING.get(word) ?? IRREGULAR.get(word) ?? verbClass(word);
  if (word === "'s" && tag === 'PART') return 'genitive';
  if (tag === 'NOUN' && isPlural(word)) return 'plural';
  return tag;
}

const VOWEL = /[aeiouy]/i;
const ING = /ing$/i;
const ED = /[^e]ed$/;
const REGULAR_PAST = /^(?:dis)?agreed$|^freed$/;

/** Whether a word has the ending of a present participle. Without a vowel before it, it is none: bring, sting. */
export function isPresentParticiple(word: string): boolean {
  return ING.test(word) && VOWEL.test(word.slice(0, -'ing'.length));
}

/** Without a vowel before the ending it is none, nor is -eed: shed, need, feed. */
function isRegularPast(word: string): boolean {
  return (ED.test(word) && VOWEL.test(word.slice(0, -'?ed'.length))) || REGULAR_PAST.test(word);
}

function verbClass(word: string): WordClass {
  if (isPresentParticiple(word)) return 'verb-ing';
  if (isRegularPast(word)) return 'verb-ed';
  return isPlural(word) ? 'verb-s' : 'verb';
}

function isPlural(word: string): boolean {
  return word.endsWith('s') && !word.endsWith('ss');
}

const SIGNS: ReadonlyMap<string, WordClass> = new Map(
  [',', ';', ':', '-', '"', '(', ')', '.', '?', '!'].map((sign) => [sign, sign] as const),
);

function signClass(sign: string, tag: string): WordClass {
  if (sign.includes('?')) return '?';
  if (sign.startsWith('..')) return '...';
  if (sign === "'") return '"';
  return SIGNS.get(sign.charAt(0)) ?? tag;
}
