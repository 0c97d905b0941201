import { type Lists, MOST_EXPANSIONS, MOST_SEQUENCES, parsePhrase } from '../../matching/phrase.js';
import type { Place } from '../guidelines.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';

/**
 * How many sequences of words the phrases and patterns of all rules together may still stand for once their
 * lists are written out: a slip in a file must not exhaust the memory.
 */
export class PhraseBudget {
  #left = MOST_SEQUENCES;

  constructor(private readonly report: Report) {}

  /**
   * Takes what a text needs. The first one that is too much is told.
   * @param needed how many sequences
   * @returns whether there was enough
   */
  take(needed: number, text: string, place: Place): boolean {
    if (this.#left < 0) return false;
    this.#left -= needed;
    if (this.#left >= 0) return true;
    this.report.mistake(
      place,
      `with "${shown(text)}", all rules together stand for more than ${MOST_SEQUENCES} phrases; use fewer or shorter lists`,
      'too-much',
    );
    return false;
  }
}

/**
 * How many sequences of words a phrase stands for, so far as `sequencesOf` writes them out.
 * @throws PhraseError as `parsePhrase` does
 */
export function countSequences(phrase: string, lists: Lists): number {
  const sequences = parsePhrase(phrase).reduce(
    (product, slot) => product * (slot.kind === 'list' ? (lists.get(slot.name)?.length ?? 0) : 1),
    1,
  );
  return Math.min(sequences, MOST_EXPANSIONS);
}
