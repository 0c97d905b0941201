import { ARTICLES, DO, HAVE, MODALS, POSSESSIVES, wordSet } from '../text/function-words.js';
import { isTakenUp } from './endorsement.js';
import {
  ADVERBS,
  BEING,
  CALLED,
  CALLING,
  I,
  I_WITH_VERB,
  isNegatedVerb,
  ME,
  REPLYING,
  SAYING,
  SHOUTING,
  THINKING,
  WRITING,
  YOU,
  YOU_WITH_VERB,
  YOUR,
  YOURSELF,
} from './function-words.js';
import type { Stretch, Words } from './words.js';

/** Verbs by which people are reported to have said or thought something. */
const SAYS = wordSet(SAYING, THINKING, CALLING, SHOUTING, REPLYING);
/** The commenter speaks: "let me say", "IMHO". */
const COMMENTER = wordSet(I, I_WITH_VERB, ME, "let lets let's imho");
const READER = wordSet(YOU, YOU_WITH_VERB, YOUR, YOURSELF);
/** What makes "called" a passive. */
const PASSIVE = wordSet(BEING, 'get gets got getting');
/** What only may be said: "your own mother would call you a fool", "somebody should tell you". Not "will". */
const MAY = wordSet(
  "would should must can could might may shall ought need needs deserve deserves he'd she'd they'd",
);
const AUXILIARY = wordSet(
  PASSIVE,
  HAVE,
  DO,
  MODALS,
  ADVERBS,
  'to keep keeps kept not ought need needs deserve deserves',
);
const FINITE =
  /^(?:is|are|was|were|am|must|should|can|could|will|would|may|has|have|had|deserves?|needs?)$|'(?:re|ll|d|s)$/;
/** A verb behind one of these is a noun: "your claims", "a call". */
const BEFORE_NOUNS = wordSet(ARTICLES, POSSESSIVES, 'ur yr this these those of no');

/** What a comment tells of other people's words: "he called me a moron", "people who say that X are wrong". */
export function reported(words: Words): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < words.count; at++) {
    const stretch = reportFrom(words, at);
    if (stretch && !isTakenUp(words, stretch)) stretches.push(stretch);
  }
  return stretches;
}

function reportFrom(words: Words, at: number): Stretch | undefined {
  const word = words.word(at);
  if (word === 'according' && words.word(at + 1) === 'to') {
    if (COMMENTER.has(words.word(at + 2)) || words.word(at + 2) === 'my') return undefined;
    const source = words.endOfClause(at);
    return { from: at, to: source < words.count ? words.endOfClause(source) : source };
  }
  if (/^(?:words|slogan|slogans|phrase)$/.test(word)) return { from: at + 1, to: words.endOfClause(at) };
  const isVerb = SAYS.has(word) || (WRITING.has(word) && words.word(at + 1) === 'that');
  if (!isVerb || !isOthers(words, at)) return undefined;
  const colon = words.gapBefore(at + 1).includes(':');
  const end = colon ? words.endOfClause(at + 1) : words.endOfClause(at);
  // "He says some really stupid things" reports nothing.
  if (/^(?:nothing|so|some|such|really|very|many|stupid|silly|dumb)$/.test(words.word(at + 1)))
    return undefined;
  const to = /^(?:who|whoever|that)$/.test(words.word(at - 1)) ? endOfRelative(words, at, end) : end;
  return to > at + 1 ? { from: at + 1, to } : undefined;
}

/** "Anyone who thinks that they are right | is a fool": what is said of those who think so is the commenter's own. */
function endOfRelative(words: Words, verb: number, end: number): number {
  const finite: number[] = [];
  for (let at = verb + 1; at < end; at++) if (FINITE.test(words.word(at))) finite.push(at);
  const last = finite.at(-1);
  if (last === undefined) return end;
  const isOfWhatIsSaid = words.word(verb + 1) === 'that' ? last > verb + 2 : last === verb + 2;
  const isOnly = finite.length === 1 && isOfWhatIsSaid && !/^(?:this|that|it)$/.test(words.word(last - 1));
  return isOnly ? end : last;
}

function isAuxiliary(word: string): boolean {
  return AUXILIARY.has(word) || isNegatedVerb(word);
}

/** Whether the verb is one of other people's saying, not of the commenter's. */
function isOthers(words: Words, verb: number): boolean {
  const start = words.startOfClause(verb);
  let at = verb - 1;
  let isPassive = false;
  let isInfinitive = false;
  let mayOnly = false;
  while (at >= start && isAuxiliary(words.word(at)) && !/,/.test(words.gapBefore(at + 1))) {
    isPassive ||= PASSIVE.has(words.word(at)) && CALLED.has(words.word(verb));
    isInfinitive ||= words.word(at) === 'to';
    mayOnly ||= MAY.has(words.word(at).replace(/n't$/, ''));
    at -= 1;
  }
  const subject = at >= start ? words.word(at) : '';
  if (mayOnly) return false;
  if (isPassive) return true;
  if (BEFORE_NOUNS.has(subject) && at === verb - 1) return false;
  if (COMMENTER.has(subject)) return false;
  // "To say that ... is wrong", as opposed to "you may like to say that".
  if (isInfinitive) return at < start;
  const isLoose = words.word(verb).endsWith('ing') && at === verb - 1;
  if (isLoose) return !isOwn(words, start, verb);
  // A command: "Tell the author that he is an idiot."
  if (subject === '' || /^(?:and|or|then|please|so)$/.test(subject)) return false;
  // "You think you are a king, you fool": what the reader says of himself.
  if (READER.has(subject)) return !isAbout(words, verb);
  return true;
}

function isOwn(words: Words, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (COMMENTER.has(words.word(at))) return true;
  return false;
}

function isAbout(words: Words, verb: number): boolean {
  for (let at = verb + 1; at < words.endOfClause(verb); at++) if (READER.has(words.word(at))) return true;
  return false;
}
