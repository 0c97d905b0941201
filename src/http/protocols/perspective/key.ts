import type { Request } from 'express';
import { bearerOf } from '../../auth.js';
import { firstField } from '../../first-field.js';

/** The key of a request, as Google's APIs take it: `?key=KEY`, `X-Goog-Api-Key: KEY`; or as all routes here do. */
export function keyOf(request: Request): string | undefined {
  const { url } = request;
  const at = url.indexOf('?');
  const inQuery = at === -1 ? undefined : firstField(Buffer.from(url.slice(at + 1)), 'key');
  if (inQuery !== undefined) return inQuery;
  const inHeader = request.headers['x-goog-api-key'];
  return typeof inHeader === 'string' ? inHeader : bearerOf(request);
}
