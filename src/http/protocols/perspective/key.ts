import type { Request } from 'express';
import { bearerOf } from '../../auth.js';

/** The key of a request, as Google's APIs take it: `?key=KEY`, `X-Goog-Api-Key: KEY`; or as all routes here do. */
export function keyOf(request: Request): string | undefined {
  const inQuery = request.query.key;
  if (typeof inQuery === 'string' && inQuery !== '') return inQuery;
  const inHeader = request.headers['x-goog-api-key'];
  return typeof inHeader === 'string' ? inHeader : bearerOf(request);
}
