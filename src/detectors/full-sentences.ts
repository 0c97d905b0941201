import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import type { PhraseHit } from '../matching/phrase-index.js';
import { sourceSpan } from '../text/fold.js';
import { overlaps, type Span } from '../text/span.js';
import { isKnownWord, type TaggedSentence, type TaggedWord } from '../text/tagger.js';
import { type Detector, type Finding, NOTHING } from './detector.js';
import { fullness, MODEL } from './full-sentences/model.js';

/** Words with which greetings, thanks, applause and good wishes start. */
const COURTESIES = (
  'dear, hello, hi, namaste, namaskar, vanakkam, good morning, good afternoon, good evening, good day, thanks, ' +
  'many thanks, thank you, thank u, thankyou, well said, well done, well written, well put, hear hear, bravo, kudos, ' +
  'hats off, congratulations, congrats, jai hind, om shanti, rip, rest in peace, ' +
  'best wishes, all the best, good luck, happy birthday, happy new year, happy diwali, happy eid, happy pongal, ' +
  'happy onam, merry christmas, warm regards, kind regards, best regards, regards, yours sincerely, sincerely, ' +
  'yours faithfully, yours truly, cheers'
).split(', ');

const options = z.strictObject({
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
      'Words with which greetings, thanks and applause start ("Well said, sir."). Such short sentences need not be full, nor do they count as full; [] lets none pass. A {name} stands for a list.',
    ),
  ignoreQuotations: z
    .boolean()
    .default(true)
    .describe(
      'Whether what stands in quotation marks, or after a > at the start of a line, is left out of account.',
    ),
});
type Options = z.infer<typeof options>;

/**
 * Comments in fragments. A sentence is full when it has a finite verb and its subject, or is an imperative; how
 * sure that is, a small model over the parts of speech says (see `full-sentences/model.ts`).
 *
 * Left out of account: courtesies, quotations, addresses, signatures, items of a list, and sentences most of whose
 * words are no English, which are names or for another rule to judge.
 */
export const fullSentences: Detector<typeof options> = {
  name: 'full-sentences',
  options,
  prepare: (options) => ({
    phrases: options.courtesies.map((text) => ({ text, exact: true })),
    detect: (comment, hits) => toFinding(comment, judgedParts(comment, hits, options), options.share),
  }),
};

/** A sentence, or a clause of one that is not full as a whole. */
interface Part extends Span {
  /** Its words, signs not counted. */
  readonly length: number;
  /** How sure it is a full sentence, 0 to 1. */
  readonly fullness: number;
}

function toFinding(comment: Comment, parts: readonly Part[], share: number): Finding {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length === 0) return NOTHING;
  const full = parts.reduce((sum, part) => sum + part.length * part.fullness, 0) / length;
  // Even odds where as much is full as is asked for, and in a straight line from there to both ends.
  const score = full < share ? 1 - full / share / 2 : (1 - full) / (1 - share) / 2;
  const fragments = parts.filter((part) => part.fullness < 0.5);
  return {
    score,
    spans: fragments.map(({ start, end }) => sourceSpan(comment.folded, start, end)),
    ...(fragments.length > 0 && { note: noteOn(fragments.length, parts.length) }),
  };
}

function noteOn(fragments: number, parts: number): string {
  if (fragments === parts) return 'no full sentence';
  return fragments === 1
    ? `1 of ${parts} sentences is a fragment`
    : `${fragments} of ${parts} sentences are fragments`;
}

function judgedParts(comment: Comment, hits: readonly PhraseHit[], { ignoreQuotations }: Options): Part[] {
  const courteous = new Set(hits.map((hit) => comment.tokens[hit.from]?.start));
  const quotations = ignoreQuotations ? comment.quotations : [];
  return comment.sentences.flatMap((sentence, i) => {
    const words = sentence.words.filter(isWord);
    const [first] = words;
    const last = words.at(-1);
    if (!first || !last || isForeign(words)) return [];
    if (words.length <= LONGEST_COURTESY && courteous.has(first.start)) return [];
    if (quotations.some((quotation) => overlaps(first, quotation) && overlaps(last, quotation))) return [];
    const isAside = isListItem(sentence) || (i === comment.sentences.length - 1 && isSignature(words));
    return isAside && comment.sentences.length > 1 ? [] : partsOf(sentence, words.length);
  });
}

/** Courtesies that are longer say something. */
const LONGEST_COURTESY = 12;
/** A word in any script, and no sign, number, link, @name or #tag. */
const WORD = /^(?!https?:|www\.)\p{L}/iu;

function isWord({ text }: TaggedWord): boolean {
  return WORD.test(text);
}

/** Whether most words are none of English. The tagger can only guess at them. */
function isForeign(words: readonly TaggedWord[]): boolean {
  let known = 0;
  for (const { text } of words) if (isKnownWord(text)) known += 1;
  return known * 2 < words.length;
}

function isListItem({ words }: TaggedSentence): boolean {
  return /^[-*•·]$/.test(words[0]?.text ?? '');
}

const LONGEST_SIGNATURE = 5;

/** "Ravi Kumar, Chennai", at the end. */
function isSignature(words: readonly TaggedWord[]): boolean {
  return words.length <= LONGEST_SIGNATURE && words.every(({ text }) => /^\p{Lu}(?:\p{Ll}|\.?$)/u.test(text));
}

/** Signs between which a clause may stand for itself: "Bad news: prices are up again." */
const BETWEEN_CLAUSES = /^(?:[-:;,()]+|\.{2,})$/;
/** Words that make a clause part of another. */
const SUBORDINATES = new Set(
  'as if because which who when where than while since though although until'.split(' '),
);

/**
 * A sentence as a whole. If that is a fragment but a clause of it is a full sentence, its clauses; unless it starts
 * with that clause, which then carries the rest: "The surplus was luck - achieved by others."
 */
function partsOf({ words, start, end }: TaggedSentence, length: number): Part[] {
  const whole = { start, end, length, fullness: fullness(words, MODEL) };
  if (whole.fullness >= 0.5 || length > LONGEST_SPLIT) return [whole];
  const clauses = splitClauses(words).map(toClause);
  const full = clauses.find((clause) => clause.fullness >= 0.5);
  if (!full) return [whole];
  return full === clauses[0] ? [{ ...whole, fullness: full.fullness }] : clauses;
}

/** In words. No sentence is longer; hostile texts may be. */
const LONGEST_SPLIT = 200;

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

function toClause(words: readonly TaggedWord[]): Part {
  const first = words.find(isWord);
  const isSubordinate = first?.tag === 'SCONJ' || SUBORDINATES.has(first?.text.toLowerCase() ?? '');
  return {
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    length: words.filter(isWord).length,
    fullness: isSubordinate ? 0 : fullness(words, MODEL),
  };
}
