import { RE2JS, RE2Set } from 're2js';
import type { Folded } from '../../text/fold.js';
import { rememberLatest } from '../../text/remember.js';

/** So many at most: rule folders that are refused are never searched for, and add up until the next that is. */
const MOST_EXPRESSIONS = 1000;

/** Expressions that a text is searched for in one go, however many they are. */
class ExpressionSet {
  readonly #numbers = new Map<string, number>();
  #set: RE2Set | undefined;

  /** Whether nothing can be added: it has been searched for, or holds as many as it may. */
  get isClosed(): boolean {
    return this.#set !== undefined || this.#numbers.size >= MOST_EXPRESSIONS;
  }

  /** @returns the expression's number */
  add(expression: string): number {
    const number = this.#numbers.get(expression) ?? this.#numbers.size;
    this.#numbers.set(expression, number);
    return number;
  }

  /** The numbers of the expressions that a text matches. */
  readonly match: (folded: Folded) => readonly number[] = rememberLatest((folded) => {
    this.#set ??= compiled([...this.#numbers.keys()]);
    return this.#set.match(folded.text);
  });
}

/**
 * Of what a set remembers of texts. The default rules overflow the 8 MB that RE2 gives unless told otherwise, and
 * forget and learn anew all the time: 430 µs a comment against 225.
 */
const MOST_BYTES = 24 * 1024 * 1024;
/** As many sets are kept as the rulesets of two edits have, in most cases. */
const MOST_KEPT = 4;
const kept = new Map<string, RE2Set>();

/**
 * Compiles expressions, or takes a set that was compiled of the same ones lately: rules that are edited mostly
 * keep their patterns, and a set that texts have been searched for is several times faster than a new one.
 */
function compiled(expressions: readonly string[]): RE2Set {
  const key = JSON.stringify(expressions);
  const known = kept.get(key);
  const set = known ?? new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, MOST_BYTES);
  if (!known) for (const expression of expressions) set.add(expression);
  // The one used last comes last.
  kept.delete(key);
  kept.set(key, set);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return set;
}

let latest = new ExpressionSet();

/**
 * Adds an expression to those that texts are searched for together: all that were added before the first search,
 * as those of a ruleset are.
 * @param expression in RE2's syntax, without regard to case; must be valid
 * @returns whether a text has a match
 */
export function addToSet(expression: string): (folded: Folded) => boolean {
  if (latest.isClosed) latest = new ExpressionSet();
  const set = latest;
  const number = set.add(expression);
  return (folded) => set.match(folded).includes(number);
}
