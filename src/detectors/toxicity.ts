import { z } from 'zod';
import { LABELS, type LabelReading, type TellingWords } from '../classifier/reading.js';
import { type Comment, view } from '../comment/comment.js';
import { DISOWNINGS } from '../discourse/disowning.js';
import { YOU, YOU_WITH_VERB, YOUR, YOURSELF } from '../discourse/function-words.js';
import { isObscene } from '../discourse/obscene.js';
import { AIMED_AT, type Aim, Aims, type Target } from '../discourse/target.js';
import { plainLetters } from '../matching/disguises.js';
import { wordSet } from '../text/function-words.js';
import { type Detector, NOTHING } from './detector.js';

/** Why a telling word may not count. */
const EXCUSES = [...DISOWNINGS, 'self', 'thing'] as const;
type Excuse = (typeof EXCUSES)[number];

/** Toxicity whose words are aimed at these. */
const PERSONAL = 'personal-attack';
const PEOPLE: readonly Target[] = ['reader', 'author', 'participant', 'family', 'person', 'name'];

const options = z
  .strictObject({
    label: z
      .enum([...LABELS, PERSONAL])
      .default('toxicity')
      .describe(
        'What to look for: toxicity (what makes people leave a discussion), severe-toxicity, insult, threat, profanity, identity-attack (on a group of people), or personal-attack (toxicity aimed at a person).',
      ),
    at: z
      .array(z.enum(AIMED_AT))
      .optional()
      .describe(
        'At whom the words must be aimed, as for the detector insults; left out, it does not matter. Words aimed at an argument or a policy do not count then.',
      ),
    excuse: z
      .array(z.enum(EXCUSES))
      .default([...EXCUSES])
      .describe(
        'Which words do not count: negated ("you are not an idiot"), reported ("he called me a moron"), quoted in order to object, of the commenter (self), of an argument, a policy or a party (thing). The score is then 0.7 at most, unless the rest is abuse too; obscene words are never excused.',
      ),
  })
  .describe('Fires on what a trained classifier takes for abuse.');

/**
 * This share of the score stays where its words are excused, so that conditions want a threshold above it. Rows that
 * were labelled by the word alone keep their rank: the area under the ROC curve is the same with and without excuses.
 */
const EXCUSED = 0.7;
const OF_READER = wordSet(YOU, YOU_WITH_VERB, YOUR, YOURSELF);

/** A trained classifier: abuse without a listed word too. Its score is the probability that readers call it so. */
export const toxicity: Detector<typeof options> = {
  name: 'toxicity',
  options,
  prepare: ({ label: asked, at: aimed, excuse }) => {
    const label = asked === PERSONAL ? 'toxicity' : asked;
    const at = asked === PERSONAL ? (aimed ?? PEOPLE) : aimed;
    return {
      detect: (comment, _hits, reading) => {
        const read = reading.of(label);
        const { score } = read;
        const found = aimedWords(comment, read);
        if (found.length === 0) return { score: at ? 0 : score, spans: [] };
        if (at && !found.some((each) => isAimed(each, at))) return NOTHING;
        const excused = found.filter((each) => isExcused(each, comment, excuse));
        const counted = found.filter((each) => !excused.includes(each) && (!at || isAimed(each, at)));
        if (at && counted.length === 0) return NOTHING;
        const left = excused.length === 0 ? score : withExcuses(score, reading.without(label, excused));
        return {
          score: left,
          spans: counted.map((each) => ({ ...comment.spanOf(each.from, each.to), score: left * each.share })),
        };
      },
    };
  },
};

interface AimedWords extends TellingWords {
  readonly aim: Aim;
}

/** For each reading of a comment its telling words and at whom they are aimed: several conditions ask. */
const aims = view(() => new Map<LabelReading, readonly AimedWords[]>());

function aimedWords(comment: Comment, read: LabelReading): readonly AimedWords[] {
  if (read.words.length === 0) return [];
  const known = aims(comment).get(read);
  if (known) return known;
  const isTelling = new Uint8Array(comment.tokens.length);
  for (const { from, to } of read.words) isTelling.fill(1, from, to);
  const among = new Aims(comment, (token) => isTelling[token] === 1);
  const found = read.words.map((words): AimedWords => ({ ...words, aim: among.of(words.from, words.to) }));
  aims(comment).set(read, found);
  return found;
}

function isAimed({ aim }: AimedWords, at: readonly Target[]): boolean {
  return at.includes(aim.target);
}

function isExcused({ aim, from, to }: AimedWords, comment: Comment, excuse: readonly Excuse[]): boolean {
  const { target, disowned } = aim;
  if (!excuse.some((reason) => reason === target || reason === disowned)) return false;
  const words = comment.tokens.slice(from, to).map(({ word }) => plainLetters(word));
  const isOfReader = disowned === undefined && words.some((word) => OF_READER.has(word));
  return !isOfReader && !words.some(isObscene);
}

/** The rest of the comment decides; but words that are excused still tell of a quarrel. */
function withExcuses(score: number, without: number): number {
  return Math.min(score, Math.max(without, EXCUSED * score));
}
