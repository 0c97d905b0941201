import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Key } from '../../../sites/key.js';

/** How a signature is written: HMAC-SHA256 as 64 hexadecimal digits. */
const SIGNATURE = /^sha256=([\da-f]{64})$/i;

/**
 * Which secret Coral has signed a body with. While a secret is being changed Coral signs with the old one and the new
 * one, and one signature that is right will do. Takes as long for a wrong signature as for a right one.
 * @param header `X-Coral-Signature`: one signature or more, separated by commas
 * @param body the very bytes that were sent
 * @param secrets those that Coral may sign with
 * @returns undefined where no signature is right
 */
export function signerOf(header: string, body: Uint8Array, secrets: readonly Key[]): Key | undefined {
  const sent = header.split(',').flatMap((part) => {
    const digits = SIGNATURE.exec(part.trim())?.[1];
    return digits === undefined ? [] : [Buffer.from(digits, 'hex')];
  });
  const matches = secrets.filter(({ secret }) => {
    const right = createHmac('sha256', secret).update(body).digest();
    return sent.filter((one) => timingSafeEqual(one, right)).length > 0;
  });
  return matches[0];
}
