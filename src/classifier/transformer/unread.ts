/**
 * Why a comment was not read: the time was up (`late`); the encoder failed on it, or answered nonsense (`failed`); no
 * thread was there to read it, or the one that did broke (`broken`).
 */
export const CAUSES = ['late', 'failed', 'broken'] as const;
export type Cause = (typeof CAUSES)[number];

/** A comment is not read. */
export class Unread extends Error {
  override name = 'Unread';
  constructor(readonly why: Cause) {
    super(`it was not read: ${why}`);
  }
}
