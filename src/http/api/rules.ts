import { toDay } from '../../moderation/day.js';
import { isInForce } from '../../moderation/moderate.js';
import type { Rule } from '../../moderation/ruleset.js';
import type { AppDeps } from '../deps.js';
import { type Route, sendJson } from '../route.js';
import { RuleList } from '../schemas.js';

/** GET /v1/rules. */
export function ruleRoutes({ guidelines, clock }: AppDeps): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/rules',
      description: {
        summary: 'List the rules',
        description: 'The rules in force, since when, and what keeps a later edit of them from being so.',
        responses: {
          200: { description: 'The rules.', content: { 'application/json': { schema: RuleList } } },
        },
      },
      handle(_request, answer) {
        const { guidelines: loaded, loadedAt, lastFailure = [] } = guidelines();
        const today = toDay(clock());
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
