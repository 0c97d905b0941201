import { createHash } from 'node:crypto';

/** A table in two halves: one is only ever counted; the mistakes on the other are read and mended. */
export interface Halves<T> {
  readonly unseen: readonly T[];
  readonly lookedAt: readonly T[];
}

/**
 * Parts a table. An entry's half depends on its own text alone, so that it stays there when the table grows.
 * @param textOf what tells entries apart
 */
export function halves<T>(entries: readonly T[], textOf: (entry: T) => string): Halves<T> {
  return {
    unseen: entries.filter((entry) => isUnseen(textOf(entry))),
    lookedAt: entries.filter((entry) => !isUnseen(textOf(entry))),
  };
}

function isUnseen(text: string): boolean {
  // Not the bytes that hold rows out, so that the two have nothing to do with each other.
  return createHash('sha256').update(text).digest().readUInt8(4) % 2 === 0;
}
