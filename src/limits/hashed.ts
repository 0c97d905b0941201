import { createHash } from 'node:crypto';

/**
 * The SHA-256 of a user's id or of a text, so that neither stands in clear in Redis, in a dump of it or in a heap
 * snapshot, and a long one takes no more room than a short one.
 * @returns 43 characters of base64url
 */
export function hashed(clear: string): string {
  return createHash('sha256').update(clear).digest('base64url');
}
