import { RE2JS, RE2Set } from 're2js';
import type { Folded } from '../../text/fold.js';
import { rememberLatest } from '../../text/remember.js';

/** Expressions that a text is searched for in one go, however many they are. */
class ExpressionSet {
  readonly #set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
  #isInUse = false;

  /** Whether it has been searched for, so that nothing can be added. */
  get isInUse(): boolean {
    return this.#isInUse;
  }

  /** @returns the expression's number */
  add(expression: string): number {
    return this.#set.add(expression);
  }

  /** The numbers of the expressions that a text matches. */
  readonly match: (folded: Folded) => readonly number[] = rememberLatest((folded) => {
    this.#isInUse = true;
    return this.#set.match(folded.text);
  });
}

let latest = new ExpressionSet();

/**
 * Adds an expression to those that texts are searched for together: all that were added before the first search,
 * as those of a ruleset are.
 * @param expression in RE2's syntax, without regard to case; must be valid
 * @returns whether a text has a match
 */
export function addToSet(expression: string): (folded: Folded) => boolean {
  if (latest.isInUse) latest = new ExpressionSet();
  const set = latest;
  const number = set.add(expression);
  return (folded) => set.match(folded).includes(number);
}
