import { Comment } from '../comment/comment.js';
import { detectLanguage } from '../detectors/detected-language.js';
import { type Reading, readLabel } from '../detectors/labels.js';
import type { SentComment, VerdictBody } from '../http/schemas.js';
import { abuseByRules } from '../moderation/abuse.js';
import type { AbuseKind } from '../moderation/abuse-kind.js';
import { toDay } from '../moderation/day.js';
import { judge, type RuleResult, toVerdict } from '../moderation/moderate.js';
import type { Verdict } from '../moderation/verdict.js';
import { sourceSpan } from '../text/fold.js';
import type { Span } from '../text/span.js';
import { type Bench, judgeInFull } from './judge.js';
import type { Source } from './metrics.js';

/** What callers can have a comment scored for, beside its verdict. */
export type Attribute = Reading | 'likely-to-reject';

/** A comment that was judged, for callers who think in scores. */
export interface Assessment {
  readonly verdict: VerdictBody;
  /** The language of the comment, as a BCP 47 tag; `und` where it is not English, but which it is cannot be told. */
  readonly language: string;
  /** How sure it is that the comment has an attribute, 0 to 1. */
  score(attribute: Attribute): number;
  /** The same for each sentence by itself. */
  scoreSentences(attribute: Attribute): ScoredSentence[];
}

/** A sentence, in UTF-16 units of the text as it was sent. */
export interface ScoredSentence extends Span {
  readonly score: number;
}

/** Which kinds of abuse, found by the rules, speak for what the classifier is asked. */
const KINDS: Readonly<Record<Reading, readonly AbuseKind[]>> = {
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

/** Judges a comment by the rules in force, counts the verdict, and scores it for what callers ask. */
export function assess(sent: SentComment, source: Source, bench: Bench): Assessment {
  const { comment, results, body } = judgeInFull(sent, source, bench);
  let sentences: { readonly span: Span; readonly judged: Judged }[] | undefined;
  return {
    verdict: body,
    language: detectLanguage(comment),
    score: (attribute) => scoreOf(attribute, { comment, results, verdict: body }),
    scoreSentences: (attribute) => {
      sentences ??= sentencesOf(comment).map((span) => ({
        span,
        judged: judgeAlone(comment.text.slice(span.start, span.end), sent, bench),
      }));
      return sentences.map(({ span, judged }) => ({ ...span, score: scoreOf(attribute, judged) }));
    },
  };
}

interface Judged {
  readonly comment: Comment;
  readonly results: readonly RuleResult[];
  readonly verdict: Pick<Verdict, 'verdict' | 'reasons'>;
}

/**
 * The classifier's score or the rules', whichever is higher. The classifier has learned labels that people gave to
 * whole comments, and is unsure of much that a list settles: it gives "I will kill you" 0.03 for a threat. What the
 * lists have is what the paper has decided; a comment with such a word is at least so surely what the rule says, and
 * all others keep the order in which the classifier puts them.
 */
function scoreOf(attribute: Attribute, { comment, results, verdict }: Judged): number {
  if (attribute === 'likely-to-reject') return likelihood(verdict, results);
  return Math.max(readLabel(comment, attribute), abuseByRules(results, KINDS[attribute]));
}

/** The verdict as a number: reject from 0.9 on, review from 0.5 to 0.8, all else below 0.5; surer is more. */
function likelihood(
  { verdict, reasons }: Pick<Verdict, 'verdict' | 'reasons'>,
  results: readonly RuleResult[],
): number {
  const [strictest] = reasons;
  if (verdict === 'reject') return 0.9 + 0.1 * (strictest?.score ?? 1);
  if (verdict === 'review') return 0.5 + 0.3 * (strictest?.score ?? 1);
  const enforced = results.filter(({ rule }) => rule.mode === 'enforce');
  return 0.49 * Math.max(0, ...enforced.map(({ score }) => score));
}

/** As many sentences are scored by themselves; the rest of the text is one with the last. */
const MOST_SENTENCES = 100;

function sentencesOf({ text, sentences, folded }: Comment): Span[] {
  const spans = sentences.map(({ start, end }) => sourceSpan(folded, start, end));
  const last = spans[MOST_SENTENCES - 1];
  if (last) spans.splice(MOST_SENTENCES - 1, spans.length, { start: last.start, end: text.length });
  return spans.length > 0 ? spans : [{ start: 0, end: text.length }];
}

/** A sentence is no comment of anybody: it is not counted. */
function judgeAlone(text: string, { context }: SentComment, { ruleset, clock }: Bench): Judged {
  const comment = new Comment(text, context);
  const results = judge(comment, ruleset, toDay(clock()));
  return { comment, results, verdict: toVerdict(results, ruleset.version) };
}
