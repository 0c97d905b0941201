import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError, EXIT } from '../cli/exit.js';
import { mostBytes } from './comment.js';
import { LONGEST } from './comment-line.js';
import { splitLines } from './ndjson.js';

/** A line of a file of comments: its text, or why it has none. */
export interface ReadLine {
  /** From 1. */
  readonly number: number;
  readonly text?: string;
  readonly fault?: string;
}

/** Some lines of a file, as they came off the disk. */
export interface LineGroup {
  readonly file: string;
  readonly lines: readonly ReadLine[];
}

/** In bytes: about a hundred comments, a tenth of a second of judging. */
const CHUNK = 64 * 1024;

const LONGEST_LINE = mostBytes(LONGEST);

/**
 * Checks that files are there before any is read.
 * @returns their sizes together, in bytes; none where standard input is among them
 * @throws CommandError
 */
export function sizeOf(paths: readonly string[]): number | undefined {
  const sizes = paths.filter((path) => path !== '-').map(sizeOfFile);
  return sizes.length < paths.length ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

function sizeOfFile(path: string): number {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isDirectory()) throw new CommandError(`${path} is a folder`, EXIT.noInput);
  if (!file) throw new CommandError(`${path} is not there`, EXIT.noInput);
  return file.size;
}

/**
 * Reads files of one comment a line, in order; no more than some lines are in memory at a time.
 * @param paths `-` is standard input; what ends in `.gz` is unpacked
 * @param onBytes is told how many bytes were read on
 */
export async function* readLines(
  paths: readonly string[],
  onBytes: (count: number) => void,
): AsyncGenerator<LineGroup> {
  for (const file of paths) {
    let last = 0;
    try {
      for await (const lines of splitLines(open(file, onBytes), LONGEST_LINE)) {
        last = lines.at(-1)?.number ?? last;
        yield { file, lines: lines.map(({ number, bytes }) => ({ number, ...decode(bytes) })) };
      }
    } catch (error) {
      if (!isBadArchive(error)) throw error;
      yield {
        file,
        lines: [{ number: last + 1, fault: `from here on the archive is broken: ${error.message}` }],
      };
    }
  }
}

function open(path: string, onBytes: (count: number) => void): Readable {
  const source: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  source.on('data', (chunk: Buffer | string) => onBytes(chunk.length));
  if (!path.endsWith('.gz')) return source;
  const unpacked = createGunzip({ chunkSize: CHUNK });
  source.once('error', (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

function decode(bytes: Uint8Array | undefined): Pick<ReadLine, 'text' | 'fault'> {
  if (!bytes) return { fault: `the line is over ${LONGEST_LINE} bytes` };
  try {
    return { text: UTF8.decode(bytes) };
  } catch {
    return { fault: 'the line is not UTF-8' };
  }
}

/** Passes over a byte order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function isBadArchive(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
