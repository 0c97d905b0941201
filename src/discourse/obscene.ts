import { plainLetters } from '../matching/disguises.js';

const OBSCENE =
  /^(?:(?:mother|bull)?(?:fuck|fuk|shit)|cunt|dick|cock(?:s|suck|head|$)|arse|ass(?:es|hole|holes|hat)?$|dumbass|jackass|nigg|fag(?:s|got|gots)?$|penis|pussy|wank|crap|suck(?:s|er|ers)?$|stfu)/;

/** Whether a word counts whoever says it, and of whatever: "it is not fucking censorship". */
export function isObscene(word: string): boolean {
  return OBSCENE.test(plainLetters(word));
}
