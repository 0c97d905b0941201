/** A line of newline-delimited JSON; `bytes` without its line end, or nothing where the line is too long. */
export interface Line {
  /** From 1; blank lines count. */
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
}

const NEWLINE = 0x0a;

/**
 * Splits a stream into lines. Blank ones are passed over; the last needs no line end. Never keeps more than one
 * line of `limit` bytes beside the chunk at hand: of a longer line, the rest is dropped as it comes.
 * @param limit longest line in bytes
 * @returns for each chunk, the lines that it ends; none of these groups is empty
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line[]> {
  let number = 1;
  let kept: Uint8Array[] = [];
  let length = 0;
  const keep = (part: Uint8Array) => {
    length += part.length;
    if (length > limit) kept = [];
    else kept.push(part);
  };
  const finish = (): Line[] => {
    const bytes = length > limit ? undefined : Buffer.concat(kept, length);
    const line = { number, bytes };
    number += 1;
    kept = [];
    length = 0;
    return bytes && isBlank(bytes) ? [] : [line];
  };

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      lines.push(...finish());
      start = end + 1;
    }
    keep(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  const last = finish();
  if (last.length > 0) yield last;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
