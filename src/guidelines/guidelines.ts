import type { LimitPolicy } from '../limits/policy.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { MistakeKind } from './mistakes/kinds.js';

/** All that a rules folder says, loaded whole. */
export interface Guidelines {
  readonly ruleset: Ruleset;
  readonly limits: LimitPolicy;
  readonly examples: readonly Example[];
  /** The last days of rules that end by themselves, and where they are written. */
  readonly expiries: readonly Expiry[];
  /** What `rules lint` should tell and no load need stop for: a list that nothing uses, a phrase that can never decide. */
  readonly warnings: readonly ReportedMistake[];
  /** What the folder held when it was loaded, by name: what a draft of some of its files is laid over. */
  readonly files: ReadonlyMap<string, string>;
}

/** What an example in a rule file says becomes of a comment. */
export type ExampleAction = 'approve' | 'flag' | 'review' | 'reject';

/** A comment in a rule file's `examples`, with what should become of it. */
export interface Example extends Place {
  readonly rule: string;
  readonly expected: ExampleAction;
  readonly text: string;
}

/** The last day on which a rule applies. */
export interface Expiry extends Place {
  readonly rule: string;
  /** `YYYY-MM-DD` in UTC. */
  readonly on: string;
}

/** A place in a rules folder. */
export interface Place {
  /** The file's name within the folder, with `/` between folders. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** The line that a mistake is told of, as a terminal may show it: cut to 100 characters, without control characters. */
export interface Excerpt {
  readonly text: string;
  /** Where in it the mistake stands, from 1, in UTF-16 units; at most one past its end. */
  readonly column: number;
}

/** Something wrong in a rules folder: what was read, and what would be right. */
export interface Mistake extends Place {
  readonly message: string;
}

/** A mistake with what is known of it besides. */
export interface ReportedMistake extends Mistake {
  readonly kind: MistakeKind;
  /** None where the file could not be read, or the line is blank. */
  readonly excerpt?: Excerpt | undefined;
}

/** A rules folder that cannot be put in force. Its message lists every mistake, one a line, as `file:line:column: message`. */
export class RulesError extends Error {
  override name = 'RulesError';
  /**
   * @param mistakes for which it cannot
   * @param warnings what else was seen, as `Guidelines` has it
   */
  constructor(
    readonly mistakes: readonly ReportedMistake[],
    readonly warnings: readonly ReportedMistake[] = [],
  ) {
    super(mistakes.map(showMistake).join('\n'));
  }
}

/** A mistake on one line: `abuse.yaml:3:1: message`. */
export function showMistake({ file, line, column, message }: Mistake): string {
  return `${file}:${line}:${column}: ${message}`;
}
