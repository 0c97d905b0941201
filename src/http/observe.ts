import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../pipeline/metrics.js';
import type { Answer } from './route.js';

/** Stands for a status where the client went away before there was one, as other servers' logs have it. */
const CLIENT_GONE = 499;

const SANE_ID = /^[\w.:+/=-]{1,128}$/;

/** As of W3C Trace Context: version, trace, span, flags; what later versions may add stands behind. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:$|-)/;

/**
 * Gives each request an id (its own `X-Request-Id` where that is sane, else the trace of its `traceparent`, else one
 * that is new) and, once it is over, logs it in one line and counts it. Of its path only the route is told, for a path may hold anything; of what was sent, nothing.
 */
export function observeRequests(logger: Logger, metrics: Metrics) {
  return (request: Request, answer: Answer, next: () => void): void => {
    const start = performance.now();
    const sent = request.headers['x-request-id'];
    const traceId = traceOf(request.headers.traceparent);
    const requestId = typeof sent === 'string' && SANE_ID.test(sent) ? sent : (traceId ?? randomUUID());
    answer.locals.requestId = requestId;
    answer.setHeader('X-Request-Id', requestId);
    answer.once('close', () => {
      const ms = performance.now() - start;
      const { route = 'none', quiet = false, notes } = answer.locals;
      const status = answer.headersSent ? answer.statusCode : CLIENT_GONE;
      metrics.observeRequest({ route, status, seconds: ms / 1000 });
      const isWhole = answer.writableFinished;
      logger[status === 500 ? 'error' : quiet ? 'debug' : 'info'](
        {
          requestId,
          ...(traceId !== undefined && { traceId }),
          method: request.method,
          route,
          status,
          ms: Math.round(ms * 100) / 100,
          ...notes,
          ...(!isWhole && { aborted: true }),
        },
        'request',
      );
      if (!request.complete) discardRest(request);
    });
    next();
  };
}

function traceOf(header: unknown): string | undefined {
  return typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
}

/** How long a refused body may go on arriving, in milliseconds. */
const DISCARD_MS = 10_000;

/** Reads on what was refused, so that the client gets to read why; but not for ever. */
function discardRest(request: Request): void {
  if (request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), DISCARD_MS).unref();
  request.once('close', () => clearTimeout(timer)).resume();
}
