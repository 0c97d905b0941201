import { createHash } from 'node:crypto';

/**
 * The key under which a user is counted: the SHA-256 of the id, so that no id stands in clear in Redis, in a
 * dump of it or in a heap snapshot, and a long id takes no more room than a short one.
 * @returns 43 characters of base64url
 */
export function userKey(userId: string): string {
  return createHash('sha256').update(userId).digest('base64url');
}
