import type { PhraseHit, PhraseIndex } from '../matching/phrase-index.js';
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

/** A comment and the views of it that detectors share. Each view is made once, on first need. */
export class Comment {
  #folded: Folded | undefined;
  #tokens: Token[] | undefined;
  #sentences: TaggedSentence[] | undefined;
  #quotations: Span[] | undefined;
  #hits: Map<PhraseIndex, ReturnType<PhraseIndex['match']>> | undefined;
  #views: Map<object | symbol, unknown> | undefined;

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

  /** What an index of phrases finds in this comment, by group of phrases. */
  hits(index: PhraseIndex): readonly (readonly PhraseHit[])[] {
    // A weak map would keep every comment until the next full garbage collection.
    this.#hits ??= new Map();
    let hits = this.#hits.get(index);
    if (!hits) {
      hits = index.match(this);
      this.#hits.set(index, hits);
    }
    return hits;
  }

  /**
   * A view of the comment that belongs to another room: what the classifier sees in it, at whom its words are aimed.
   * It is made once and kept as long as the comment.
   * @param key what tells the view from others; always used with the same type of view
   */
  view<View>(key: object | symbol, make: () => View): View {
    this.#views ??= new Map();
    if (!this.#views.has(key)) this.#views.set(key, make());
    return this.#views.get(key) as View;
  }
}
