/**
 * Names of groups of people, by origin, religion, caste, sexuality or disability. Slurs are none; words that mostly
 * mean something else ("men", "straight", "old") neither.
 */
const GROUPS = new Set(
  `gay gays lesbian lesbians bisexual bisexuals transgender trans queer homosexual homosexuals heterosexual
   heterosexuals jew jews jewish muslim muslims islamic hindu hindus christian christians sikh sikhs buddhist
   buddhists jain jains parsi parsis catholic catholics protestant protestants atheist atheists
   black blacks white whites asian asians african africans indian indians pakistani pakistanis bangladeshi
   bangladeshis chinese mexican mexicans american americans european europeans arab arabs latino latinos hispanic
   hispanics dalit dalits brahmin brahmins tamil tamils punjabi punjabis bengali bengalis gujarati gujaratis
   marathi telugu kashmiri kashmiris disabled deaf blind immigrant immigrants refugee refugees migrant migrants
   feminist feminists`.split(/\s+/),
);

/** What all of them are read as. No word is spelt like that. */
const ANY_GROUP = '\u00a7';

/**
 * Reads the name of any group as the same: comments that abuse a group mention it, and a classifier that could tell
 * the groups apart would take some names for the abuse (Dixon et al., Measuring and Mitigating Unintended Bias in
 * Text Classification, 2018). So the same sentence has the same score, whichever group it speaks of.
 */
export function withoutGroup(word: string): string {
  return GROUPS.has(word) ? ANY_GROUP : word;
}
