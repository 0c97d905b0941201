import { Comment } from '../comment/comment.js';
import { featuresOf } from '../model/features.js';
import { probability } from '../model/model.js';
import { shippedModel } from '../model/shipped.js';

/** From this score on a text counts as taken for abuse. */
export const FLAGGED = 0.5;

/** How sure the shipped classifier, by itself, is that a text is toxic, 0 to 1. */
export function toxicityOf(text: string): number {
  return probability(shippedModel(), 'toxicity', featuresOf(new Comment(text)));
}
