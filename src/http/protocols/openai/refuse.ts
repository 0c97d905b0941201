import { bearerOf } from '../../auth.js';
import type { Problem } from '../../problem.js';
import { type Answer, sendJson } from '../../route.js';
import type { OpenAIError } from './schemas.js';

/** Says no as OpenAI's API does. */
export function refuse(answer: Answer, problem: Problem): void {
  const { status, extras } = problem;
  const [first, ...others] = extras.errors ?? [];
  const more = others.length + (extras.moreErrors ?? 0);
  const body: OpenAIError = {
    error: {
      message: first
        ? `${first.pointer}: ${first.detail}${more > 0 ? `; and ${more} more` : ''}`
        : problem.detail,
      type: typeOf(status),
      param: first ? paramOf(first.pointer) : null,
      code: codeOf(status, answer),
    },
  };
  sendJson(answer, body, { status, headers: extras.headers });
}

function typeOf(status: number): string {
  if (status === 429) return 'requests';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

function codeOf(status: number, answer: Answer): string | null {
  if (status === 429) return 'rate_limit_exceeded';
  return status === 401 && bearerOf(answer.req) !== undefined ? 'invalid_api_key' : null;
}

/** `/input/0/text` as `input[0].text`; none for the whole body. */
function paramOf(pointer: string): string | null {
  const param = pointer.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
  return param === '' ? null : param.replace(/^\./, '');
}
