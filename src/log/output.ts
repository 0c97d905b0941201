import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** What waits to be written at most, in bytes: some 3,000 lines. What comes beyond is lost. */
const MOST_BYTES = 1024 * 1024;
/** What is written at one go, in bytes: as much as a pipe holds. */
const CHUNK_BYTES = 64 * 1024;
/** How long after a write that failed the next is tried, in milliseconds; twice as long after each that fails again. */
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 1000;

/** Where bytes are written: a file, a pipe, a terminal. */
export interface Sink {
  /** Writes some of the bytes and tells how many, or why none. */
  write(bytes: Uint8Array, done: (error: Error | null, written: number) => void): void;
  /** The same at once; throws where nothing can be written now. */
  writeSync(bytes: Uint8Array): number;
}

/** What is open under a number, which must be one that does not wait where a pipe is full. */
export function sinkOf(fd: number): Sink {
  return {
    write: (bytes, done) => write(fd, bytes, 0, bytes.length, null, done),
    writeSync: (bytes) => writeSync(fd, bytes),
  };
}

/** Told once lines are written again after some were lost. */
type OnResumed = (lost: number) => void;

/**
 * The end of the log, which never holds up who writes to it: a full disk, a pipe that nobody reads or that is closed
 * leaves lines waiting, and what is more than may wait is lost and counted. It is tried again until it goes on. Lines
 * come out whole and in order; of a line that is written by half, the rest is tried first.
 */
export class LogOutput implements DestinationStream {
  readonly #sink: Sink;
  readonly #mostBytes: number;
  #onResumed: OnResumed = () => {};
  /** Lines that wait, in order, behind the chunk. */
  #lines: string[] = [];
  /** What is being written, without what is written of it; none: nothing waits. */
  #chunk: Uint8Array = new Uint8Array();
  /** Of the chunk and the lines. */
  #waitingBytes = 0;
  #isWriting = false;
  #retry: NodeJS.Timeout | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #lost = 0;
  #lostSinceResumed = 0;
  /** Told of each write that has come to its end, and whether that was an error; once it is to be closed. */
  #onWritten: (error: Error | null) => void = () => {};

  constructor(sink: Sink, { mostBytes = MOST_BYTES }: { readonly mostBytes?: number } = {}) {
    this.#sink = sink;
    this.#mostBytes = mostBytes;
  }

  /** How many lines were lost so far. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether a write has begun and does not end. The end of the process would wait for it for ever. */
  get isStuck(): boolean {
    return this.#isWriting;
  }

  /** Tells `listener`, from now on, how many lines were lost, each time that it goes on again. */
  whenResumed(listener: OnResumed): void {
    this.#onResumed = listener;
  }

  /** Takes a line, or loses it where too much waits already. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#waitingBytes + bytes > this.#mostBytes) {
      this.#lost += 1;
      this.#lostSinceResumed += 1;
      return;
    }
    this.#lines.push(line);
    this.#waitingBytes += bytes;
    if (this.#retry === undefined) this.#writeOn();
  }

  /**
   * Waits until all is written, for so long at most, in milliseconds; not at all where that fails at once.
   * @returns whether it is
   */
  async close(mostMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, mostMs);
      this.#onWritten = (error) => {
        if (this.#waitingBytes === 0 || (error && !isFull(error))) resolve();
      };
      if (this.#waitingBytes === 0) resolve();
      else this.#writeOn();
    });
    clearTimeout(timer);
    clearTimeout(this.#retry);
    return this.#waitingBytes === 0;
  }

  /** Writes what waits at once, as far as that goes: for the end of the process, where nothing can be waited for. */
  flushNow(): void {
    // What is being written is out of our hands.
    if (this.#isWriting) return;
    try {
      for (this.#fill(); this.#chunk.length > 0; this.#fill()) {
        this.#advance(this.#sink.writeSync(this.#chunk));
      }
    } catch {
      // Nobody is left to be told.
    }
  }

  #writeOn(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (this.#isWriting) return;
    this.#fill();
    if (this.#chunk.length === 0) return;
    this.#isWriting = true;
    this.#sink.write(this.#chunk, (error, written) => {
      this.#isWriting = false;
      if (error || written === 0) this.#tryLater();
      else {
        this.#advance(written);
        this.#pauseMs = FIRST_PAUSE_MS;
        this.#tellOfLosses();
        this.#writeOn();
      }
      this.#onWritten(error);
    });
  }

  #tryLater(): void {
    this.#retry = setTimeout(() => this.#writeOn(), this.#pauseMs).unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** Takes the next lines for a chunk, where the last one is written. */
  #fill(): void {
    if (this.#chunk.length > 0) return;
    let count = 0;
    for (let units = 0; count < this.#lines.length && units < CHUNK_BYTES; count++) {
      units += this.#lines[count]?.length ?? 0;
    }
    this.#chunk = Buffer.from(this.#lines.splice(0, count).join(''));
  }

  #advance(written: number): void {
    this.#chunk = this.#chunk.subarray(written);
    this.#waitingBytes -= written;
  }

  /** Once there is room again: told earlier, the next line might be lost in turn. */
  #tellOfLosses(): void {
    if (this.#lostSinceResumed === 0 || this.#waitingBytes > this.#mostBytes / 2) return;
    const lost = this.#lostSinceResumed;
    this.#lostSinceResumed = 0;
    this.#onResumed(lost);
  }
}

/** Whether an error says that a pipe takes no more for now. */
function isFull(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EAGAIN';
}
