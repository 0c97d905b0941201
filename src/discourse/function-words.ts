import { BE, FINITE_BE, wordSet } from '../text/function-words.js';

/**
 * Words by which people tell who says what of whom, each list once, with the spellings of haste. Words are compared
 * as `Words` has them: folded, in lower case, disguises undone. Where a spelling is another word too, it is left out:
 * "ill", "well", "id", "hell".
 */

/** The commenter, or those he counts himself among, as a subject. */
export const I = wordSet('i we');
/** The same with "am" or "are". */
export const I_AM = wordSet("i'm im we're");
/** The same with any verb. */
export const I_WITH_VERB = wordSet(I_AM, "i've ive i'd i'll we've weve we'd we'll");
export const ME = wordSet('me us');
export const MYSELF = wordSet('myself ourselves');

/** Who is spoken to. */
export const YOU = wordSet("you u ya yall y'all thou thee");
/** The same with a verb. "ur" is "your" as well. */
export const YOU_WITH_VERB = wordSet("you're youre ur you've youve you'd you'll youll");
/** "ur" is "you are" as well. */
export const YOUR = wordSet('your ur yr yours');
export const YOURSELF = wordSet('yourself yourselves urself');

/** A third person, as a subject. */
export const HE = wordSet('he she');
/** The same with a verb. */
export const HE_WITH_VERB = wordSet("he's she's hes shes he'd she'd he'll she'll");
/** "her" is a possessive as well. */
export const HIM = wordSet('him her');
export const THEY = wordSet('they');
/** The same with a verb. */
export const THEY_WITH_VERB = wordSet("they're theyre they've theyve they'd they'll theyll");
export const HIS = wordSet('his her their');

/** A thing with "is". "its" is a possessive as well. */
export const IT_IS = wordSet("it's its that's thats");

/** Pronouns that open a clause of their own: "and you", "but it". */
export const SUBJECTS = wordSet(I, YOU, HE, THEY, 'it');
/** The same with a verb: "and you're". "ur" and "its" are left out, for they mostly lead to a noun here: "and ur mother". */
export const SUBJECTS_WITH_VERB = wordSet(
  I_WITH_VERB,
  "you're youre you've youve you'd you'll youll it's",
  HE_WITH_VERB,
  THEY_WITH_VERB,
);

/** The forms of "be" that can be a clause's verb, "r" among them. */
export const IS = wordSet(FINITE_BE, 'r');
/** All forms of "be". */
export const BEING = wordSet(BE, 'r');

/** Verbs with "not" in one word, without the apostrophe. */
const NEGATED_VERBS = wordSet(
  `cannot cant dont doesnt didnt isnt arent wasnt werent aint wont wouldnt shouldnt couldnt mustnt neednt havent hasnt
   hadnt`,
);
/** "Isn't" and its like. */
export const IS_NOT = wordSet("isnt arent wasnt werent aint isn't aren't wasn't weren't ain't");
/** Words that deny, by themselves or beside a verb. */
export const NEGATIONS = wordSet('not no never hardly neither nor without nobody none');

/** Whether a word is a verb with "not": "don't", "dont", "cannot". */
export function isNegatedVerb(word: string): boolean {
  return word.endsWith("n't") || NEGATED_VERBS.has(word);
}

/** Adverbs that may stand between a subject and its verb. */
export const ADVERBS = wordSet(
  `always never often also just only even still already again once really truly simply clearly obviously certainly
   surely definitely probably apparently actually constantly repeatedly recently publicly openly`,
);

/** Conjunctions that may open a clause with a subject of its own. */
export const CONJUNCTIONS = wordSet('and but so yet or because while whereas then');

/** Verbs by which somebody is given a name: "call you a fool". */
const CALL = {
  base: wordSet('call label brand dub describe consider'),
  thirdPerson: wordSet('calls labels brands dubs describes considers'),
  past: wordSet('called labelled labeled branded dubbed described considered'),
  ing: wordSet('calling labelling labeling branding dubbing describing considering'),
};
export const CALLING = wordSet(CALL.base, CALL.thirdPerson, CALL.past, CALL.ing);
/** "He was called": also verbs of saying that have a person for their object. */
export const CALLED = wordSet(CALL.past, 'told accused taunted');

/** Verbs of saying after which it is said what. */
export const SAYING = wordSet(
  `say says said saying tell tells told telling claim claims claimed claiming allege alleges alleged alleging
   insist insists insisted insisting declare declares declared declaring accuse accuses accused accusing`,
);
/** Verbs of thinking and of saying between the lines. */
export const THINKING = wordSet(
  `think thinks thought thinking believe believes believed believing suggest suggests suggested suggesting
   imply implies implied implying`,
);
/** Verbs of saying loudly. "shout" and "scream" are nouns as well. */
export const SHOUTING = wordSet(
  `shout shouts shouted shouting yell yells yelled yelling scream screams screamed screaming chant chants chanted
   chanting threaten threatens threatened threatening taunt taunts taunted taunting`,
);
/** Verbs of saying again or in reply, in the forms that are no nouns. */
export const REPLYING = wordSet(
  'replied replies replying tweeted tweets tweeting posted repeats repeated repeating',
);
/** Verbs of saying that have other objects too, so that only "that" tells what is said: "wrote that you are". */
export const WRITING = wordSet(
  'write writes wrote written writing add adds added adding answer answers answered answering',
);
/** What a commenter does with words that are his own: "I say '...'", "I replied '...'". */
export const OWN_SAYING = wordSet(
  `say saying said call calling called tell telling told repeat repeating repeated write writing wrote add adding added
   reply replying replied answer answering answered`,
);
