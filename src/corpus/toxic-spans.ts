import { z } from 'zod';
import type { Row } from './rows.js';

/** A comment of the toxic-spans sets. */
export interface MarkedComment {
  readonly text: string;
  /** Offsets of the characters that readers marked as toxic, as the set counts them. */
  readonly marked: readonly number[];
  /** The text with a space in the place of each marked character. */
  readonly unmarked: string;
}

const textSchema = z.string();
const offsetsSchema = z.array(z.int());

/**
 * Reads a row of the toxic-spans sets.
 * @throws where its text or its spans are not what they should be
 */
export function readMarked(row: Row): MarkedComment {
  const text = textSchema.parse(JSON.parse(row.json_text ?? ''));
  const marked = offsetsSchema.parse(JSON.parse(row.spans ?? ''));
  const chars = [...text];
  for (const at of marked) if (at < chars.length) chars[at] = ' ';
  return { text, marked, unmarked: chars.join('') };
}
