import { createHmac, randomBytes } from 'node:crypto';

/** Bytes of a secret that is made here: as many as the hash has. */
const BYTES = 32;

/**
 * The secret with which user ids and texts are hashed, so that neither stands in clear in Redis, in a dump of it or in
 * a heap snapshot, and who has only the hashes cannot find out an id by trying: ids are often numbers or addresses, of
 * which a machine tries millions a second.
 */
export class HashSecret {
  #value: string;

  /** @param value @default made at random */
  constructor(value: string = randomBytes(BYTES).toString('base64url')) {
    this.#value = value;
  }

  /** To be kept where all instances find it, and nowhere else. */
  get value(): string {
    return this.#value;
  }

  /** Hashes with another secret from now on: what was hashed before is known no more. */
  adopt(value: string): void {
    this.#value = value;
  }

  /**
   * The HMAC-SHA-256 of a user's id or of a text. The bytes are those of its UTF-16 units, for in UTF-8 all halves of
   * characters are one, and ids that differ in them would be one user.
   * @returns 43 characters of base64url, however long the text is
   */
  hashed(clear: string): string {
    return createHmac('sha256', this.#value).update(clear, 'utf16le').digest('base64url');
  }
}
