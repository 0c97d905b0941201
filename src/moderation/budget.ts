import type { Comment } from '../comment/comment.js';
import type { Steps } from '../comment/steps.js';
import type { Ruleset } from './ruleset.js';

/** How many steps a judgement may take for each character of the text, whatever the rules. */
const STEPS_A_CHARACTER = 1000;
/** And how many more for each condition and exception: each looks at the text at least once. */
const STEPS_A_QUESTION = 20;
/** Short texts count as if they were so much longer: what a detector does once for each comment has its room there. */
const LEAST_CHARACTERS = 1000;

/** A judgement has taken all its steps. */
export class OutOfSteps extends Error {
  override name = 'OutOfSteps';
}

/** How long a judgement may go on, by a clock that only goes forward. */
export interface Deadline {
  /** In milliseconds. */
  readonly now: () => number;
  /** A moment of that clock. */
  readonly at: number;
}

/**
 * How long judging may go on, in milliseconds. Steps bound what it costs, and this only what takes time and counts no
 * steps: a detector of somebody else's. It cannot be interrupted, but what would come after it is cut.
 */
const LONGEST_MS = 2000;

/** @param now a clock in milliseconds that only goes forward */
export function deadlineFrom(now: () => number = () => performance.now()): Deadline {
  return { now, at: now() + LONGEST_MS };
}

/** What a judgement may still cost. Once it is spent it stays so, whoever catches what it throws. */
export class Budget implements Steps {
  #left: number;
  #isLate = false;
  readonly #deadline: Deadline | undefined;

  /** @param deadline looked at by `isSpent`; left out, only steps count, and the same judgement always ends alike */
  constructor(steps: number, deadline?: Deadline) {
    this.#left = steps;
    this.#deadline = deadline;
  }

  /** How many steps are left; below 0 once they are spent. */
  get left(): number {
    return this.#left;
  }

  /** @throws OutOfSteps */
  spend(count: number): void {
    if (!(count >= 0)) throw new RangeError(`steps must be a number from 0 on; got ${count}`);
    this.#left -= count;
    if (this.#left < 0) throw new OutOfSteps('the comment has taken all the steps that judging it may take');
  }

  /** Whether nothing more is to be looked at. */
  isSpent(): boolean {
    this.#isLate ||= this.#deadline !== undefined && this.#deadline.now() > this.#deadline.at;
    return this.#isLate || this.#left < 0;
  }
}

/**
 * What judging a comment may cost: steps in proportion to its length and to what the rules ask, so that more rules or a
 * higher `MAX_COMMENT_CHARS` need no other number. Work in proportion to the text takes a small part of them.
 */
export function budgetFor({ text }: Comment, { rules }: Pick<Ruleset, 'rules'>, deadline?: Deadline): Budget {
  const questions = rules.reduce((sum, rule) => sum + rule.conditions.length + rule.exceptions.length, 0);
  const steps = (STEPS_A_CHARACTER + STEPS_A_QUESTION * questions) * (LEAST_CHARACTERS + text.length);
  return new Budget(steps, deadline);
}
