import { z } from 'zod';
import type { Site } from '../../sites/site.js';
import { RulesVersion } from '../../wire/verdict.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { type Route, sendJson, sendText } from '../route.js';

const Liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });

const Readiness = z
  .object({
    status: z.literal('ready'),
    rules: z.object({ version: RulesVersion, count: z.int().min(0) }),
    limiter: z.object({
      kind: z.string().meta({ description: 'Where comments are counted: redis, memory.' }),
      healthy: z
        .boolean()
        .meta({ description: 'false: Redis is away, and comments are counted by this instance alone.' }),
    }),
    classifier: z.object({
      kind: z.string().meta({ description: 'What reads comments beside the rules: transformer, linear.' }),
      healthy: z.boolean().meta({
        description:
          'false: the transformer cannot be loaded, or its thread is being replaced; the linear one reads instead.',
      }),
    }),
    keys: z.object({
      stale: z.boolean().meta({
        description:
          'true: the file of keys is gone or has mistakes, and keys that it revokes are still good; the log says why.',
      }),
    }),
    sites: z
      .record(z.string(), z.object({ version: RulesVersion, count: z.int().min(0) }))
      .meta({ description: 'The rules in force for each site; `rules` are those of the first.' }),
  })
  .meta({ id: 'Readiness' });
type Readiness = z.infer<typeof Readiness>;

/** GET /livez, /readyz and /metrics. */
export function probeRoutes({
  sites,
  metrics,
  keysAreStale,
  classifierStanding,
  stopping,
}: AppDeps): Route[] {
  return [
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
        if (stopping.aborted) throw new Problem('stopping', 'The service is about to stop.');
        const [first] = sites.all;
        if (!first) throw new Error('the service has no site');
        const { kind, healthy } = first.limiter;
        const reader = classifierStanding();
        const body: Readiness = {
          status: 'ready',
          rules: rulesOf(first),
          limiter: { kind, healthy },
          classifier: { kind: reader.kind, healthy: reader.healthy },
          keys: { stale: keysAreStale() },
          sites: Object.fromEntries(sites.all.map((site) => [site.name, rulesOf(site)])),
        };
        sendJson(answer, body);
      },
    },
    {
      method: 'get',
      path: '/metrics',
      role: 'read',
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
  ];
}

function rulesOf(site: Site): Readiness['rules'] {
  const { ruleset } = site.inForce().guidelines;
  return { version: ruleset.version, count: ruleset.rules.length };
}
