import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from './problem.js';

/**
 * Checks `Authorization: Bearer KEY` against the configured keys, in a time that does not depend on how much of a
 * key is right.
 * @param keys none: no key is asked for
 * @returns a check that throws Problem 401
 */
export function createKeyCheck(keys: readonly string[] | undefined): (request: Request) => void {
  if (keys === undefined) return () => {};
  const digests = keys.map(digest);
  return (request) => {
    const header = request.headers.authorization;
    const token = /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
    if (token === undefined) {
      throw unauthorised('This route needs a key: send "Authorization: Bearer KEY".', 'Bearer realm="stet"');
    }
    const sent = digest(token);
    const matches = digests.filter((known) => timingSafeEqual(known, sent));
    if (matches.length === 0) {
      throw unauthorised(
        'The key is not one of the configured keys.',
        'Bearer realm="stet", error="invalid_token"',
      );
    }
  };
}

function unauthorised(detail: string, challenge: string): Problem {
  return new Problem(401, detail, { headers: { 'WWW-Authenticate': challenge } });
}

/** Hashes have one length, which timingSafeEqual needs. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
