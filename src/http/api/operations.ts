import { z } from 'zod';
import type { AppDeps } from '../deps.js';
import { renderDocs } from '../docs.js';
import { describeApi } from '../openapi.js';
import { type Route, sendJson, sendText } from '../route.js';
import { Liveness, Readiness } from '../schemas.js';

/** GET /livez, /readyz, /metrics, /openapi.json and /docs. The last two tell of `others` as well. */
export function operationRoutes(deps: AppDeps, others: readonly Route[]): Route[] {
  const { guidelines, limiter, metrics } = deps;
  const routes: Route[] = [
    {
      method: 'get',
      path: '/livez',
      open: true,
      quiet: true,
      description: {
        summary: 'Whether the process works',
        responses: {
          200: { description: 'It does.', content: { 'application/json': { schema: Liveness } } },
        },
      },
      handle(_request, answer) {
        sendJson(answer, { status: 'ok' });
      },
    },
    {
      method: 'get',
      path: '/readyz',
      open: true,
      quiet: true,
      description: {
        summary: 'Whether comments can be judged',
        description: 'Also 200 while Redis is away: comments are judged, and counted by each instance alone.',
        responses: {
          200: { description: 'They can.', content: { 'application/json': { schema: Readiness } } },
        },
      },
      handle(_request, answer) {
        const { ruleset } = guidelines().guidelines;
        const body: Readiness = {
          status: 'ready',
          rules: { version: ruleset.version, count: ruleset.rules.length },
          limiter: { kind: limiter.kind, healthy: limiter.healthy },
        };
        sendJson(answer, body);
      },
    },
    {
      method: 'get',
      path: '/metrics',
      quiet: true,
      description: {
        summary: 'Metrics for Prometheus',
        responses: {
          200: { description: 'Text format.', content: { 'text/plain': { schema: z.string() } } },
        },
      },
      async handle(_request, answer) {
        sendText(answer, await metrics.text(), { type: metrics.contentType });
      },
    },
    {
      method: 'get',
      path: '/openapi.json',
      description: {
        summary: 'This API as OpenAPI 3.1',
        responses: {
          200: {
            description: 'The document.',
            content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
          },
        },
      },
      handle(_request, answer) {
        sendText(answer, document, { type: 'application/json' });
      },
    },
    {
      method: 'get',
      path: '/docs',
      description: {
        summary: 'This API as a page to read',
        responses: { 200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } } },
      },
      handle(_request, answer) {
        sendText(answer, page, { type: 'text/html; charset=utf-8' });
      },
    },
  ];
  const { apiKeys, port } = deps.config;
  const api = describeApi([...others, ...routes], apiKeys !== undefined);
  const document = JSON.stringify(api, null, 2);
  const page = renderDocs(api, `http://localhost:${port}`);
  return routes;
}
