import type { Request } from 'express';
import { z } from 'zod';
import { ANY_ADDRESS, addressOf } from '../address.js';
import type { AppDeps } from '../deps.js';
import { renderDocs } from '../docs.js';
import { describeApi } from '../openapi.js';
import { type Route, sendText } from '../route.js';
import { probeRoutes } from './probes.js';

/** GET /, the probes, /openapi.json and /docs. The last two describe `others` as well. */
export function operationRoutes(deps: AppDeps, others: readonly Route[]): Route[] {
  const routes: Route[] = [
    {
      method: 'get',
      path: '/',
      open: true,
      handle(_request, answer) {
        answer.writeHead(303, { Location: '/docs', 'Content-Length': 0 }).end();
      },
    },
    ...probeRoutes(deps),
    {
      method: 'get',
      path: '/openapi.json',
      open: true,
      description: {
        summary: 'This API as OpenAPI 3.1',
        description: 'Needs no key, for it holds no secret.',
        responses: {
          200: {
            description: 'The document.',
            content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
          },
        },
      },
      handle(request, answer) {
        sendText(answer, here(request, document), { type: 'application/json' });
      },
    },
    {
      method: 'get',
      path: '/docs',
      open: true,
      description: {
        summary: 'This API as a page to read',
        description:
          'Needs no key, for it holds no secret. Its examples name the address by which it was opened.',
        responses: { 200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } } },
      },
      handle(request, answer) {
        sendText(answer, here(request, page), { type: 'text/html; charset=utf-8' });
      },
    },
  ];
  const api = describeApi([...others, ...routes], deps.keys() !== undefined);
  // Written once, for anybody may ask; what differs from request to request is the address alone.
  const document = JSON.stringify(api, null, 2);
  const page = renderDocs(api);
  /** What was written for any address, for the one by which it is asked for. */
  const here = (request: Request, text: string) =>
    text.replaceAll(ANY_ADDRESS, addressOf(request, deps.settings));
  return routes;
}
