import type { Comment } from '../../comment/comment.js';
import { readLinear } from '../linear/linear.js';
import {
  type Label,
  type LabelReading,
  type PolicyLabel,
  type PolicyReading,
  type Reading,
  type TellingWords,
  WORTH_NAMING,
} from '../reading.js';
import type { Manifest } from './artefact.js';
import { probabilityOf } from './calibration.js';
import { HEAD_OF_LABEL, HEAD_OF_POLICY } from './heads.js';
import { NO_TOKEN } from './pieces.js';

/** The share of a word that is only just at fault. */
const LEAST_SHARE = 0.5;

/** What the encoder made of a whole comment. */
export interface Scores {
  /** By head, in the manifest's order: the highest log odds of all windows. */
  readonly heads: Float32Array;
  /** For each token of the comment the log odds that it is at fault; negative infinity where it was not read. */
  readonly words: Float32Array;
}

/** The part of the manifest that says what scores mean. */
export type Meaning = Pick<Manifest, 'heads' | 'calibration' | 'words'>;

/** A reading by the transformer. A comment without words says nothing, whatever its signs. */
export class TransformerReading implements Reading {
  readonly #labels: Partial<Record<Label, LabelReading>> = {};
  readonly #comment: Comment;
  readonly #scores: Scores;
  readonly #meaning: Meaning;
  #words: readonly TellingWords[] | undefined;
  #policy: PolicyReading | undefined;

  /** @param read the share of the comment that the scores are of */
  constructor(
    readonly classifier: string,
    comment: Comment,
    scores: Scores,
    meaning: Meaning,
    readonly read: number,
  ) {
    this.#comment = comment;
    this.#scores = scores;
    this.#meaning = meaning;
  }

  of(label: Label): LabelReading {
    this.#labels[label] ??= this.#read(label);
    return this.#labels[label];
  }

  /**
   * The encoder cannot be asked again here: it takes milliseconds, in a thread of its own. So the linear classifier is
   * asked what share of its own score would be left, and that share of the transformer's is. Where the linear
   * classifier does not hear the words, nothing is taken off.
   */
  without(label: Label, words: readonly Pick<TellingWords, 'from' | 'to'>[]): number {
    const linear = readLinear(this.#comment);
    const whole = linear.of(label).score;
    const { score } = this.of(label);
    return whole === 0 ? score : score * Math.min(1, linear.without(label, words) / whole);
  }

  get policy(): PolicyReading {
    this.#policy ??= this.#readPolicy();
    return this.#policy;
  }

  #read(label: Label): LabelReading {
    const score = this.#probability(HEAD_OF_LABEL[label]);
    if (score < WORTH_NAMING) return { score, words: [] };
    this.#words ??= tellingWords(this.#scores.words, this.#meaning.words.threshold);
    return { score, words: this.#words };
  }

  #readPolicy(): PolicyReading {
    const probability = (label: PolicyLabel): number => this.#probability(HEAD_OF_POLICY[label]);
    return {
      abuse: probability('abuse'),
      personal: probability('personal'),
      hate: probability('hate'),
      threat: probability('threat'),
      quoted: probability('quoted'),
      'to-reader': probability('to-reader'),
      'to-author': probability('to-author'),
      'to-person': probability('to-person'),
      'to-group': probability('to-group'),
    };
  }

  #probability(head: string): number {
    if (this.#comment.tokens.length === 0) return 0;
    const logOdds = this.#scores.heads[this.#meaning.heads.indexOf(head)];
    const knots = this.#meaning.calibration[head];
    return logOdds === undefined || knots === undefined ? 0 : probabilityOf(knots, logOdds);
  }
}

/** Makes one of what the encoder says of several windows: an attack in one of them is an attack. */
export function joinScores(
  tokens: number,
  windows: readonly {
    readonly heads: Float32Array;
    readonly words: Float32Array;
    readonly tokens: Int32Array;
  }[],
): Scores {
  const heads = new Float32Array(windows[0]?.heads.length ?? 0).fill(Number.NEGATIVE_INFINITY);
  const words = new Float32Array(tokens).fill(Number.NEGATIVE_INFINITY);
  for (const window of windows) {
    raise(heads, window.heads, (at) => at);
    raise(words, window.words, (at) => window.tokens[at] ?? NO_TOKEN);
  }
  return { heads, words };
}

function raise(highest: Float32Array, values: Float32Array, place: (at: number) => number): void {
  values.forEach((value, i) => {
    const at = place(i);
    if (at >= 0 && value > (highest[at] ?? Number.POSITIVE_INFINITY)) highest[at] = value;
  });
}

/**
 * The words at fault: rows of tokens above the threshold; where none is, the one that comes next to it, since the
 * comment was found at fault.
 */
function tellingWords(logOdds: Float32Array, threshold: number): readonly TellingWords[] {
  const most = logOdds.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (most === Number.NEGATIVE_INFINITY) return [];
  const least = Math.min(threshold, most);
  const words: TellingWords[] = [];
  logOdds.forEach((value, at) => {
    if (value < least) return;
    const share = shareOf(value, least, most);
    const last = words.at(-1);
    if (last?.to === at)
      words[words.length - 1] = { from: last.from, to: at + 1, share: Math.max(last.share, share) };
    // Of several that come next to the threshold alike, the first.
    else if (least === threshold || words.length === 0) words.push({ from: at, to: at + 1, share });
  });
  return words;
}

/** By probability: half for a word that is only just at fault, all for the one that is most. */
function shareOf(logOdds: number, least: number, most: number): number {
  const [p, low, high] = [sigmoid(logOdds), sigmoid(least), sigmoid(most)];
  return high === low ? 1 : LEAST_SHARE + ((1 - LEAST_SHARE) * (p - low)) / (high - low);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
