import { bagOf } from '../../classifier/linear/features.js';
import type { LanguageModel } from '../../detectors/language/letter-model.js';
import { BUCKETS, letterRuns } from '../../detectors/language/letter-runs.js';
import { fold } from '../../text/fold.js';
import { tokenise } from '../../text/tokens.js';
import { type Example, learn, quantise } from '../learning/learn.js';

/**
 * Learns which letters speak against English, with the learner of the classifier.
 * Pure: the same texts give the same model.
 */
export function learnLetters(english: readonly string[], others: readonly string[]): LanguageModel {
  const { weights, bias } = learn([
    ...english.map((text) => toExample(text, 0)),
    ...others.map((text) => toExample(text, 1)),
  ]);
  const own = { weights: weights.subarray(0, BUCKETS), bias };
  return { ...quantise(own), bias };
}

function toExample(text: string, truth: number): Example {
  const words = tokenise(fold(text).lower).filter((token) => !token.numeric);
  return { features: bagOf(letterRuns(words.map(({ word }) => word))), truth, weight: 1 };
}
