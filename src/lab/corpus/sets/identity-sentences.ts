import type { WrittenSet } from '../labelled-set.js';

const GROUPS =
  `gay lesbian bisexual transgender queer straight jewish muslim hindu christian sikh buddhist catholic protestant
   black white asian african indian pakistani chinese mexican american european arab dalit brahmin tamil punjabi
   disabled deaf blind old young homosexual heterosexual female male`.split(/\s+/);
const PERSONS =
  `lesbian jew muslim hindu christian sikh buddhist catholic protestant african indian pakistani mexican american
   european arab dalit brahmin tamil punjabi refugee migrant feminist`.split(/\s+/);
const PEOPLE =
  `gays lesbians jews muslims hindus christians sikhs buddhists catholics blacks whites asians africans indians
   pakistanis mexicans arabs dalits brahmins tamils immigrants refugees migrants women men`.split(/\s+/);
const OF_ONE = [
  'I am #.',
  'I am a # man.',
  'I am a # woman and I live in this town.',
  'She is #.',
  'He is # and works at the hospital.',
  'They are #.',
  'My neighbours are # and we get along well.',
  'My brother is #, and so are his friends.',
  'The # community in our city has its own newspaper.',
  'A # couple was married here last week.',
  'As a # person I read this with interest.',
  'There are # students in my class.',
];
const OF_PERSON = ['He is a #.', 'She is a #.', 'My friend, a #, works here.', 'A # lives next door.'];
const OF_MANY = [
  'Many # live here.',
  'The # in our town have built a school.',
  '# have the right to vote.',
  'I met some # at the market today.',
  'We should listen to what # say about it.',
  'The report counts # for the first time.',
];

function fill(frames: readonly string[], words: readonly string[]): string[] {
  return words.flatMap((word) => frames.map((frame) => frame.replace('#', word)));
}

/**
 * Plain sentences about groups, written for this: in the other sets a group is mostly named in order to abuse it,
 * and a classifier takes the name for the abuse (Dixon et al., Measuring and Mitigating Unintended Bias in Text
 * Classification, 2018).
 */
export const identitySentences: WrittenSet = {
  source: 'sentences written for Stet (MIT)',
  weight: 4,
  texts: [...fill(OF_ONE, GROUPS), ...fill(OF_PERSON, PERSONS), ...fill(OF_MANY, PEOPLE)].map((text) => ({
    text,
    labels: { toxicity: 0, profanity: 0, 'identity-attack': 0 },
  })),
};
