import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from './problem.js';

/** Checks the key of a request; throws Problem 401. */
export type KeyCheck = (request: Request, keyOf?: (request: Request) => string | undefined) => void;

/** The key in `Authorization: Bearer KEY`. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/**
 * Checks keys against the configured ones, in a time that does not depend on how much of a key is right.
 * @param keysInForce asked anew for each request; none: no key is asked for
 * @param write how requests of this kind write a key, where not as it is configured
 */
export function createKeyCheck(
  keysInForce: () => readonly string[] | undefined,
  write: (key: string) => string = (key) => key,
): KeyCheck {
  let known: readonly string[] = [];
  let digests: readonly Buffer[] = [];
  return (request, keyOf = bearerOf) => {
    const keys = keysInForce();
    if (keys === undefined) return;
    if (keys !== known) {
      known = keys;
      digests = keys.map((key) => digest(write(key)));
    }
    const token = keyOf(request);
    if (token === undefined) {
      throw unauthorised('This route needs a key: send "Authorization: Bearer KEY".', 'Bearer realm="stet"');
    }
    const sent = digest(token);
    const matches = digests.filter((right) => timingSafeEqual(right, sent));
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
