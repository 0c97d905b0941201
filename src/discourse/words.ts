import { type Comment, view } from '../comment/comment.js';
import { plainLetters } from '../matching/disguises.js';
import { CONJUNCTIONS, SUBJECTS, SUBJECTS_WITH_VERB } from './function-words.js';

/** Tokens of a comment: the first and the one after the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How far clauses and sentences are read, in words: a text without a stop must not take for ever. */
const REACH = 40;

/** The words of a comment, by number; outside it they are empty. */
export class Words {
  readonly count: number;
  readonly #words: readonly string[];
  /** For each token the first of its clause and of its sentence, and where the next of each begin. Each found once. */
  #openings: Bounds | undefined;
  #stops: Bounds | undefined;
  #sentences: Bounds | undefined;

  constructor(readonly comment: Comment) {
    this.#words = comment.tokens.map(({ word }) => plainLetters(word));
    this.count = this.#words.length;
  }

  word(at: number): string {
    return this.#words[at] ?? '';
  }

  /** What stands between a token and the one before it. */
  gapBefore(at: number): string {
    const token = this.comment.tokens[at];
    const before = this.comment.tokens[at - 1];
    return token && before ? this.comment.folded.text.slice(before.end, token.start) : '';
  }

  /** Whether a token opens a clause: after the end of a sentence or a sign that parts clauses, commas left aside. */
  isOpening(at: number): boolean {
    return at <= 0 || this.comment.tokens[at]?.afterBreak === true;
  }

  /** The token after the last of the clause that holds `at`. A comma, a bracket or a dash ends it too. */
  endOfClause(at: number): number {
    this.#stops ??= boundsOf(this.count, (token) => this.#isStop(token));
    const end = Math.min(this.#stops.next(at + 1), at + REACH);
    return Math.min(Math.max(at + 1, end), this.count);
  }

  /** The first token of the clause that holds `at`, commas left aside, 40 tokens before it at most. */
  startOfClause(at: number): number {
    return Math.max(this.#clauses.first(at), at - REACH);
  }

  /** The first token from `at` on that opens a clause, commas left aside, 40 tokens behind it at most. */
  nextClause(at: number): number {
    return Math.min(this.#clauses.next(at), at + REACH);
  }

  /** The folded text, in lower case, of the sentence that holds the tokens from `from` to `to`. */
  sentenceAround(from: number, to: number): string {
    this.#sentences ??= boundsOf(this.count, (token) => SENTENCE_END.test(this.gapBefore(token)));
    const first = Math.max(this.#sentences.first(from), from - REACH);
    const end = Math.min(this.#sentences.next(to), to + REACH);
    const { tokens, folded } = this.comment;
    return folded.lower.slice(tokens[first]?.start ?? 0, tokens[end]?.start);
  }

  get #clauses(): Bounds {
    this.#openings ??= boundsOf(this.count, (token) => this.isOpening(token));
    return this.#openings;
  }

  #isStop(at: number): boolean {
    return this.isOpening(at) || /[,()]|\s[-\u2013\u2014]/.test(this.gapBefore(at)) || this.#opensAnother(at);
  }

  /** "... and you are", "... but I": a conjunction with a subject of its own. */
  #opensAnother(at: number): boolean {
    const subject = this.word(at + 1);
    return CONJUNCTIONS.has(this.word(at)) && (SUBJECTS.has(subject) || SUBJECTS_WITH_VERB.has(subject));
  }
}

/** Where stretches of tokens begin. */
interface Bounds {
  /** The first token of the stretch that holds a token. */
  first(at: number): number;
  /** The first token from one on that begins a stretch; the number of tokens where none does. */
  next(at: number): number;
}

/** Looks at each token once, so that a walk from each of many tokens to the bounds around it costs no more. */
function boundsOf(count: number, isBound: (at: number) => boolean): Bounds {
  // Plain arrays: most comments are short, and to allocate a typed one takes longer than to fill it.
  const firsts: number[] = [];
  const nexts: number[] = [];
  let first = 0;
  for (let at = 0; at < count; at++) {
    const isFirst = isBound(at);
    if (isFirst) first = at;
    firsts.push(first);
    nexts.push(isFirst ? at : count);
  }
  for (let at = count - 2; at >= 0; at--) if (nexts[at] === count) nexts[at] = nexts[at + 1] ?? count;
  return {
    first: (at) => (at < 0 ? at : (firsts[Math.min(at, count - 1)] ?? 0)),
    next: (at) => nexts[at] ?? count,
  };
}

const SENTENCE_END = /[.?!\n]["')\]\s]|\n/;

/** The words of a comment; made once. */
export const wordsOf: (comment: Comment) => Words = view((comment) => new Words(comment));
