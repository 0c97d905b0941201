import { z } from 'zod';
import { toDay } from '../../moderation/day.js';
import { isInForce } from '../../moderation/moderate.js';
import type { Rule } from '../../moderation/ruleset.js';
import { Mistake } from '../../wire/mistake.js';
import { ActionName, RulesVersion } from '../../wire/verdict.js';
import type { AppDeps } from '../deps.js';
import { type Route, sendJson, siteOf } from '../route.js';

const RuleList = z
  .object({
    rules: z.array(
      z.object({
        id: z.string(),
        file: z.string().meta({ description: 'Within the rules folder.' }),
        guideline: z.string(),
        message: z.string(),
        action: ActionName,
        mode: z.enum(['enforce', 'shadow']),
        enabled: z
          .boolean()
          .meta({ description: 'Whether it is in force today: switched on and not expired.' }),
        owner: z.string().optional().meta({ description: 'Whom to ask about it.' }),
        expires: z.iso.date().optional().meta({ description: 'The last day on which it applies, in UTC.' }),
        counts: z.object({
          phrases: z.int().min(0),
          patterns: z.int().min(0),
          examples: z.int().min(0),
        }),
      }),
    ),
    rulesVersion: RulesVersion,
    loadedAt: z.iso.datetime(),
    errors: z.array(Mistake).meta({
      description: 'What was wrong when the rules were last loaded anew; empty when they are in force.',
    }),
  })
  .meta({ id: 'RuleList' });
type RuleList = z.infer<typeof RuleList>;

/** GET /v1/rules. */
export function ruleRoutes({ pipeline }: Pick<AppDeps, 'pipeline'>): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/rules',
      role: 'read',
      description: {
        summary: 'List the rules',
        description:
          'The rules in force for the site of the key, since when, and what keeps a later edit of them from being so.',
        responses: {
          200: { description: 'The rules.', content: { 'application/json': { schema: RuleList } } },
        },
      },
      handle(_request, answer) {
        const { guidelines: loaded, loadedAt, lastFailure = [] } = siteOf(answer).inForce();
        const today = toDay(pipeline.clock());
        const body: RuleList = {
          rules: loaded.ruleset.rules.map((rule) => toEntry(rule, today)),
          rulesVersion: loaded.ruleset.version,
          loadedAt: loadedAt.toISOString(),
          errors: lastFailure.map(({ file, line, column, message }) => ({ file, line, column, message })),
        };
        sendJson(answer, body);
      },
    },
  ];
}

function toEntry(rule: Rule, today: string): RuleList['rules'][number] {
  const { id, file, guideline, message, action, mode, owner, expires, counts } = rule;
  return {
    id,
    file,
    guideline,
    message,
    action,
    mode,
    enabled: isInForce(rule, today),
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
    counts,
  };
}
