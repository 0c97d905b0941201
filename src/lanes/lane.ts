/**
 * The lanes in which work waits, each with a share of the event loop: comments that somebody waits for (`live`), files
 * of comments (`batch`), requests of many texts (`bulk`), drafts of rules (`preview`), and long bodies of whoever is not
 * known yet, because the key or the signature can only be found in the body (`unknown`).
 */
export const LANES = ['live', 'batch', 'bulk', 'preview', 'unknown'] as const;

export type Lane = (typeof LANES)[number];

/**
 * What each lane gets of the event loop while others wait too, as parts of the sum of those that wait. A lane that has
 * nothing waiting leaves its part to the others. Live comments need little: they have most, so that they go first.
 */
export const SHARES: Readonly<Record<Lane, number>> = {
  live: 16,
  batch: 2,
  bulk: 2,
  preview: 1,
  unknown: 1,
};
