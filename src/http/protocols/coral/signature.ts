import { createHmac, timingSafeEqual } from 'node:crypto';

/** How a signature is written: HMAC-SHA256 as 64 hexadecimal digits. */
const SIGNATURE = /^sha256=([\da-f]{64})$/i;

/**
 * Whether Coral has signed a body. While a secret is being changed Coral signs with the old one and the new one, and
 * one signature that is right will do. Takes as long for a wrong signature as for a right one.
 * @param header `X-Coral-Signature`: one signature or more, parted by commas
 * @param body the very bytes that were sent
 * @param secrets those that Coral may sign with
 */
export function isSignedByCoral(header: string, body: Uint8Array, secrets: readonly string[]): boolean {
  const sent = header.split(',').flatMap((part) => {
    const digits = SIGNATURE.exec(part.trim())?.[1];
    return digits === undefined ? [] : [Buffer.from(digits, 'hex')];
  });
  const right = secrets.map((secret) => createHmac('sha256', secret).update(body).digest());
  const matches = sent.flatMap((one) => right.filter((other) => timingSafeEqual(one, other)));
  return matches.length > 0;
}
