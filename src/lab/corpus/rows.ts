import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** A row of labelled data: its values by column. */
export type Row = Readonly<Record<string, string>>;

/**
 * Reads a labelled file.
 * @param dataDir the folder of the data
 * @param file its path in there without ending, as `abuse/jigsaw-balanced`: gzipped TSV, UTF-8, with a header line
 * @throws where the file is missing or no gzip
 */
export async function readRows(dataDir: string, file: string): Promise<Row[]> {
  const zipped = await readFile(join(dataDir, `${file}.tsv.gz`));
  const [header = '', ...lines] = (await promisify(gunzip)(zipped)).toString('utf8').split('\n');
  const names = header.split('\t');
  return lines
    .filter((line) => line !== '')
    .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i] ?? '', value])));
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
