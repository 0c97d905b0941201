import type { Span } from '../text/span.js';

/** What a rule does when it fires, mildest first: `flag` tells and lets pass. */
export const ACTIONS = ['flag', 'review', 'reject'] as const;
export type Action = (typeof ACTIONS)[number];

/** What becomes of a comment, mildest first. */
export const DECISIONS = ['approve', 'review', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Why a rule fired, for the moderator and the commenter. */
export interface Reason {
  /** The rule's id. */
  readonly rule: string;
  /** The sentence of the paper's policy that it enforces. */
  readonly guideline: string;
  readonly action: Action;
  /** What the commenter is told. */
  readonly message: string;
  /** How sure it is that the guideline is broken, 0 to 1. */
  readonly score: number;
  /** The words at fault, in order, in UTF-16 units of the text as it was sent; empty where none can be named. */
  readonly spans: readonly Span[];
  /** What the detector saw, for the moderator, where it can say more than the words: `French`. */
  readonly note?: string | undefined;
}

/** The answer to a comment. */
export interface Verdict {
  /** The strictest action of the rules that fired. */
  readonly verdict: Decision;
  /** One for each rule that fired, strictest first, then surest first. */
  readonly reasons: readonly Reason[];
  /** For every rule that is loaded and enabled, how sure it is that its guideline is broken, 0 to 1. */
  readonly scores: Readonly<Record<string, number>>;
  /** The version of the rules that made it: `sha256:` and 64 hexadecimal digits. */
  readonly rulesVersion: string;
  /** Judging took more steps than it may, and not every rule was looked at: then it is `review` or stricter. */
  readonly isCut?: true;
}
