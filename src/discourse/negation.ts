import { ARTICLES, wordSet } from '../text/function-words.js';
import {
  CALLING,
  IS,
  IS_NOT,
  isNegatedVerb,
  NEGATIONS,
  SAYING,
  SUBJECTS,
  WRITING,
} from './function-words.js';
import type { Stretch, Words } from './words.js';

/** What turns a negation into its opposite: "not only an idiot but", "not even a good liar", "no better than". */
const MORE = wordSet('only just merely simply even better less more different other doubt wonder one');
/** What may stand between a negation and the word it denies. */
const BETWEEN = wordSet(
  `a an the any some such so very all that this be been being become becoming really actually exactly quite truly
   necessarily have to need is are was were at by means remotely in way always ever either`,
);
const ARTICLE = wordSet(ARTICLES, 'any such');
const COPULA = wordSet(IS, 'be');
/** "They should never be allowed here" denies no word of abuse: it is one. */
const PERMITS = wordSet('allowed permitted let one able civilised civilized trusted');
/** "I never said that you are", "nobody thinks you are", "I would not call you": what follows is denied as well. */
const SAY = wordSet(
  SAYING,
  CALLING,
  'think thinks thought thinking suggest suggests suggested suggesting imply implies implied implying',
  'mean means meant take mistake',
);
/** "I don't believe you are", but not "I cannot believe what a fool you are". */
const BELIEVE = wordSet('believe believes');
/** "You're", where it is the verb that is denied: "ur not stupid". */
const CONTRACTED_IS = wordSet('im youre ur hes shes theyre its thats');

/** How far behind a negation its verb of saying may stand. */
const REACH = 4;
/** How many words an article may be parted from its noun. */
const NOUN_WITHIN = 3;

/** What a comment denies: "not an idiot", "never said that you are a liar", "nobody called you a moron". */
export function negated(words: Words): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < words.count; at++) {
    const stretch = isNegator(words, at) ? deniedFrom(words, at) : undefined;
    if (stretch) stretches.push(stretch);
  }
  return stretches;
}

function isNegator(words: Words, at: number): boolean {
  const word = words.word(at);
  if (isDenying(word)) return true;
  const next = words.word(at + 1);
  if (word === 'far') return next === 'from';
  // "You are never anything but a clown" denies twice.
  const isDenied = [1, 2, 3, 4].some((back) => isDenying(words.word(at - back)));
  return word === 'anything' && next === 'but' && !isDenied;
}

function isDenying(word: string): boolean {
  return NEGATIONS.has(word) || isNegatedVerb(word);
}

function deniedFrom(words: Words, at: number): Stretch | undefined {
  const word = words.word(at);
  const next = /^(?:far|anything)$/.test(word) ? at + 2 : at + 1;
  const end = words.endOfClause(at);
  if (next >= end || isQuestionOrCommand(words, at)) return undefined;
  const isNobody = word === 'nobody' || (word === 'no' && words.word(at + 1) === 'one');
  if (MORE.has(words.word(next)) && !isNobody) return undefined;
  // "Not all of them are criminals."
  if (word === 'not' && /^(?:all|every|everyone|everybody)$/.test(words.word(next)))
    return { from: next, to: end };
  return deniedBySaying(words, at, next, end) ?? deniedAtOnce(words, at, next, end);
}

/** "Aren't you an idiot?", "Are you not a fool?", "Don't be a moron", "try and not be a fool". */
function isQuestionOrCommand(words: Words, at: number): boolean {
  const word = words.word(at);
  if (isNegatedVerb(word) && SUBJECTS.has(words.word(at + 1))) return true;
  if (IS_NOT.has(word) && words.isOpening(at)) return true;
  if (word === 'not' && SUBJECTS.has(words.word(at - 1)) && IS.has(words.word(at - 2))) return true;
  if (!/^(?:be|act)$/.test(words.word(at + 1))) return false;
  if (/^(?:don't|dont)$/.test(word)) return true;
  if (word === 'never') return at <= words.startOfClause(at) + 1 && !SUBJECTS.has(words.word(at - 1));
  return word === 'not' && /^(?:do|and|to|should|please)$/.test(words.word(at - 1));
}

/** "I am not saying you are a liar", "It is not that you are a coward". */
function deniedBySaying(words: Words, at: number, next: number, end: number): Stretch | undefined {
  if (words.word(at) === 'not' && words.word(next) === 'that' && SUBJECTS.has(words.word(next + 1))) {
    return isTakenBack(words, next, end) ? undefined : { from: next, to: end };
  }
  for (let verb = next; verb < Math.min(end, next + REACH); verb++) {
    const isVerb =
      SAY.has(words.word(verb)) ||
      (WRITING.has(words.word(verb)) && words.word(verb + 1) === 'that') ||
      (BELIEVE.has(words.word(verb)) && isOfDo(words, at));
    if (isVerb)
      return isTakenBack(words, verb, end) ? undefined : { from: verb + 1, to: endOfSaid(words, verb, end) };
    if (/^(?:that|what|how|why|because|if)$/.test(words.word(verb))) return undefined;
  }
  return undefined;
}

/** "Don't tell me what to do, ...": a question said ends it. */
function endOfSaid(words: Words, verb: number, end: number): number {
  for (let at = verb + 1; at < end; at++) if (/^(?:what|how|why|when|where)$/.test(words.word(at))) return at;
  return end;
}

/** "I don't believe you are", as opposed to "I cannot believe what a fool you are". */
function isOfDo(words: Words, at: number): boolean {
  return (
    /^(?:d(?:o|oes|id)n't|dont|doesnt|didnt)$/.test(words.word(at)) ||
    /^d(?:o|oes|id)$/.test(words.word(at - 1))
  );
}

/** "I am not saying you are a liar, but you are." */
function isTakenBack(words: Words, from: number, to: number): boolean {
  return /\bbut (?:yes |[\w ]{1,40} )?(?:you|u|he|she|they|it|the author)(?: really| certainly| sure| definitely| clearly| actually| absolutely)*(?: are| is| r| am| do| does)(?: one| that| just that)?\s*(?:[.!?,;]|$)/.test(
    words.sentenceAround(from, to),
  );
}

/** "Not an idiot", "never be such a fool", "without being a moron", "no fool". */
function deniedAtOnce(words: Words, at: number, next: number, end: number): Stretch | undefined {
  let noun = next;
  let article = -1;
  while (noun < end && BETWEEN.has(words.word(noun))) {
    if (ARTICLE.has(words.word(noun))) article = noun;
    noun += 1;
  }
  if (noun >= end || PERMITS.has(words.word(noun)) || !isOfBeing(words, at, next, noun, article >= 0))
    return undefined;
  let to = article >= 0 ? Math.min(end, noun + NOUN_WITHIN) : noun + 1;
  // "An idiot who ...", "an idiot to accept": the noun is over.
  for (let i = noun + 1; i < to; i++)
    if (/^(?:who|who's|to|that|and|for|like|of|but|as|you|he|she|they)$/.test(words.word(i))) to = i;
  // "There is no idiot like you" calls the reader one.
  if (words.word(at) === 'no' && /^(?:like|as|bigger|greater|worse)$/.test(words.word(to))) return undefined;
  while (/^(?:or|nor)$/.test(words.word(to)) && to < end) to = Math.min(end, to + 3);
  return { from: next, to };
}

/** "Is not stupid", "not be a fool", "no fool"; not "don't take that", "you have no brain". */
function isOfBeing(words: Words, at: number, next: number, noun: number, hasArticle: boolean): boolean {
  const word = words.word(at);
  for (let i = next; i < noun; i++)
    if (/^(?:be|been|being|become|becoming)$/.test(words.word(i))) return true;
  if (IS_NOT.has(word) || /^(?:far|anything)$/.test(word)) return true;
  if (
    COPULA.has(words.word(isAdverb(words.word(at - 1)) ? at - 2 : at - 1)) ||
    CONTRACTED_IS.has(words.word(at - 1)) ||
    /'(?:m|re|s)$|^not$/.test(words.word(at - 1))
  )
    return true;
  if (word === 'no') return words.isOpening(at);
  return hasArticle && /^(?:not|never|hardly|neither|nor|without)$/.test(word);
}

function isAdverb(word: string): boolean {
  return word.length > 4 && word.endsWith('ly');
}
