import type { Comment } from '../../comment/comment.js';
import type { Classifier } from '../classifier.js';
import { type Label, type LabelReading, type Reading, type TellingWords, WORTH_NAMING } from '../reading.js';
import { type Features, featuresOf, readFeatures } from './features.js';
import {
  calibrated,
  HEAD_OF,
  type Head,
  type HeadName,
  logOddsOf,
  type Model,
  probability,
  tellingWords,
} from './model.js';
import { shippedModel, shippedVersion } from './shipped.js';

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

/**
 * Works out each label when it is first asked for: most rules ask for one or two of them. Several labels may be ranked by
 * one head, which is asked once.
 */
class LinearReading implements Reading {
  readonly #labels: Partial<Record<Label, LabelReading>> = {};
  readonly #heads: Partial<Record<HeadName, HeadReading>> = {};
  readonly #comment: Comment;
  readonly #model: Model;

  constructor(
    comment: Comment,
    model: Model,
    readonly classifier: string,
  ) {
    this.#comment = comment;
    this.#model = model;
  }

  of(label: Label): LabelReading {
    this.#labels[label] ??= this.#read(label);
    return this.#labels[label];
  }

  without(label: Label, words: readonly Pick<TellingWords, 'from' | 'to'>[]): number {
    const isLeftOut = new Uint8Array(this.#comment.tokens.length);
    for (const { from, to } of words) isLeftOut.fill(1, from, to);
    const rest = readFeatures(this.#comment, (token) => isLeftOut[token] === 1);
    return probability(this.#model, label, rest);
  }

  #read(label: Label): LabelReading {
    const features = featuresOf(this.#comment);
    if (features.distinct === 0) return { score: 0, words: [] };
    const { heads, calibrations } = this.#model;
    const name = HEAD_OF[label];
    this.#heads[name] ??= new HeadReading(heads[name], features);
    const read = this.#heads[name];
    const score = calibrated(read.logOdds, calibrations[label]);
    return { score, words: score < WORTH_NAMING ? [] : read.words };
  }
}

/** What one head makes of a comment. */
class HeadReading {
  readonly logOdds: number;
  #words: readonly TellingWords[] | undefined;

  constructor(
    readonly head: Head,
    readonly features: Features,
  ) {
    this.logOdds = logOddsOf(head, features);
  }

  get words(): readonly TellingWords[] {
    this.#words ??= tellingWords(this.head, this.features);
    return this.#words;
  }
}
