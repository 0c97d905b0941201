import type { Comment } from '../../comment/comment.js';
import type { Classifier } from '../classifier.js';
import type { Label, LabelReading, Reading, TellingWords } from '../reading.js';
import { type Features, featuresOf, readFeatures } from './features.js';
import { type Model, probability, tellingWords } from './model.js';
import { shippedModel, shippedVersion } from './shipped.js';

/** Below this score nobody asks for the words. */
const WORTH_NAMING = 0.2;

/**
 * Reads a comment by the linear classifier. It needs no thread and cannot fail, takes some 50 µs, and is what judges
 * where a better classifier is away.
 */
export function readLinear(comment: Comment): Reading {
  return new LinearReading(comment, shippedModel(), shippedVersion());
}

/** The linear classifier as one among others. */
export const linear: Classifier = {
  get version() {
    return shippedVersion();
  },
  read: async (comments) => comments.map(readLinear),
};

/** Works out each label when it is first asked for: most rules ask for one or two of them. */
class LinearReading implements Reading {
  readonly #labels = new Map<Label, LabelReading>();
  readonly #comment: Comment;
  readonly #model: Model;
  #features: Features | undefined;

  constructor(
    comment: Comment,
    model: Model,
    readonly classifier: string,
  ) {
    this.#comment = comment;
    this.#model = model;
  }

  of(label: Label): LabelReading {
    let read = this.#labels.get(label);
    if (!read) {
      read = this.#read(label);
      this.#labels.set(label, read);
    }
    return read;
  }

  without(label: Label, words: readonly Pick<TellingWords, 'from' | 'to'>[]): number {
    const isLeftOut = new Uint8Array(this.#comment.tokens.length);
    for (const { from, to } of words) isLeftOut.fill(1, from, to);
    const rest = readFeatures(this.#comment, (token) => isLeftOut[token] === 1);
    return probability(this.#model, label, rest);
  }

  #read(label: Label): LabelReading {
    this.#features ??= featuresOf(this.#comment);
    if (this.#features.distinct === 0) return { score: 0, words: [] };
    const score = probability(this.#model, label, this.#features);
    const words = score < WORTH_NAMING ? [] : tellingWords(this.#model, label, this.#features);
    return { score, words };
  }
}
