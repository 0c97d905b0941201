/**
 * The lanes in which work waits, each with a share of the event loop: comments that somebody waits for (`live`), files
 * of comments (`batch`), requests of many texts (`bulk`), and drafts of rules (`preview`).
 */
export const LANES = ['live', 'batch', 'bulk', 'preview'] as const;

export type Lane = (typeof LANES)[number];

/**
 * What each lane gets of the event loop while others wait too, as parts of the sum of those that wait. A lane that has
 * nothing waiting leaves its part to the others. Live comments need little: they have most, so that they go first.
 */
export const SHARES: Readonly<Record<Lane, number>> = { live: 16, batch: 2, bulk: 2, preview: 1 };
