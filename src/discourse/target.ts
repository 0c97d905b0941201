import { type Comment, view } from '../comment/comment.js';
import { DO, HAVE, INDEFINITE_ARTICLES, MODALS, wordSet } from '../text/function-words.js';
import { isWrittenAsName } from '../text/names.js';
import { type Disowning, disowningOf } from './disowning.js';
import {
  ADVERBS,
  BEING,
  CALLING,
  HE,
  HE_WITH_VERB,
  HIM,
  HIS,
  I,
  I_AM,
  I_WITH_VERB,
  IS_NOT,
  IT_IS,
  ME,
  MYSELF,
  THEY,
  THEY_WITH_VERB,
  YOU,
  YOU_WITH_VERB,
  YOUR,
  YOURSELF,
} from './function-words.js';
import { isThing } from './things.js';
import { type Words, wordsOf } from './words.js';

/** Those who can be attacked in person. */
export const AIMED_AT = ['reader', 'author', 'participant', 'family', 'person', 'name', 'bare'] as const;

/**
 * At whom a word of abuse is aimed.
 * - `reader`: who is spoken to ("you are", "people like you"); `bare`: nobody is named, so probably the reader ("Idiot!")
 * - `author`: who wrote the article; `participant`: somebody the site says is in the discussion
 * - `family`: the reader's, or somebody's; `person`: he, she, this man; `name`: somebody or something with a capital
 * - `self`: the commenter, or those he counts himself among; `thing`: an argument, a policy, a party
 * - `others`: a group, or nobody in particular
 */
export type Target = (typeof AIMED_AT)[number] | 'self' | 'thing' | 'others';

const READER = wordSet(YOU, YOURSELF);
const COMMENTER = wordSet(I, I_WITH_VERB, ME, MYSELF);
const PERSONS = wordSet(HE, HE_WITH_VERB, HIM);
const GROUPS = wordSet(THEY, THEY_WITH_VERB, 'them these those');
const THING_WORDS = wordSet(IT_IS, 'it this that');
const IT = wordSet(THING_WORDS, 'which what there everything nothing something');
/** "Be", and verbs that say what somebody is, or is like. */
const COPULA = wordSet(
  BEING,
  'feel feels felt look looks sound sounds act acts behave seem seems became become becoming remain remains appear appears',
);
/** What may stand between a subject and its copula. */
const AUXILIARY = wordSet(
  HAVE,
  DO,
  MODALS,
  ADVERBS,
  "to going gonna got all both so such not ain't cannot either as",
);
const MODIFIER = wordSet(
  `a an the such so very really just only truly simply clearly obviously complete total absolute utter pure perfect
   real proper certified big bigger biggest huge little small old damn damned bloody fucking freaking frigging bleeding
   goddamn stinking dirty filthy silly sad pathetic stupid dumb ignorant arrogant rude lying cheap low third rate class
   first bunch pack gang set lot piece kind sort type of one nothing anything plain downright more less than but like quite rather too even still
   also both all most again always forever born paid fat ugly sick same another some kinda sorta well known poor
   not no never hardly dishonest corrupt useless worthless shameless spineless incompetent hateful miserable deluded
   delusional foolish crazy senile elitist liberal conservative leftist rightist communist political lib commie`,
);
const ARTICLE = wordSet(INDEFINITE_ARTICLES, 'such another');
const NEGATED = wordSet(IS_NOT, 'not no never hardly');
const AUTHOR = wordSet(
  'author writer journalist reporter columnist editor correspondent authoress blogger commentator moderator commenter commentor commentator poster op contributor cartoonist',
);
const NO_NAME = wordSet(
  'nobody everybody everyone anybody anyone somebody someone none all some most many few such one being without when if because while although though any every what why how who whoever even maybe perhaps',
);
const FAMILY = wordSet(
  'mother mom mum mommy father dad daddy wife husband sister brother son daughter family parents ancestors forefathers kids children grandfather grandmother mama papa amma',
);
const PART_OF_YOU = wordSet(
  'brain brains head mind face iq mouth type kind ilk breed sort whole attitude tongue',
);
const PERSON = wordSet(
  'man woman guy fellow person lady chap boy girl bloke dude gentleman kid chick bro uncle aunty',
);
const PEOPLE_LIKE = wordSet(
  'people guys lot folks all both two three fellows men women bunch everyone ones persons types kind',
);
/** "Don't be a moron", "Stop being a fool". */
const COMMAND = wordSet("don't dont do stop quit never please");
/** "Call me an idiot", "he thinks us fools". */
const NAMING = wordSet(CALLING, 'think thinks thought');
const JOINS = wordSet('and or & nor n yet');
const LEADS_ON = wordSet('of who behind here above below at in from for whose');
/** "Are you really this stupid?" */
const THIS = wordSet('this that');
const BEFORE_THIS = wordSet('you u really');
const HAILS = wordSet('hey hello hi listen oi oye yo');
/** In words: "Listen, you utter". */
const LONGEST_HAIL = 4;
const BARE_WORDS = wordSet('what oh lol haha shame hey ok such u wow well hello lmao listen yes no');

/** How far back the subject of a clause is looked for, in words. */
const REACH = 8;
/** A stretch of tokens that abuse, and who may be meant by it. */
export interface Aim {
  readonly target: Target;
  /** Said without being meant ("you are not an idiot", "he called you an idiot"); none: meant. */
  readonly disowned: Disowning | undefined;
}

/**
 * Finds at whom words of abuse in a comment are aimed, by the words around them in their clause. What several of them
 * ask is found once, so that a comment of nothing but abuse takes time in proportion to its length.
 */
export class Aims {
  /** At whom a word is aimed by what stands before it; those of a row ("fool and liar and thief") share one answer. */
  readonly #before = new Map<number, Target | undefined>();

  /** @param isAbusive whether the token of that number is part of a word of abuse, as both are in "you stupid idiot" */
  constructor(
    readonly comment: Comment,
    readonly isAbusive: (token: number) => boolean,
  ) {}

  /** At whom the tokens from `from` to `to` (excluded) are aimed. */
  of(from: number, to: number): Aim {
    const { comment } = this;
    const clause = this.#clause(from, to);
    const before = this.#aimBefore(clause);
    // Whoever is spoken to comes first: "You are an idiot, and so is the author."
    const likened = before === 'reader' ? undefined : aimLikened(clause);
    const target = likened ?? before ?? aimAfter(clause) ?? aimAlone(clause) ?? 'others';
    return {
      target,
      // Found only where it is asked for: most words are aimed at nobody who matters.
      get disowned() {
        return disowningOf(comment, from, to);
      },
    };
  }

  /** By what stands before the first of a row that the words end: all are aimed at the same. */
  #aimBefore(words: Clause): Target | undefined {
    const row: number[] = [];
    let clause = words;
    let at = beforeModifiers(clause);
    while (JOINS.has(clause.word(at)) && clause.isAbusive(at - 1)) {
      if (this.#before.has(at - 1)) return this.#keep(row, this.#before.get(at - 1));
      row.push(at - 1);
      clause = this.#clause(at - 1, at);
      at = beforeModifiers(clause);
    }
    return this.#keep(row, aimBefore(clause, at));
  }

  #keep(row: readonly number[], target: Target | undefined): Target | undefined {
    for (const at of row) this.#before.set(at, target);
    return target;
  }

  #clause(from: number, to: number): Clause {
    return new Clause(this.comment, from, to, this.isAbusive);
  }
}

/** The words around a word of abuse, up to where its clause begins and ends. */
class Clause {
  readonly first: number;
  readonly last: number;
  readonly #words: Words;

  constructor(
    readonly comment: Comment,
    readonly from: number,
    readonly to: number,
    readonly isAbusive: (token: number) => boolean,
  ) {
    this.#words = wordsOf(comment);
    this.first = this.#words.startOfClause(from);
    this.last = this.#words.nextClause(to);
  }

  /** The word at a place; empty outside the clause. */
  word(at: number): string {
    return at >= this.first && at < this.last ? this.#words.word(at) : '';
  }

  /** Whether an article with at most two words after it leads to the word of abuse: "a bald faced traitor". */
  isAfterArticle(at: number): boolean {
    const steps = this.from - at;
    return (steps === 1 && ARTICLE.has(this.word(at - 2))) || (steps <= 2 && ARTICLE.has(this.word(at - 1)));
  }

  gapBefore(at: number): string {
    return this.#words.gapBefore(at);
  }

  isModifier(at: number): boolean {
    const word = this.word(at);
    // Whatever stands between an article and the word of abuse: "a prize fool".
    if (this.isAfterArticle(at) && !COPULA.has(word)) return true;
    if (word === 'as') return COPULA.has(this.word(at - 1));
    // "Are you really this stupid?"
    if (at === this.from - 1 && THIS.has(word) && BEFORE_THIS.has(this.word(at - 1))) return true;
    return (
      MODIFIER.has(word) ||
      (word !== '' && this.isAbusive(at)) ||
      (word.length > 4 && /(?:ly|ing)$/.test(word) && !COPULA.has(word))
    );
  }

  isCapitalised(at: number): boolean {
    const token = this.comment.tokens[at];
    if (!token || this.word(at) === '') return false;
    return isWrittenAsName(this.comment.folded.text.slice(token.start, token.end));
  }

  isParticipant(at: number): boolean {
    return participantsOf(this.comment).has(bare(this.word(at)));
  }

  isAuthorsName(at: number): boolean {
    return authorOf(this.comment).has(bare(this.word(at)));
  }
}

/** Names that the site gave, word by word; taken apart once for each comment. */
const participantsOf = view(({ context }) => namesIn(context.participants ?? []));
const authorOf = view(({ context }) => namesIn(context.author === undefined ? [] : [context.author]));

function namesIn(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2),
  );
}

function bare(word: string): string {
  return word.replace(/'s$/, '');
}

/** "Idiots like you", "your idea is stupid and so are you". */
function aimLikened(clause: Clause): Target | undefined {
  const next = clause.word(clause.to);
  const after = clause.word(clause.to + 1);
  const isLike = next === 'like' || (next === 'such' && after === 'as') || next === 'as';
  const isSo = next === 'and' && after === 'so' && COPULA.has(clause.word(clause.to + 2));
  const [first, second] = isSo ? [clause.to + 3, clause.to + 4] : [clause.to + 1, clause.to + 2];
  if (!isLike && !isSo) return undefined;
  const whom = [clause.word(first), clause.word(second)];
  if (whom.some((word) => READER.has(word))) return 'reader';
  if (whom.some((word) => AUTHOR.has(word))) return 'author';
  return clause.isParticipant(first) ? 'participant' : undefined;
}

/** The place before the words that only lead to the word of abuse: "you" in "you are such an utter idiot". */
function beforeModifiers(clause: Clause): number {
  let at = clause.from - 1;
  for (let steps = 0; steps < REACH && clause.isModifier(at) && !READER.has(clause.word(at)); steps++)
    at -= 1;
  return at;
}

/** Reads back from the place before a word's modifiers: "you are such an", "the author is a", "you utter". */
function aimBefore(clause: Clause, at: number): Target | undefined {
  const word = clause.word(at);
  if (word === '') return undefined;
  if (READER.has(word)) return 'reader';
  // "Your an idiot" means "you're".
  if (word === 'your' && ARTICLE.has(clause.word(at + 1))) return 'reader';
  if (YOU_WITH_VERB.has(word)) return describesNext(clause, at) ? 'thing' : 'reader';
  if (isCopula(word)) return aimOfSubject(clause, at - 1);
  const isContracted = word.endsWith("'s") && at < clause.from - 1;
  if (isContracted && clause.isCapitalised(at)) return aimOfName(clause, at);
  // "Isn't the author an idiot?"
  if (AUTHOR.has(word) && [1, 2].some((back) => isCopula(clause.word(at - back)))) return 'author';
  if (isOfSelfBefore(clause, at)) return 'self';
  if (PERSONS.has(word)) return 'person';
  if (PEOPLE_LIKE.has(word) && READER.has(clause.word(at - 1))) return 'reader';
  return undefined;
}

function isCopula(word: string): boolean {
  return COPULA.has(word) || NEGATED.has(word);
}

/** "I'm an idiot", "he called me a moron"; not "I hate you". */
function isOfSelfBefore(clause: Clause, at: number): boolean {
  const word = clause.word(at);
  if (clause.gapBefore(clause.from).includes(',')) return false;
  if (I_AM.has(word)) return true;
  if (I.has(word) && COPULA.has(clause.word(at - 1))) return true;
  const isCalled = at === clause.from - 1 && NAMING.has(clause.word(at - 1));
  return ME.has(word) && (isCalled || ARTICLE.has(clause.word(at + 1)));
}

/** Whether the word of abuse only describes the noun after it, as in "ur stupid argument". */
function describesNext(clause: Clause, at: number): boolean {
  const hasArticle = /^(?:a|an|such|the)$/.test(clause.word(at + 1));
  const next = clause.word(clause.to);
  return clause.word(at) === 'ur' && !hasArticle && next !== '' && !JOINS.has(next) && !AUXILIARY.has(next);
}

/** Who is meant by the subject whose last word stands at `end`. */
function aimOfSubject(clause: Clause, end: number): Target {
  let at = end;
  while (AUXILIARY.has(clause.word(at)) && at > end - REACH) at -= 1;
  // "It is you who are", "I could kick myself for being".
  if (/^(?:who|for)$/.test(clause.word(at))) at -= 1;
  const word = clause.word(at);
  if (READER.has(word) || COMMAND.has(word)) return 'reader';
  if (PEOPLE_LIKE.has(word) && READER.has(clause.word(at - 1))) return 'reader';
  if (COMMENTER.has(word) || /^(?:we|us)$/.test(clause.word(at - 1))) return 'self';
  if (PERSONS.has(word)) return 'person';
  if (isWriterBefore(clause, at)) return 'author';
  if (THING_WORDS.has(word)) return 'thing';
  if (GROUPS.has(word) || IT.has(word)) return 'others';
  if (AUTHOR.has(word)) return 'author';
  if (FAMILY.has(word) && hasOwner(clause, at)) return 'family';
  if (PART_OF_YOU.has(word) && YOUR.has(clause.word(at - 1))) return 'reader';
  if (clause.isParticipant(at)) return 'participant';
  if (clause.isAuthorsName(at)) return 'author';
  if (PERSON.has(word)) return 'person';
  if (isAuthorBefore(clause, at)) return 'author';
  if (isThing(word)) return 'thing';
  return isName(clause, at) ? 'name' : 'others';
}

/** A capital that opens a sentence makes no name of a plural: "Politicians are crooks". */
function isName(clause: Clause, at: number): boolean {
  const isPlural = at === clause.first && /^(?:are|were|r)$/.test(clause.word(at + 1));
  return clause.isCapitalised(at) && !isPlural && !NO_NAME.has(clause.word(at));
}

function hasOwner(clause: Clause, at: number): boolean {
  return [at - 1, at - 2].some((i) => YOUR.has(clause.word(i)) || HIS.has(clause.word(i)));
}

/** "Whoever wrote this", "the person who wrote such an article". */
function isWriterBefore(clause: Clause, end: number): boolean {
  return [1, 2, 3].some(
    (back) =>
      /^(?:wrote|writes|published|writing)$/.test(clause.word(end - back)) &&
      /^(?:whoever|who|person|one|that)$/.test(clause.word(end - back - 1)),
  );
}

/** "The author of this piece", "the journalist behind the story". */
function isAuthorBefore(clause: Clause, end: number): boolean {
  for (let at = end; at > end - REACH; at--) {
    if (AUTHOR.has(clause.word(at)) && LEADS_ON.has(clause.word(at + 1))) return true;
  }
  return false;
}

function aimOfName(clause: Clause, at: number): Target {
  if (clause.isParticipant(at)) return 'participant';
  if (clause.isAuthorsName(at)) return 'author';
  return isThing(bare(clause.word(at))) ? 'thing' : 'name';
}

/** Reads on from the word: "idiots like you", "this stupid author", "idiot Ravi", "what a fool I have been". */
function aimAfter(clause: Clause): Target | undefined {
  const next = clause.word(clause.to);
  const after = clause.word(clause.to + 1);
  if (isOfSelf(clause)) return 'self';
  if (READER.has(next) && COPULA.has(after)) return 'reader';
  if (/^[ ]*$/.test(clause.gapBefore(clause.to)) && next !== '') {
    if (AUTHOR.has(next)) return 'author';
    if (clause.isParticipant(clause.to)) return 'participant';
    if (PERSON.has(next)) return 'person';
    if (isThing(next)) return 'thing';
    if (clause.isCapitalised(clause.to)) return 'name';
  }
  return undefined;
}

/** "Stupid me", "what a fool I have been", "fool that I am", "made a fool of myself", "call me an idiot". */
function isOfSelf(clause: Clause): boolean {
  const [next, second] = [clause.word(clause.to), clause.word(clause.to + 1)];
  if (next === 'me' || MYSELF.has(next) || (next === 'of' && MYSELF.has(second))) return true;
  const subject = /^(?:that|as)$/.test(next) ? clause.to + 1 : clause.to;
  return (
    COMMENTER.has(clause.word(subject)) &&
    /^(?:am|was|were|are|have|had|feel|felt)$/.test(clause.word(subject + 1))
  );
}

/** Nobody is named: "Idiot!", "What a fool.", "Read it again, moron." */
function aimAlone(clause: Clause): Target | undefined {
  if (isHailed(clause)) return 'reader';
  if (isAllAbuse(clause)) return 'bare';
  const isCalledAtEnd = clause.to === clause.last && clause.gapBefore(clause.from).includes(',');
  const isCalledAtStart = isOnlyModified(clause) && clause.gapBefore(clause.to).includes(',');
  if (!isCalledAtEnd && !isCalledAtStart) return undefined;
  for (let at = clause.first; at < clause.last; at++) {
    if (READER.has(clause.word(at)) || YOUR.has(clause.word(at)) || YOU_WITH_VERB.has(clause.word(at)))
      return 'reader';
  }
  return 'bare';
}

/** Whether nothing else is said. */
function isAllAbuse(clause: Clause): boolean {
  for (let at = clause.first; at < clause.last; at++) {
    const isOfAbuse = at >= clause.from && at < clause.to;
    if (!isOfAbuse && !BARE_WORDS.has(clause.word(at)) && !clause.isModifier(at)) return false;
  }
  return true;
}

/** "Bloody fool, ...": nothing but modifiers stand before it. */
function isOnlyModified(clause: Clause): boolean {
  for (let at = clause.first; at < clause.from; at++) if (!clause.isModifier(at)) return false;
  return true;
}

/** "Hey idiot, ...", "Listen, you fool": the clause opens with a call. */
function isHailed(clause: Clause): boolean {
  const opening = clause.comment.tokens[clause.first]?.word ?? '';
  const length = clause.from - clause.first;
  return length > 0 && length <= LONGEST_HAIL && HAILS.has(opening);
}
