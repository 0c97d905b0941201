import type { Request } from 'express';
import type { HttpSettings } from './settings.js';

/** Stands for the address of the service where it is not known yet; a name that can never be one (RFC 2606). */
export const ANY_ADDRESS = 'http://address.invalid';

/** A host as an address has it: a name, an IPv4 or an IPv6 address, and perhaps a port. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252})|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * The address by which a client reaches the service: `PUBLIC_URL`, or else the host that the request names. Nothing
 * else that a client or a proxy sends is believed, so that without `PUBLIC_URL` the scheme is always http.
 * @returns without a slash at the end, and safe to write into HTML and JSON: `http://localhost:3000`
 */
export function addressOf(request: Pick<Request, 'headers'>, settings: AddressSettings): string {
  const { host = '' } = request.headers;
  return settings.publicUrl ?? `http://${HOST.test(host) ? host : `localhost:${settings.port}`}`;
}

type AddressSettings = Pick<HttpSettings, 'publicUrl' | 'port'>;

/**
 * The address to open in a browser, for whoever starts the service.
 * @param listening where it listens
 * @returns without a slash at the end
 * @example localAddress({ address: '0.0.0.0', port: 3000 }) // 'http://localhost:3000'
 */
export function localAddress({ address, port }: { readonly address: string; readonly port: number }): string {
  const isEverywhere = address === '0.0.0.0' || address === '::';
  const host = isEverywhere ? 'localhost' : address.includes(':') ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
