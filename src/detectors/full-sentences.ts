import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import type { PhraseHit } from '../matching/phrase-index.js';
import { LINK_START } from '../text/address-signs.js';
import { sourceSpan } from '../text/fold.js';
import { isWrittenAsName } from '../text/names.js';
import { overlapWith, type Span } from '../text/span.js';
import { isKnownWord, type TaggedSentence, type TaggedWord } from '../text/tagger.js';
import { type Detector, type Finding, NOTHING } from './detector.js';
import { fullness, MODEL } from './full-sentences/sentence-model.js';

/** Words with which greetings, thanks, applause and good wishes start. */
const COURTESIES = (
  'dear, hello, hi, namaste, namaskar, vanakkam, good morning, good afternoon, good evening, good day, thanks, ' +
  'many thanks, thank you, thank u, thankyou, well said, well done, well written, well put, hear hear, bravo, kudos, ' +
  'hats off, congratulations, congrats, jai hind, om shanti, rip, rest in peace, ' +
  'best wishes, all the best, good luck, happy birthday, happy new year, happy diwali, happy eid, happy pongal, ' +
  'happy onam, merry christmas, warm regards, kind regards, best regards, regards, yours sincerely, sincerely, ' +
  'yours faithfully, yours truly, cheers'
).split(', ');

const options = z
  .strictObject({
    share: z
      .number()
      .min(0)
      .max(0.95)
      .default(0.35)
      .describe(
        'How much of the comment must be in full sentences, by its words: 0.35 asks for a good third, 0.95 for practically all.',
      ),
    courtesies: z
      .array(z.string())
      .default(COURTESIES)
      .describe(
        'Words with which greetings, thanks and applause start ("Well said, sir."). Such short sentences need not be full, nor do they count as full; by themselves they score 0.55 at most. [] lets none pass. A {name} stands for a list.',
      ),
    ignoreQuotations: z
      .boolean()
      .default(true)
      .describe(
        'Whether what stands in quotation marks, or after a > at the start of a line, is left out of account beside other sentences.',
      ),
  })
  .describe('Fires on comments that are not in full sentences.');
type Options = z.infer<typeof options>;

/**
 * Comments in fragments. A sentence is full when it has a finite verb and its subject, or is an imperative; how
 * sure that is, a small model over the parts of speech says (see `full-sentences/sentence-model.ts`). The score is how sure
 * it is that too little of the comment is full: for a single sentence, that it is a fragment.
 *
 * Some sentences are excused: courtesies, quotations, addresses, signatures, items of a list, and those most of
 * whose words are no English, which are names or for another rule to judge. They do not count beside others. A
 * comment of nothing else is no full sentence either, and scores so, but 0.55 at most: a rule that asks for more
 * lets it pass. Of other scripts than Latin nothing can be said, and nothing is.
 */
export const fullSentences: Detector<typeof options> = {
  name: 'full-sentences',
  options,
  prepare: (options) => ({
    phrases: options.courtesies.map((text) => ({ text, exact: true })),
    detect: (comment, hits) => toFinding(comment, sentencesOf(comment, hits, options), options.share),
  }),
};

/** A sentence, and what it is beside full or not. */
interface Sentence {
  readonly tagged: TaggedSentence;
  /** Its words, but for signs; at least 1. */
  readonly length: number;
  /** Whether it need not be full. */
  readonly isExcused: boolean;
}

/** A sentence that counts. */
interface Part extends Span {
  readonly length: number;
  /** How sure it is full, 0 to 1. */
  readonly fullness: number;
}

/** The most that a comment scores in which nothing need be full. */
const EXCUSED = 0.55;

function toFinding(comment: Comment, sentences: readonly Sentence[], share: number): Finding {
  if (sentences.length === 0) return comment.sentences.length === 0 ? WORDLESS : NOTHING;
  const due = sentences.filter((sentence) => !sentence.isExcused);
  const parts = (due.length > 0 ? due : sentences).map(toPart);
  const fragments = parts.filter((part) => part.fullness < 0.5);
  return {
    score: Math.min(due.length > 0 ? 1 : EXCUSED, scoreOf(parts, share)),
    spans: fragments.map(({ start, end }) => sourceSpan(comment.folded, start, end)),
    ...(fragments.length > 0 && { note: noteOn(fragments.length, parts.length) }),
  };
}

function toPart({ tagged, length }: Sentence): Part {
  return { start: tagged.start, end: tagged.end, length, fullness: fullnessOf(tagged.words) };
}

const WORDLESS: Finding = { score: EXCUSED, spans: [], note: 'no words' };

function noteOn(fragments: number, parts: number): string {
  if (fragments === parts) return 'no full sentence';
  return fragments === 1
    ? `1 of ${parts} sentences is a fragment`
    : `${fragments} of ${parts} sentences are fragments`;
}

/** What the score is on average over which parts may be full. */
function scoreOf(parts: readonly Part[], share: number): number {
  const likelihoods = likelihoodsOf(parts);
  const length = likelihoods.length - 1;
  return likelihoods.reduce((sum, likelihood, full) => sum + likelihood * lack(full / length, share), 0);
}

/** How likely it is that of all words none, one, two and so on stand in full sentences. */
function likelihoodsOf(parts: readonly Part[]): Float64Array {
  const likelihoods = new Float64Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  likelihoods[0] = 1;
  let before = 0;
  for (const { length, fullness } of parts) {
    for (let n = before; n >= 0; n--) {
      const likelihood = likelihoods[n] ?? 0;
      likelihoods[n + length] = (likelihoods[n + length] ?? 0) + likelihood * fullness;
      likelihoods[n] = likelihood * (1 - fullness);
    }
    before += length;
  }
  return likelihoods;
}

/** Even odds where as much is full as is asked for, and in a straight line from there to both ends. */
function lack(full: number, share: number): number {
  return full < share ? 1 - full / share / 2 : (1 - full) / (1 - share) / 2;
}

/** The sentences, but for those in other scripts. */
function sentencesOf(
  comment: Comment,
  hits: readonly PhraseHit[],
  { ignoreQuotations }: Options,
): Sentence[] {
  const courteous = new Set(hits.map((hit) => comment.tokens[hit.from]?.start));
  const isQuoted = overlapWith(ignoreQuotations ? comment.quotations : []);
  return comment.sentences.flatMap((tagged, i) => {
    const words = tagged.words.filter(isWord);
    if (isInOtherScript(words)) return [];
    const [first] = words;
    const last = words.at(-1);
    const isAside = isListItem(tagged) || (i === comment.sentences.length - 1 && isSignature(words));
    const isExcused =
      !first ||
      !last ||
      (isAside && comment.sentences.length > 1) ||
      (words.length <= LONGEST_COURTESY && courteous.has(first.start)) ||
      // One quotation holds both, where it reaches from the end of the first to the start of the last.
      isQuoted({ start: last.start, end: first.end }) ||
      isForeign(words);
    return [{ tagged, length: Math.max(1, words.length), isExcused }];
  });
}

/** Courtesies that are longer say something. */
const LONGEST_COURTESY = 12;
/** A word in any script, and no sign, number, link, @name or #tag. */
const WORD = new RegExp(`^(?!${LINK_START})\\p{L}`, 'u');

function isWord({ text }: TaggedWord): boolean {
  return WORD.test(text);
}

function isInOtherScript(words: readonly TaggedWord[]): boolean {
  const latin = words.filter(({ text }) => /^\p{Script=Latin}/u.test(text)).length;
  return latin * 2 < words.length;
}

/** Whether most words are none of English. The tagger can only guess at them. */
function isForeign(words: readonly TaggedWord[]): boolean {
  const known = words.filter(({ text }) => isKnownWord(text)).length;
  return known * 2 < words.length;
}

function isListItem({ words }: TaggedSentence): boolean {
  return /^[-*•·]$/.test(words[0]?.text ?? '');
}

const LONGEST_SIGNATURE = 5;

/** "Ravi Kumar, Chennai", at the end. */
function isSignature(words: readonly TaggedWord[]): boolean {
  return words.length <= LONGEST_SIGNATURE && words.every(({ text }) => isWrittenAsName(text));
}

/** Signs between which a clause may stand for itself: "Bad news: prices are up again." */
const BETWEEN_CLAUSES = /^(?:[-:;,()]+|\.{2,})$/;
/** Words that make a clause part of another. */
const SUBORDINATES = new Set(
  'as if because which who when where than while since though although until'.split(' '),
);
/** In words. No sentence is longer; hostile texts may be. */
const LONGEST_SPLIT = 200;
/** How full a fragment is at most that has a full clause in it. */
const WITH_CLAUSE = 0.49;

/**
 * How sure it is that a sentence is full. One that starts with a full clause is, for that carries the rest: "The
 * surplus was luck - achieved by others." With a full clause further on it may be: "Bad news: prices are up again."
 */
function fullnessOf(words: readonly TaggedWord[]): number {
  const whole = fullness(words, MODEL);
  if (whole >= 0.5 || words.length > LONGEST_SPLIT) return whole;
  const [first = 0, ...others] = splitClauses(words).map(clauseFullness);
  return first >= 0.5 ? first : Math.max(whole, Math.min(WITH_CLAUSE, Math.max(0, ...others)));
}

function clauseFullness(words: readonly TaggedWord[]): number {
  const first = words.find(isWord);
  const isSubordinate = first?.tag === 'SCONJ' || SUBORDINATES.has(first?.text.toLowerCase() ?? '');
  return isSubordinate ? 0 : fullness(words, MODEL);
}

function splitClauses(words: readonly TaggedWord[]): TaggedWord[][] {
  const clauses: TaggedWord[][] = [];
  let clause: TaggedWord[] = [];
  for (const word of words) {
    clause.push(word);
    if (BETWEEN_CLAUSES.test(word.text) && clause.some(isWord)) {
      clauses.push(clause);
      clause = [];
    }
  }
  if (clause.some(isWord)) clauses.push(clause);
  return clauses;
}
