import { z } from 'zod';
import { isHeldOut, type Row, readRows } from '../corpus/rows.js';

const jsonText = z.string();

/** The text of a row, whichever way its file writes it. */
export function textOf(row: Row): string {
  return row.json_text === undefined ? (row.text ?? '') : jsonText.parse(JSON.parse(row.json_text));
}

/**
 * The texts of files, each once.
 * @param rows `all` only where nothing is learned from the files
 * @param isWanted which rows, by what their columns say
 * @throws as `readRows` does
 */
export async function readTexts(
  dataDir: string,
  files: readonly string[],
  rows: 'all' | 'held-out',
  isWanted: (row: Row) => boolean = () => true,
): Promise<string[]> {
  const texts = new Set<string>();
  for (const file of files) {
    for (const row of await readRows(dataDir, file)) {
      if (!isWanted(row)) continue;
      const text = textOf(row);
      if (rows === 'all' || isHeldOut(text)) texts.add(text);
    }
  }
  return [...texts];
}

/** How many words a text has: what stands between spaces and has a letter in it. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((chunk) => /\p{L}/u.test(chunk)).length;
}
