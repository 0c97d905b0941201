import { fold } from '../text/fold.js';
import { tokenise } from '../text/tokens.js';
import type { HashSecret } from './hash-secret.js';

/**
 * What tells a text from others: the hash of its words, so that case, signs, spaces and disguising characters make
 * no other text of it.
 * @returns none for a text without a word
 */
export function textKey(text: string, secret: HashSecret): string | undefined {
  const words = tokenise(fold(text).lower).map(({ word }) => word);
  return words.length === 0 ? undefined : secret.hashed(words.join(' '));
}
