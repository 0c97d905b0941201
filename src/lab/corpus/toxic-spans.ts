import { z } from 'zod';
import { type Row, RowError } from './rows.js';

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
 * @throws RowError where its text or its spans are not what they should be
 */
export function readMarked(row: Row): MarkedComment {
  const text = readCell(row, 'json_text', textSchema);
  const marked = readCell(row, 'spans', offsetsSchema);
  const chars = [...text];
  for (const at of marked) if (at < chars.length) chars[at] = ' ';
  return { text, marked, unmarked: chars.join('') };
}

function readCell<Value>(row: Row, column: string, schema: z.ZodType<Value>): Value {
  const cell = row[column] ?? '';
  try {
    return schema.parse(JSON.parse(cell));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    const read = cell.length > 40 ? `${cell.slice(0, 40)}...` : cell;
    throw new RowError(`a row of toxic spans has ${read === '' ? 'nothing' : read} in column ${column}`, {
      cause: error,
    });
  }
}
