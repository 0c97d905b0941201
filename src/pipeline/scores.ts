import { Comment } from '../comment/comment.js';
import { detectLanguage } from '../detectors/detected-language.js';
import { readLabel, type ScoredLabel } from '../detectors/labels.js';
import { abuseByRules } from '../moderation/abuse.js';
import type { AbuseKind } from '../moderation/abuse-kind.js';
import { budgetFor, deadlineFrom } from '../moderation/budget.js';
import { toDay } from '../moderation/day.js';
import { judge, type RuleResult, toVerdict } from '../moderation/moderate.js';
import type { Verdict } from '../moderation/verdict.js';
import { sourceSpan } from '../text/fold.js';
import type { Span } from '../text/span.js';
import type { Turn } from './arrival.js';
import type { Judgement } from './judgement.js';
import type { Pipeline } from './pipeline.js';
import { type ReadComment, readComments } from './read.js';

/** What callers can have a comment scored for, beside its verdict. */
export type Attribute = ScoredLabel | 'likely-to-reject';

/** A comment, or a part of one, that was judged. */
interface Judged extends ReadComment {
  readonly results: readonly RuleResult[];
  readonly verdict: Pick<Verdict, 'verdict' | 'reasons'>;
}

/** A part of a comment that was judged by itself. */
export interface JudgedPart extends Judged {
  /** In UTF-16 units of the text as it was sent. */
  readonly span: Span;
}

/** Which kinds of abuse, found by the rules, speak for what the classifier is asked. */
const KINDS: Readonly<Record<ScoredLabel, readonly AbuseKind[]>> = {
  toxicity: ['insult', 'threat', 'profanity', 'identity-attack'],
  'severe-toxicity': ['threat', 'identity-attack'],
  insult: ['insult'],
  threat: ['threat'],
  profanity: ['profanity'],
  'identity-attack': ['identity-attack'],
  // Rules do not say at whom what they find is aimed.
  'attack-on-commenter': [],
  'attack-on-author': [],
};

/** The language of a comment, as a BCP 47 tag; `und` where it is not English, but which it is cannot be told. */
export function languageOf({ comment, reading }: ReadComment): string {
  return detectLanguage(comment, reading);
}

/**
 * How sure it is that a comment has an attribute, 0 to 1: the classifier's score or the rules', whichever is higher.
 * The classifier has learned labels that people gave to whole comments, and is unsure of much that a list settles: it
 * gives "I will kill you" 0.03 for a threat. What the lists have is what the paper has decided; a comment with such a
 * word is at least so surely what the rule says, and all others keep the order in which the classifier puts them.
 */
export function scoreOf(attribute: Attribute, { comment, reading, results, verdict }: Judged): number {
  if (attribute === 'likely-to-reject') return likelihood(verdict, results);
  return Math.max(readLabel(comment, reading, attribute), abuseByRules(results, KINDS[attribute]));
}

/** The verdict as a number: reject from 0.9 on, review from 0.5 to 0.8, all else below 0.5; surer is more. */
function likelihood({ verdict, reasons }: Judged['verdict'], results: readonly RuleResult[]): number {
  const [strictest] = reasons;
  if (verdict === 'reject') return 0.9 + 0.1 * (strictest?.score ?? 1);
  if (verdict === 'review') return 0.5 + 0.3 * (strictest?.score ?? 1);
  const enforced = results.filter(({ rule }) => rule.mode === 'enforce');
  return 0.49 * Math.max(0, ...enforced.map(({ score }) => score));
}

/** As many sentences are judged by themselves; the rest of the text is one with the last. */
const MOST_SENTENCES = 100;

/** Judges each sentence of a comment by itself. A sentence is nobody's comment: nothing counts it or is told of it. */
export async function judgeSentences(
  { comment: whole, ruleset }: Judgement,
  { classifier, clock, turn }: Pick<Pipeline, 'classifier' | 'clock'> & { readonly turn: Turn },
): Promise<JudgedPart[]> {
  await turn(whole.text.length);
  const spans = sentencesOf(whole);
  const parts = spans.map(({ start, end }) => new Comment(whole.text.slice(start, end), whole.context));
  const { read } = await readComments(parts, classifier);
  const today = toDay(clock());
  // One for all: a detector that is slow with each sentence must not be so a hundred times.
  const budget = budgetFor(whole, ruleset, deadlineFrom());
  return read.map(({ comment, reading }, i) => {
    const results = judge(comment, reading, ruleset, today, budget);
    const span = spans[i] ?? { start: 0, end: whole.text.length };
    return { span, comment, reading, results, verdict: toVerdict(results, ruleset.version) };
  });
}

function sentencesOf({ text, sentences, folded }: Comment): Span[] {
  const spans = sentences.map(({ start, end }) => sourceSpan(folded, start, end));
  const last = spans[MOST_SENTENCES - 1];
  if (last) spans.splice(MOST_SENTENCES - 1, spans.length, { start: last.start, end: text.length });
  return spans.length > 0 ? spans : [{ start: 0, end: text.length }];
}
