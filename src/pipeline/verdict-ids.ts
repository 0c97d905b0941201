import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** What one id takes of chance, in bytes (RFC 9562, 5.7: 74 bits of it are used). */
const BYTES_EACH = 16;

/** Ids that are drawn for at once. To ask for chance costs much the same for one id as for all of these. */
const DRAWN_FOR = 256;

/**
 * Ids for verdicts: UUIDs of version 7 that sort in the order they were given, those of one millisecond too
 * (RFC 9562, 6.2, method 1: a counter that starts at random).
 * @example
 * const nextId = createVerdictIds();
 * nextId(); // '019e2b4c-6a1f-7c3e-9b0d-2f8a5c7d1e43'
 */
export function createVerdictIds(): () => string {
  const drawn = new Uint8Array(DRAWN_FOR * BYTES_EACH);
  let used = drawn.length;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    const random = drawn.subarray(used, used + BYTES_EACH);
    used += BYTES_EACH;
    // A clock that is set back is not followed: the counter goes on until it has caught up.
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      seq = randomStart(random);
    } else seq += 1;
    return v7({ random, msecs, seq });
  };
}

/** Where the counter of a millisecond starts: the upper half of its 32 bits is left to count on. */
function randomStart([a = 0, b = 0, c = 0, d = 0]: Uint8Array): number {
  return (((a & 0x7f) << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
