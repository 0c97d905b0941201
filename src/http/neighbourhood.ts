import type { Request } from 'express';
import { isLoopback } from '../settings/loopback.js';
import { Problem } from './problem.js';
import type { HttpSettings } from './settings.js';

/**
 * Keeps web pages of others away from a service that asks for no key and so listens on loopback only: a browser on the
 * same machine reaches it for any page that it shows. A page of another origin cannot read answers, but it can post;
 * and one whose host name is made to lead to this machine ("DNS rebinding") is of the same origin, and can do both. So
 * what is answered is asked by a name that only this machine has, or that the operator has chosen.
 * @throws Problem 421 for another host, 403 for another origin of a request that does something
 */
export function checkNeighbour(
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  { publicUrl }: Pick<HttpSettings, 'publicUrl'>,
): void {
  const { host, origin } = headers;
  // Browsers always name one.
  if (host !== undefined && !isOurs(nameIn(`http://${host}`), publicUrl)) {
    throw new Problem(
      'host-unknown',
      'Without keys the service answers to localhost, 127.0.0.1 and [::1] alone; set PUBLIC_URL to the address that clients use, or API_KEYS.',
    );
  }
  if (READS.includes(method) || origin === undefined || isOurs(nameIn(origin), publicUrl)) return;
  throw new Problem(
    'origin-foreign',
    'Without keys the service does nothing for web pages of another origin; let your own server send it, or set API_KEYS.',
  );
}

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** The host's name in an address, in small letters and without brackets; empty where it is no address: `null`, say. */
function nameIn(address: string): string {
  if (!URL.canParse(address)) return '';
  return new URL(address).hostname.replace(/^\[|\]$/g, '');
}

/**
 * Whether a name leads nowhere but here: nobody can own one below `localhost` (RFC 6761). Clients of Akismet put their
 * key before the name as a part of it.
 */
function isOurs(name: string, publicUrl: string | undefined): boolean {
  if (name === '') return false;
  if (isLoopback(name) || name.endsWith('.localhost')) return true;
  if (publicUrl === undefined) return false;
  const chosen = nameIn(publicUrl);
  return name === chosen || name.replace(/^[\w-]+\./, '') === chosen;
}
