import {
  ARTICLES,
  DEMONSTRATIVES,
  EITHER_PRONOUNS,
  OBJECT_PRONOUNS,
  POSSESSIVES,
  wordSet,
} from '../../text/function-words.js';
import { canBeVerb, type TaggedWord } from '../../text/tagger.js';
import { isPresentParticiple } from './word-classes.js';

/** Words that a verb may have after it as its object, and hardly any noun has: "ban it", "love this paper". */
const OBJECTS = wordSet(OBJECT_PRONOUNS, EITHER_PRONOUNS, DEMONSTRATIVES, ARTICLES, POSSESSIVES);
/** Words that go with a verb: "check out the list". */
const PARTICLES = new Set(['out', 'up', 'off', 'away', 'through']);
/** What is plural without an s, and what is not with one. */
const PLURALS = new Set(['people', 'men', 'women', 'children', 'police']);
const SINGULARS = new Set(['news', 'politics', 'sports', 'arms', 'economics', 'series', 'means']);
/** What follows a verb more often than a noun: "trumps the rest", "returns earlier". */
const AFTER_VERBS = new Set(['DET', 'PRON', 'ADV', 'SCONJ']);

/**
 * Tags as verbs what the tagger took for nouns although it can only be a verb where it stands: the command in
 * "Ban it" or "Ravi, check out the list" and, where there is no other finite verb, those in "Prices rise" and
 * "Politics trumps the rest".
 */
export function findHiddenVerbs(words: readonly TaggedWord[]): readonly TaggedWord[] {
  let at = words.findIndex((_, i) => isCommand(words, i));
  if (at === -1 && !words.some(mayBeFinite)) at = words.findIndex((_, i) => agrees(words, i));
  const verb = words[at];
  return verb ? words.with(at, { ...verb, tag: 'VERB' }) : words;
}

function isCommand(words: readonly TaggedWord[], i: number): boolean {
  const word = words[i];
  const next = words[i + 1]?.text.toLowerCase() ?? '';
  if (word?.tag !== 'NOUN' || !isClauseStart(words, i)) return false;
  return (OBJECTS.has(next) || (PARTICLES.has(next) && i + 2 < words.length)) && canBeVerb(word.text);
}

/** The start, or after a name or a word of address: "Ravi, ", "Please ". */
function isClauseStart(words: readonly TaggedWord[], i: number): boolean {
  if (i === 0) return true;
  const before = words[i - 1]?.text.toLowerCase();
  return i <= 3 && (before === ',' || before === 'please' || before === 'kindly');
}

/** Whether a noun follows a subject it agrees with, were it a verb: "posters display", "decency shines through". */
function agrees(words: readonly TaggedWord[], i: number): boolean {
  const word = words[i];
  const subject = words[i - 1];
  if (word?.tag !== 'NOUN' || !subject || !canBeVerb(word.text)) return false;
  if (isPlural(subject)) return !endsInS(word);
  const next = words[i + 1];
  return (
    endsInS(word) &&
    (subject.tag === 'NOUN' || subject.tag === 'PROPN') &&
    next !== undefined &&
    (AFTER_VERBS.has(next.tag) || PARTICLES.has(next.text.toLowerCase()))
  );
}

function isPlural(word: TaggedWord): boolean {
  const lower = word.text.toLowerCase();
  return PLURALS.has(lower) || (word.tag === 'NOUN' && endsInS(word) && !SINGULARS.has(lower));
}

function endsInS({ text }: TaggedWord): boolean {
  return /[^s]s$/i.test(text);
}

function mayBeFinite({ text, tag }: TaggedWord): boolean {
  return (tag === 'VERB' || tag === 'AUX') && !isPresentParticiple(text);
}
