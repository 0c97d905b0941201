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
    let end = at + 1;
    const last = Math.min(this.count, at + REACH);
    while (end < last && !this.isOpening(end) && !/[,()]|\s[-\u2013\u2014]/.test(this.gapBefore(end))) {
      if (this.opensAnother(end)) break;
      end += 1;
    }
    return Math.min(end, this.count);
  }

  /** "... and you are", "... but I": a conjunction with a subject of its own. */
  private opensAnother(at: number): boolean {
    const subject = this.word(at + 1);
    return CONJUNCTIONS.has(this.word(at)) && (SUBJECTS.has(subject) || SUBJECTS_WITH_VERB.has(subject));
  }

  /** The first token of the clause that holds `at`, commas left aside. */
  startOfClause(at: number): number {
    let start = at;
    while (!this.isOpening(start) && start > at - REACH) start -= 1;
    return start;
  }

  /** The folded text, in lower case, of the sentence that holds the tokens from `from` to `to`. */
  sentenceAround(from: number, to: number): string {
    let first = from;
    while (first > from - REACH && first > 0 && !SENTENCE_END.test(this.gapBefore(first))) first -= 1;
    let end = to;
    while (end < to + REACH && end < this.count && !SENTENCE_END.test(this.gapBefore(end))) end += 1;
    const { tokens, folded } = this.comment;
    return folded.lower.slice(tokens[first]?.start ?? 0, tokens[end]?.start);
  }
}

const SENTENCE_END = /[.?!\n]["')\]\s]|\n/;

/** The words of a comment; made once. */
export const wordsOf: (comment: Comment) => Words = view((comment) => new Words(comment));
