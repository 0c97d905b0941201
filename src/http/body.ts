import { MIMEType } from 'node:util';
import type { Request } from 'express';
import { readJson } from '../wire/read-json.js';
import { Problem } from './problem.js';

/** How long a whole body may take to arrive, in milliseconds; then the connection is cut. */
const BODY_TIMEOUT_MS = 30_000;

/**
 * Checks that a body comes as it is understood here: of a known type, in UTF-8, not compressed. Comments are too
 * short to be worth compressing, and what is not inflated cannot be a bomb.
 * @param types what is understood, the best first
 * @throws Problem 415
 */
export function checkContentType(request: Request, types: readonly string[]): void {
  const header = request.headers['content-type'];
  if (header !== types[0]) {
    const { essence, charset } = readMediaType(header);
    if (!types.includes(essence)) {
      throw unsupported(`Content-Type must be ${types[0]}; got ${header ?? 'none'}.`, {
        Accept: types.join(', '),
      });
    }
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
      throw unsupported(`The charset must be utf-8; got ${charset}.`, { Accept: types.join(', ') });
    }
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw unsupported(`The body must not be compressed; got Content-Encoding ${encoding}.`, {
      'Accept-Encoding': 'identity',
    });
  }
}

function unsupported(detail: string, headers: Record<string, string>): Problem {
  return new Problem('media-type-unsupported', detail, { headers });
}

function readMediaType(header = ''): { readonly essence: string; readonly charset: string | undefined } {
  try {
    const type = new MIMEType(header);
    return { essence: type.essence, charset: type.params.get('charset') ?? undefined };
  } catch {
    // No media type at all: the caller tells what was read.
    return { essence: '', charset: undefined };
  }
}

/**
 * Reads a JSON body.
 * @param limit in bytes
 * @param turnToParse waits until it may be parsed; left out: it is short
 * @throws Problem 415 for another type, 413 for a longer body; 408, which is logged only, where the connection had to
 * be cut
 * @throws WireError for a body that is empty, or not JSON in UTF-8
 */
export async function readJsonBody(
  request: Request,
  limit: number,
  turnToParse?: (bytes: number) => Promise<void>,
): Promise<unknown> {
  checkContentType(request, ['application/json']);
  const bytes = await readBytes(request, limit);
  await turnToParse?.(bytes.length);
  return readJson(bytes, 'body');
}

/** So much of a body is read at once: a comment has no more as a rule. */
const SOON_READ_BYTES = 64 * 1024;

/**
 * Reads a body as it was sent.
 * @param limit in bytes
 * @param turnToRead waited for after each part beyond the first 64 KiB, with the length of the part; until then its
 * connection is read no further. Left out: it is known who sends
 * @throws Problem 413 for a longer body; 408, which is logged only, where the connection had to be cut
 */
export async function readBytes(
  request: Request,
  limit: number,
  turnToRead?: (bytes: number) => Promise<void>,
): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw tooLarge(limit);
  const tooSlow = () => new Problem('timeout', `The body must arrive within ${BODY_TIMEOUT_MS / 1000} s.`);
  const timer = setTimeout(() => request.destroy(tooSlow()), BODY_TIMEOUT_MS);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    // The request outlives a refusal: its connection carries the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      if (length > SOON_READ_BYTES) await turnToRead?.(chunk.length);
    }
    return Buffer.concat(chunks, length);
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The body must be at most ${limit} bytes.`);
}
