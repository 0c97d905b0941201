import type { Reading } from '../classifier/reading.js';
import type { Comment } from '../comment/comment.js';
import type { Steps } from '../comment/steps.js';
import type { ExpressionSet } from '../matching/expression-set.js';
import type { GroupId, PhraseHit, PhraseIndex } from '../matching/phrase-index.js';
import type { Span } from '../text/span.js';
import type { AbuseKind } from './abuse-kind.js';
import type { Action } from './verdict.js';

/** What a condition saw in a comment: see the detectors' `Finding`, which it is. */
export interface Observation {
  readonly score: number;
  readonly spans: readonly (Span & { readonly score?: number | undefined })[];
  readonly note?: string | undefined;
}

/** A score from which on an action is taken, 0 to 1. */
export interface Threshold {
  readonly action: Action;
  readonly from: number;
}

/** Looks at a comment. Pure: the same comment, hits and reading give the same observation. */
export type Observe = (
  comment: Comment,
  hits: readonly PhraseHit[],
  reading: Reading,
  steps: Steps,
) => Observation;

/** What a rule asks of a comment. */
interface Question {
  /** As the rule file has it, for messages: `phrases`, `pattern`, `detector language`. */
  readonly label: string;
  /** Its phrases in the ruleset's index, where it has some. */
  readonly group: GroupId | undefined;
  /** The detector that it asks, by name, for reports of one that fails; undefined: it cannot fail. */
  readonly detector?: string | undefined;
  readonly observe: Observe;
}

/** One entry of a rule's `when`. */
export interface Condition extends Question {
  /** What it finds, for callers who ask by kind of abuse; none: no abuse, or nothing said. */
  readonly kinds?: readonly AbuseKind[] | undefined;
  /** Strictest first. */
  readonly thresholds: readonly Threshold[];
  /** For how many seconds the text of a comment is to be remembered for it; undefined where it does not ask. */
  readonly recall?: number | undefined;
}

/** One entry of a rule's `unless`: the rule never fires on the words that it observes, whatever their score. */
export type Exception = Question;

/** A rule, ready to judge. */
export interface Rule {
  readonly id: string;
  /** Its file's name within the rules folder. */
  readonly file: string;
  readonly guideline: string;
  readonly message: string;
  readonly action: Action;
  readonly mode: 'enforce' | 'shadow';
  /** False switches it off. */
  readonly enabled: boolean;
  /** Whom to ask about it. */
  readonly owner: string | undefined;
  /** The last day on which it applies, `YYYY-MM-DD` in UTC. */
  readonly expires: string | undefined;
  /** Whether it applies to a comment under this address (none: the site told none). */
  readonly appliesTo: (url: string | undefined) => boolean;
  readonly conditions: readonly Condition[];
  readonly exceptions: readonly Exception[];
  /** For the list of rules: how many phrases (lists not written out), patterns and examples it has. */
  readonly counts: { readonly phrases: number; readonly patterns: number; readonly examples: number };
}

/** All rules that are in force together. */
export interface Ruleset {
  /** In order of their files' names. */
  readonly rules: readonly Rule[];
  readonly phrases: PhraseIndex;
  /** The patterns of all rules, which the conditions search for; the ruleset that comes next may take them over. */
  readonly expressions: ExpressionSet;
  /** `sha256:` and the hash of every file that was loaded. */
  readonly version: string;
  /**
   * For how many seconds the text of a comment is to be remembered, so that rules can ask how often it was posted:
   * the longest that any rule in force asks for; 0 where none does.
   */
  readonly recall: number;
}
