import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Key } from '../sites/key.js';
import { mayDo, type Role } from '../sites/roles.js';
import { Problem } from './problem.js';
import type { WrongKeys } from './wrong-keys.js';

/** Where a request has its key. */
export type KeyOf = (request: Request) => string | undefined;

/** What is asked of a request. */
export interface KeyAsked {
  /** Undefined: in `Authorization: Bearer KEY`. */
  readonly keyOf?: KeyOf | undefined;
  /** What the key must be allowed to do; undefined: any key will do. */
  readonly role?: Role | undefined;
}

/**
 * Checks the key of a request.
 * @returns the key, by which its site is known; undefined where no keys are asked for
 * @throws Problem 401 without one of the configured keys, or 429 where too many wrong ones have come from its address;
 * 403 where it has not the role
 */
export type KeyCheck = (request: Request, asked?: KeyAsked) => Key | undefined;

/** The key in `Authorization: Bearer KEY`. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/**
 * Checks keys against the configured ones, in a time that does not depend on how much of a key is right.
 * @param keysInForce asked anew for each request; undefined: no key is asked for
 * @param write how requests of this kind write a key, where not as it is configured
 */
export function createKeyCheck(
  keysInForce: () => readonly Key[] | undefined,
  wrongKeys: WrongKeys,
  write: (secret: string) => string = (secret) => secret,
): KeyCheck {
  let known: readonly Key[] = [];
  let digests: readonly { readonly key: Key; readonly digest: Buffer }[] = [];
  return (request, { keyOf = bearerOf, role } = {}) => {
    const keys = keysInForce();
    if (keys === undefined) return undefined;
    if (keys !== known) {
      known = keys;
      digests = keys.map((key) => ({ key, digest: digestOf(write(key.secret)) }));
    }
    const token = keyOf(request);
    if (token === undefined) {
      throw new Problem('key-missing', 'This route needs a key: send "Authorization: Bearer KEY".', {
        headers: { 'WWW-Authenticate': 'Bearer realm="stet"' },
      });
    }
    const sent = digestOf(token);
    const [match] = digests.filter(({ digest }) => timingSafeEqual(digest, sent));
    if (!match) {
      const unknown = new Problem('key-unknown', 'The key is not one of the configured keys.', {
        headers: { 'WWW-Authenticate': 'Bearer realm="stet", error="invalid_token"' },
      });
      throw wrongKeys.answer(request.socket.remoteAddress, unknown);
    }
    if (role !== undefined && !mayDo(match.key.roles, role)) {
      throw new Problem('role-missing', `This key may not do this: it needs the role ${role}.`, { role });
    }
    return match.key;
  };
}

/** Hashes have one length, which timingSafeEqual needs. */
function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
