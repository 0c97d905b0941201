import { isTakenUp } from './endorsement.js';
import { type Stretch, type Words, wordSet } from './words.js';

/** Verbs by which people are reported to have said or thought something. */
const SAYS = wordSet(
  `say says said saying claim claims claimed claiming shout shouts shouted shouting yell yells yelled yelling scream
   screams screamed tell tells told telling think thinks thinking thought believe believes
   believed believing alleges alleged insist insists insisted declare declares declared declaring accuse accuses
   accused accusing imply implies implied implying suggests suggested suggesting chant chants chanted chanting threaten
   threatens threatened threatening replied replies tweeted tweets posted repeats repeated call calls called calling
   label labels labelled labeled labelling labeling brand brands branded branding dub dubs dubbed describe describes
   described describing consider considers considered taunt taunts taunted`,
);
/** These need a "that": "whoever wrote this is an imbecile" reports nothing. */
const WRITES = wordSet('wrote writes write writing written');
const PASSIVE = wordSet('called told accused labelled labeled branded dubbed described considered taunted');
const I = wordSet("i we i'm i've i'd i'll im we're we've we'd me let lets let's imho");
const YOU = wordSet("you u you're you've yourself your ur");
const BE = wordSet('is are was were am be been being get gets got getting');
/** What only may be said: "your own mother would call you a fool", "somebody should tell you". */
const MAY = wordSet(
  "would should must ought need needs can could deserve deserves might wouldn't he'd she'd they'd",
);
const AUXILIARY = wordSet(
  `is are was were am be been being has have had having do does did will won't get gets got to always never often
   also just only even still again once recently repeatedly publicly openly actually simply constantly keep keeps kept
   not cannot cant dont didnt doesnt wont would should must ought need needs can could deserve deserves might may`,
);
const FINITE =
  /^(?:is|are|was|were|am|must|should|can|could|will|would|may|has|have|had|deserves?|needs?)$|'(?:re|ll|d|s)$/;
/** A verb behind one of these is a noun: "your claims", "a call". */
const OWNERS = wordSet('the a an your his her my our their its this these those of no');

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
    if (I.has(words.word(at + 2)) || words.word(at + 2) === 'my') return undefined;
    const source = words.endOfClause(at);
    return { from: at, to: source < words.count ? words.endOfClause(source) : source };
  }
  if (/^(?:words|slogan|slogans|phrase)$/.test(word)) return { from: at + 1, to: words.endOfClause(at) };
  const isVerb = SAYS.has(word) || (WRITES.has(word) && words.word(at + 1) === 'that');
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
  return AUXILIARY.has(word) || word.endsWith("n't");
}

/** Whether the verb is one of other people's saying, not of the commenter's. */
function isOthers(words: Words, verb: number): boolean {
  const start = words.startOfClause(verb);
  let at = verb - 1;
  let isPassive = false;
  let isInfinitive = false;
  let mayOnly = false;
  while (at >= start && isAuxiliary(words.word(at)) && !/,/.test(words.gapBefore(at + 1))) {
    isPassive ||= BE.has(words.word(at)) && PASSIVE.has(words.word(verb));
    isInfinitive ||= words.word(at) === 'to';
    mayOnly ||= MAY.has(words.word(at));
    at -= 1;
  }
  const subject = at >= start ? words.word(at) : '';
  if (mayOnly) return false;
  if (isPassive) return true;
  if (OWNERS.has(subject) && at === verb - 1) return false;
  if (I.has(subject)) return false;
  // "To say that ... is wrong", as opposed to "you may like to say that".
  if (isInfinitive) return at < start;
  const isLoose = words.word(verb).endsWith('ing') && at === verb - 1;
  if (isLoose) return !isOwn(words, start, verb);
  // A command: "Tell the author that he is an idiot."
  if (subject === '' || /^(?:and|or|then|please|so)$/.test(subject)) return false;
  // "You think you are a king, you fool": what the reader says of himself.
  if (YOU.has(subject)) return !isAbout(words, verb);
  return true;
}

function isOwn(words: Words, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (I.has(words.word(at))) return true;
  return false;
}

function isAbout(words: Words, verb: number): boolean {
  for (let at = verb + 1; at < words.endOfClause(verb); at++) if (YOU.has(words.word(at))) return true;
  return false;
}
