import { RE2JS, RE2JSException, RE2Set } from 're2js';
import type { Folded } from '../text/fold.js';

/** The number of an expression in its set. */
export type ExpressionId = number;

/** Searched for together at most; more are searched for in several goes. */
const MOST_TOGETHER = 1000;
/**
 * In how many goes a text is searched where there are as many expressions. The search learns a state for each mixture
 * of half-found expressions that a text leads to, and what it learns for a few expressions apart adds up where for all
 * of them together it multiplies: 10,000 characters of the rules' own words in any order, at first sight, take some 9
 * times what a plain text takes; in one go 11. In four goes 7, but every comment costs 3% more than in one.
 */
const GOES = 2;
/** Fewer are searched for in one go. */
const WORTH_PARTING = 20;

/** Of what the searches of a set remember of texts, together, in bytes. With less they forget and learn anew. */
const MOST_BYTES = 24 * 1024 * 1024;

/** Expressions compiled into one. */
interface Compiled {
  /** The expressions, as a key. */
  readonly key: string;
  /** Undefined where they are too large together: then each must be searched for by itself. */
  readonly set: RE2Set | undefined;
  readonly ids: readonly ExpressionId[];
}

/**
 * All regular expressions of all rules, so that a text is searched for them in one go, however many there are.
 * They tell whether an expression has a match, not where: that is several times cheaper, and mostly there is none.
 */
export class ExpressionSet {
  readonly #ids = new Map<string, ExpressionId>();
  /** Until this one is compiled. */
  #before: ExpressionSet | undefined;
  #compiled: readonly Compiled[] | undefined;

  /**
   * @param before the set that this one replaces, or is compared with: what both have is compiled once. Rules that
   * are edited mostly keep their patterns, and expressions that texts have been searched for are several times
   * faster than new ones
   */
  constructor(before?: ExpressionSet) {
    this.#before = before;
  }

  /**
   * Adds an expression, or finds the one that is there.
   * @param expression in RE2's syntax, without regard to case; must be valid
   * @throws Error once a text has been searched
   */
  add(expression: string): ExpressionId {
    if (this.#compiled) throw new Error('a set of expressions is complete once a text has been searched');
    const id = this.#ids.get(expression) ?? this.#ids.size;
    this.#ids.set(expression, id);
    return id;
  }

  /**
   * The expressions that may have a match in a text: all that have one and, where they are too large to be searched
   * for together, others too. Made to be a view of a comment: `comment.view(set.match)`.
   */
  readonly match = ({ folded }: { readonly folded: Folded }): readonly ExpressionId[] => {
    this.#compiled ??= this.#compile();
    const [only] = this.#compiled;
    if (only && this.#compiled.length === 1) return search(only, folded);
    return this.#compiled.flatMap((compiled) => search(compiled, folded));
  };

  #compile(): Compiled[] {
    const expressions = [...this.#ids.keys()];
    const known = this.#before === undefined ? [] : (this.#before.#compiled ?? []);
    this.#before = undefined;
    const goes = expressions.length < WORTH_PARTING ? 1 : GOES;
    const size = Math.min(MOST_TOGETHER, Math.ceil(expressions.length / goes));
    const compiled: Compiled[] = [];
    for (let from = 0; from < expressions.length; from += size) {
      const together = expressions.slice(from, from + size);
      const key = JSON.stringify(together);
      const same = known.find((other) => other.key === key);
      const set = same ? same.set : compile(together, MOST_BYTES / goes);
      compiled.push({ key, set, ids: together.map((_, i) => from + i) });
    }
    return compiled;
  }
}

function search({ set, ids }: Compiled, { text }: Folded): readonly ExpressionId[] {
  if (!set) return ids;
  const [first = 0] = ids;
  const found = set.match(text);
  return first === 0 ? found : found.map((number) => first + number);
}

/** @returns undefined where the expressions are too large together, as a few with many repeats are */
function compile(expressions: readonly string[], mostBytes: number): RE2Set | undefined {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, mostBytes);
  for (const expression of expressions) set.add(withoutCounts(expression));
  try {
    set.compile();
    return set;
  } catch (error) {
    if (error instanceof RE2JSException && /too large/.test(error.message)) return undefined;
    throw error;
  }
}

/** A sign that is taken as it is, a class of signs, or a repeat with a least and a most. */
const PART = /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]|\{(\d+),\d+\}/gs;

/**
 * An expression that matches wherever the given one does, and elsewhere: what it repeats, it repeats without end. For
 * each count the search would learn states of their own ("any word, up to six times"), for each mixture of them.
 */
function withoutCounts(expression: string): string {
  return expression.replace(PART, (part, least: string | undefined) =>
    least === undefined ? part : `{${least},}`,
  );
}
