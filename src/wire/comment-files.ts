import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { mostBytes } from './comment.js';
import { type CommentRow, LONGEST } from './comment-row.js';
import { splitLines } from './ndjson.js';
import { readTable, type TableFormat } from './table.js';

/** Some rows of a file, as they came off the disk. Plain data: it goes to threads. */
export interface RowGroup {
  /** As it was named; `-` is standard input. */
  readonly file: string;
  readonly rows: readonly CommentRow[];
}

/** A file of comments that is not there or cannot be opened. Its message names the file. */
export class CommentFileError extends Error {
  override name = 'CommentFileError';
}

/** What files of comments may be, for people. */
export const COMMENT_FILES =
  'one JSON object a line as POST /v1/comments takes them, or a table with a column "text" where the name ends in .csv; .gz is unpacked, - is standard input';

/** In bytes: about a hundred comments, a tenth of a second of judging. */
const CHUNK = 64 * 1024;

const LONGEST_ROW = mostBytes(LONGEST);

/** As spreadsheets and newsroom systems export it. */
const TABLE: TableFormat = {
  separators: [',', ';', '\t'],
  column: 'text',
  longest: LONGEST_ROW,
};

/**
 * Checks that files are there before any is read.
 * @returns their sizes together, in bytes; undefined where standard input is among them
 * @throws CommentFileError
 */
export function sizeOf(paths: readonly string[]): number | undefined {
  const sizes = paths.filter((path) => path !== '-').map(sizeOfFile);
  return sizes.length < paths.length ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

function sizeOfFile(path: string): number {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isDirectory()) throw new CommentFileError(`${path} is a folder`);
  if (!file) throw new CommentFileError(`${path} is not there`);
  return file.size;
}

/**
 * Reads files of comments, in order; no more than some rows are in memory at a time. A row that cannot be read is given
 * with its fault, and the rest goes on.
 * @param paths `-` is standard input; what ends in `.gz` is unpacked, what ends in `.csv` or `.csv.gz` is a table, and
 * everything else has one JSON object a line
 * @param onBytes is called with the number of bytes that were read on
 * @throws CommentFileError where a file cannot be opened
 */
export async function* readCommentFiles(
  paths: readonly string[],
  onBytes: (count: number) => void,
): AsyncGenerator<RowGroup> {
  for (const file of paths) {
    const chunks = openFile(file, onBytes);
    let last = 0;
    try {
      for await (const rows of /\.csv(?:\.gz)?$/i.test(file) ? tableRows(chunks) : jsonRows(chunks)) {
        last = rows.at(-1)?.line ?? last;
        yield { file, rows };
      }
    } catch (error) {
      if (!(error instanceof BrokenArchive)) throw error;
      const fault = `from here on the archive is broken: ${error.reason}`;
      yield { file, rows: [{ line: last + 1, kind: 'fault', fault }] };
    }
  }
}

async function* jsonRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CommentRow[]> {
  for await (const lines of splitLines(chunks, LONGEST_ROW)) {
    yield lines.map(({ number, bytes }) => ({ line: number, ...decode(bytes) }));
  }
}

async function* tableRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CommentRow[]> {
  for await (const rows of readTable(chunks, TABLE)) {
    yield rows.map((row) =>
      'fault' in row
        ? { line: row.line, kind: 'fault', fault: row.fault }
        : { line: row.line, kind: 'columns', columns: row.values },
    );
  }
}

/** An archive that is cut off or damaged. */
class BrokenArchive extends CommentFileError {
  constructor(
    path: string,
    readonly reason: string,
  ) {
    super(`${path} is broken: ${reason}`);
  }
}

/**
 * The bytes of a file, unpacked where its name ends in `.gz`.
 * @param path `-` is standard input
 * @throws CommentFileError where it cannot be opened or read
 */
export async function* openFile(
  path: string,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const source: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  source.on('data', (chunk: Buffer | string) => onBytes(chunk.length));
  try {
    yield* /\.gz$/i.test(path) ? unpacked(source) : source;
  } catch (error) {
    const { success, data: fault } = systemFault.safeParse(error);
    if (!success) throw error;
    if (fault.code.startsWith('Z_')) throw new BrokenArchive(path, fault.message);
    throw new CommentFileError(
      fault.code === 'ENOENT' ? `${path} is not there` : `${path} cannot be read (${fault.code})`,
    );
  }
}

/** An error that the operating system or the unpacking gave. */
const systemFault = z.object({ code: z.string(), message: z.string() });

function unpacked(source: Readable): Readable {
  const chunks = createGunzip({ chunkSize: CHUNK });
  source.once('error', (error) => chunks.destroy(error));
  return source.pipe(chunks);
}

function decode(
  bytes: Uint8Array | undefined,
): { kind: 'json'; json: string } | { kind: 'fault'; fault: string } {
  if (!bytes) return { kind: 'fault', fault: `the line is over ${LONGEST_ROW} bytes` };
  try {
    return { kind: 'json', json: UTF8.decode(bytes) };
  } catch {
    return { kind: 'fault', fault: 'the line is not UTF-8' };
  }
}

/** Passes over a byte order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });
