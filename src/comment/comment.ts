import type { PhraseHit, PhraseIndex } from '../matching/phrase-index.js';
import { type Address, findAddresses, findLinks, type Link } from '../text/addresses.js';
import { type Folded, fold, sourceSpan } from '../text/fold.js';
import { quotations } from '../text/quotations.js';
import type { Span } from '../text/span.js';
import { type TaggedSentence, tagSentences } from '../text/tagger.js';
import { type Token, tokenise } from '../text/tokens.js';
import type { Repeats } from './repeats.js';

/** Where a comment stands and among whom, as the site tells it. */
export interface CommentContext {
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly participants?: readonly string[] | undefined;
  readonly parent?: string | undefined;
  /** When the same text was posted before; undefined where nobody counts: in a batch, a dry run, a replay. */
  readonly repeats?: Repeats | undefined;
}

/** What makes a view of a comment: pure, so that the view is the same whenever it is made. */
export type ViewOf<T> = (comment: Comment) => T;

/**
 * A comment and the views of it that detectors share. Each view is made once, on first need, and is kept with the
 * comment: it goes when the comment goes.
 */
export class Comment {
  #folded: Folded | undefined;
  #tokens: Token[] | undefined;
  #sentences: TaggedSentence[] | undefined;
  #quotations: Span[] | undefined;
  #links: Link[] | undefined;
  #addresses: Address[] | undefined;
  #hits: Map<PhraseIndex, ReturnType<PhraseIndex['match']>> | undefined;
  /** Some ten at most, the one asked for last in front by itself: to look through them takes less than a map does. */
  #views: View<unknown>[] | undefined;
  #latest: View<unknown> | undefined;

  constructor(
    /** The text as it was sent. */
    readonly text: string,
    readonly context: CommentContext = {},
  ) {}

  /** The text with its disguising characters undone. */
  get folded(): Folded {
    this.#folded ??= fold(this.text);
    return this.#folded;
  }

  /** Words and numbers; their offsets are those of the folded text. */
  get tokens(): readonly Token[] {
    this.#tokens ??= tokenise(this.folded.lower);
    return this.#tokens;
  }

  /** Where the tokens from `from` to `to` (excluded) stand in the text as it was sent. */
  spanOf(from: number, to: number): Span {
    return sourceSpan(this.folded, this.tokens[from]?.start ?? 0, this.tokens[to - 1]?.end ?? 0);
  }

  /** Sentences with a part of speech for each word; their offsets are those of the folded text. */
  get sentences(): readonly TaggedSentence[] {
    this.#sentences ??= tagSentences(this.folded.text);
    return this.#sentences;
  }

  /** Quotations, in offsets of the folded text. */
  get quotations(): readonly Span[] {
    this.#quotations ??= quotations(this.folded.text);
    return this.#quotations;
  }

  /**
   * A view of this comment that has no getter here: made on first need, kept with the comment.
   * @param make is also what the view is kept under, so it must be the same function each time
   * @throws what `make` throws; nothing is kept then
   * @example
   * const lengthOf = (comment: Comment) => comment.tokens.length;
   * comment.view(lengthOf);
   */
  view<T>(make: ViewOf<T>): T {
    // A weak map from comments to views would keep every comment until the next full garbage collection.
    if (this.#latest && isMadeBy(this.#latest, make)) return this.#latest.value;
    this.#views ??= [];
    for (const known of this.#views) {
      if (!isMadeBy(known, make)) continue;
      this.#latest = known;
      return known.value;
    }
    const value = make(this);
    this.#latest = { make, value };
    this.#views.push(this.#latest);
    return value;
  }

  /** Links, spelled out ones too, and e-mail addresses, in offsets of the folded text. */
  get links(): readonly Link[] {
    this.#links ??= findLinks(this.folded.text);
    return this.#links;
  }

  /** Links, e-mail addresses, @names and #tags, in offsets of the folded text. */
  get addresses(): readonly Address[] {
    this.#addresses ??= findAddresses(this.folded.text, this.links);
    return this.#addresses;
  }

  /** What an index of phrases finds in this comment, by group of phrases. */
  hits(index: PhraseIndex): readonly (readonly PhraseHit[])[] {
    this.#hits ??= new Map();
    let hits = this.#hits.get(index);
    if (!hits) {
      hits = index.match(this);
      this.#hits.set(index, hits);
    }
    return hits;
  }
}

/** A view, with what made it. */
interface View<T> {
  readonly make: ViewOf<T>;
  readonly value: T;
}

function isMadeBy<T>(view: View<unknown>, make: ViewOf<T>): view is View<T> {
  return view.make === make;
}

/**
 * A function that makes a view of a comment once and then gives the same one.
 * @example
 * export const wordsOf = view((comment) => new Words(comment));
 * wordsOf(comment);
 */
export function view<T>(make: ViewOf<T>): ViewOf<T> {
  return (comment) => comment.view(make);
}
