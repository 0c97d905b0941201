import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openFile, sizeOf } from '../../wire/comment-files.js';
import { splitLines } from '../../wire/ndjson.js';

/** A row of labelled data: its values by column. */
export type Row = Readonly<Record<string, string>>;

/** In bytes. */
const LONGEST_ROW = 1_000_000;

/**
 * Looks for labelled files before work on them begins, which takes minutes.
 * @param files as for `readRows`
 * @throws CommentFileError that names the first that is missing
 */
export function lookFor(dataDir: string, files: readonly string[]): void {
  sizeOf(files.map((file) => pathOf(dataDir, file)));
}

/**
 * Reads a labelled file.
 * @param dataDir the folder of the data
 * @param file its path in there without ending, as `abuse/jigsaw-balanced`: gzipped TSV, UTF-8, with a header line; a tab
 * is no part of any text, and quotation marks stand for themselves
 * @throws CommentFileError where the file is missing or cannot be unpacked, RowError where it has no row or one that is
 * too long
 */
export async function readRows(dataDir: string, file: string): Promise<Row[]> {
  const path = pathOf(dataDir, file);
  const rows: Row[] = [];
  let names: readonly string[] | undefined;
  for await (const lines of splitLines(openFile(path), LONGEST_ROW)) {
    for (const { number, bytes } of lines) {
      if (!bytes) throw new RowError(`${path}:${number}: the row is over ${LONGEST_ROW} bytes`);
      const values = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').split('\t');
      if (names) rows.push(Object.fromEntries(values.map((value, i) => [names?.[i] ?? '', value])));
      else names = values;
    }
  }
  if (rows.length === 0) throw new RowError(`${path} has no row`);
  return rows;
}

function pathOf(dataDir: string, file: string): string {
  return join(dataDir, `${file}.tsv.gz`);
}

/** A row that is not what its file should hold. */
export class RowError extends Error {
  override name = 'RowError';
}

/** One row in this many is never learned from. */
const HELD_OUT = 10;

/**
 * Whether a text is kept apart for measuring. It depends on the text alone, so that a text that stands in two
 * sets is on the same side in both, and so that figures stay comparable when data is added.
 */
export function isHeldOut(text: string): boolean {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % HELD_OUT === 0;
}

/** The opposite of `isHeldOut`. */
export function isForTraining(text: string): boolean {
  return !isHeldOut(text);
}
