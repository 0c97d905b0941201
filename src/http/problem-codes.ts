/**
 * Every problem that the service answers, by its `code`: programs can hold on to it, details are for people. A code
 * never changes its meaning; new ones may be added.
 */
export const PROBLEMS = {
  'request-invalid': { status: 400, about: 'It is not an HTTP request, or its path is badly escaped.' },
  'body-empty': { status: 400, about: 'The body, or a line of a batch, is empty.' },
  'body-not-utf8': { status: 400, about: 'The body, or a line, is not UTF-8.' },
  'body-not-json': { status: 400, about: 'The body, or a line, is not JSON; the detail says where.' },
  'fields-invalid': {
    status: 400,
    about: 'Some fields cannot be used; `errors` names each by a JSON Pointer.',
  },
  'query-invalid': { status: 400, about: 'A query parameter cannot be used.' },
  'key-missing': { status: 401, about: 'The route needs a key, and none was sent.' },
  'key-unknown': { status: 401, about: 'The key is not one of those configured.' },
  'signature-invalid': { status: 401, about: 'The signature is missing, or not that of this body.' },
  'keys-not-configured': {
    status: 403,
    about: 'The route can be used only where the service has keys, or a secret for it.',
  },
  'role-missing': {
    status: 403,
    about: 'The key is right, but may not do this; `role` names the role that it needs.',
  },
  'origin-foreign': {
    status: 403,
    about: 'A web page of another origin has sent it to a service without keys.',
  },
  'not-found': { status: 404, about: 'There is nothing at this path.' },
  'method-not-allowed': { status: 405, about: 'The path takes other methods; `Allow` lists them.' },
  timeout: { status: 408, about: 'The head or the body of the request took too long to arrive.' },
  'too-large': { status: 413, about: 'The body, a line or the text of a comment is too long.' },
  'media-type-unsupported': {
    status: 415,
    about: 'The body has another type or charset than the route takes, or is compressed.',
  },
  'host-unknown': {
    status: 421,
    about: 'The service has no keys, and the `Host` is neither of this machine nor that of `PUBLIC_URL`.',
  },
  'draft-invalid': {
    status: 422,
    about: 'The draft of the rules has mistakes; `errors` tells each with file, line and column.',
  },
  'quota-exceeded': {
    status: 429,
    about: 'The user has used up a limit, or is blocked; `violated-policies` names the limits.',
  },
  'key-quota-exceeded': { status: 429, about: 'The key has used up its requests a minute.' },
  'wrong-keys': {
    status: 429,
    about:
      'Too many wrong keys have come from this address; `Retry-After` says for how long. The right key passes.',
  },
  'head-too-large': { status: 431, about: 'The header fields are too long together.' },
  internal: {
    status: 500,
    about: 'Something broke in the service; its log has it under the `X-Request-Id`.',
  },
  'feedback-not-kept': {
    status: 500,
    about:
      'What a moderator decided could not be written to the file of feedback: the disk may be full. The log says why.',
  },
  stopping: { status: 503, about: 'The service is about to stop: it is not ready for more.' },
  overloaded: {
    status: 503,
    about: 'More is waiting than can be answered in time; `Retry-After` says when to try again.',
  },
  'preview-busy': { status: 503, about: 'Too many previews are under way.' },
  'preview-too-costly': { status: 503, about: 'The preview took too much time or memory.' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly about: string }>>;

export type ProblemCode = keyof typeof PROBLEMS;
