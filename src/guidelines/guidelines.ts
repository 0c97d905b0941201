import type { LimitPolicy } from '../limits/policy.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { Place, ReportedMistake } from './mistakes/mistake.js';

export {
  type Excerpt,
  type Mistake,
  type Place,
  type ReportedMistake,
  RulesError,
  showMistake,
} from './mistakes/mistake.js';

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
