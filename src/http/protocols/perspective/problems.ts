import { errorsInOneLine, Problem } from '../../problem.js';
import { type Answer, sendJson } from '../../route.js';
import { keyOf } from './key.js';
import type { PerspectiveError } from './schemas.js';

/** What Perspective tells of an error beside its message. */
export interface ErrorDetail {
  readonly errorType: string;
  readonly languageNotSupportedByAttributeError?: {
    readonly attribute: string;
    readonly requestedLanguages?: readonly string[];
    readonly detectedLanguages?: readonly string[];
  };
}

/** A request that Perspective would refuse, in its own words. */
export class PerspectiveProblem extends Problem {
  constructor(
    message: string,
    readonly error: ErrorDetail,
  ) {
    super('fields-invalid', message);
  }
}

/** Any bad request for which Perspective has no name. */
export function invalidRequest(message: string): PerspectiveProblem {
  return new PerspectiveProblem(message, { errorType: 'INVALID_REQUEST' });
}

const PERSPECTIVE_ERROR = 'type.googleapis.com/google.commentanalyzer.v1alpha1.Error';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';
const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

/** As google.rpc.Code has them. */
const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** Says no as Google's APIs do. */
export function refuse(answer: Answer, problem: Problem): void {
  const { code, message, details } = describe(answer, problem);
  const status = STATUSES[code] ?? 'UNKNOWN';
  const body: PerspectiveError = { error: { code, message, status, details } };
  sendJson(answer, body, { status: code, headers: problem.extras.headers });
}

type Said = Pick<PerspectiveError['error'], 'code' | 'message' | 'details'>;

function describe(answer: Answer, problem: Problem): Said {
  const { status, detail, extras } = problem;
  // Google answers a missing key with 403 and a wrong one with 400, and clients tell them apart by the reason.
  if (status === 401 && keyOf(answer.req) === undefined) {
    return {
      code: 403,
      message:
        'The request is missing a valid API key: append ?key=KEY to the address, or send it as X-Goog-Api-Key.',
      details: [],
    };
  }
  if (status === 401) {
    return {
      code: 400,
      message: 'API key not valid. Please pass a valid API key.',
      details: [{ '@type': ERROR_INFO, reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
    };
  }
  if (status === 429) {
    const retryDelay = `${extras.headers?.['Retry-After'] ?? 1}s`;
    return {
      code: 429,
      message: detail,
      details: [
        { '@type': ERROR_INFO, reason: 'RATE_LIMIT_EXCEEDED', domain: 'googleapis.com' },
        { '@type': RETRY_INFO, retryDelay },
      ],
    };
  }
  if (problem instanceof PerspectiveProblem) {
    return { code: 400, message: detail, details: [{ '@type': PERSPECTIVE_ERROR, ...problem.error }] };
  }
  const message = errorsInOneLine(problem) ?? detail;
  // Google has no 413 or 415.
  const code = Object.hasOwn(STATUSES, status) ? status : 400;
  const details = code === 400 ? [{ '@type': PERSPECTIVE_ERROR, errorType: 'INVALID_REQUEST' }] : [];
  return { code, message, details };
}
