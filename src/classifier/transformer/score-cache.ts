import { createHash } from 'node:crypto';
import { Capacity } from '../../expiring/capacity.js';
import { Expiring } from '../../expiring/expiring.js';
import type { Window, WindowScores } from './session.js';

/** What an entry takes beside its numbers: key, objects, links. By measure, rounded up. */
const ENTRY_BYTES = 600;

/**
 * Scores of windows that were read before, the latest used of them, within so many bytes. The encoder's scores depend
 * on the pieces of a window and on nothing else, not on what it was batched with, so what is kept is exact: whoever
 * posts a text again, tries a draft of rules or appeals costs nothing. Kept by a digest: no text is.
 */
export class ScoreCache {
  readonly #capacity: Capacity;
  readonly #scores: Expiring<WindowScores>;

  /** @param bytes that it may take; 1 or more */
  constructor(bytes: number) {
    this.#capacity = new Capacity(bytes);
    this.#scores = new Expiring(this.#capacity);
  }

  /** In bytes, as reckoned. */
  get size(): number {
    return this.#capacity.size;
  }

  get(window: Window): WindowScores | undefined {
    return this.#scores.get(keyOf(window), 0)?.value;
  }

  set(window: Window, { heads, words }: WindowScores): void {
    // Copies: what is kept must not keep the numbers of a whole batch.
    const own = { heads: heads.slice(), words: words.slice() };
    const room = ENTRY_BYTES + own.heads.byteLength + own.words.byteLength;
    this.#scores.set(keyOf(window), own, Number.POSITIVE_INFINITY, 0, room);
  }
}

function keyOf({ ids }: Window): string {
  return createHash('sha256').update(ids).digest('base64');
}
