import { featuresOf } from '../../classifier/linear/features.js';
import { probability } from '../../classifier/linear/model.js';
import { shippedModel } from '../../classifier/linear/shipped.js';
import { Comment } from '../../comment/comment.js';

/** From this score on a text counts as taken for abuse. */
export const FLAGGED = 0.5;

/** How sure the shipped classifier, by itself, is that a text is toxic, 0 to 1. */
export function toxicityOf(text: string): number {
  return probability(shippedModel(), 'toxicity', featuresOf(new Comment(text)));
}
