import { createHash } from 'node:crypto';
import { types } from 'node:util';
import express, { type Express, type Request } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { LaneRefusal } from '../lanes/lanes.js';
import { isLoopback } from '../settings/loopback.js';
import { WireError } from '../wire/faults.js';
import { batchRoutes } from './api/batch.js';
import { commentRoutes } from './api/comments.js';
import { docsRoutes } from './api/docs.js';
import { operationRoutes } from './api/operations.js';
import { previewRoutes } from './api/preview.js';
import { probeRoutes } from './api/probes.js';
import { ruleRoutes } from './api/rules.js';
import { createKeyCheck } from './auth.js';
import type { AppDeps } from './deps.js';
import { DOCS_STYLE } from './docs.js';
import { checkNeighbour } from './neighbourhood.js';
import { observeRequests } from './observe.js';
import { Problem, problemOf } from './problem.js';
import { type Answer, type Route, sendJson } from './route.js';
import { enterLane, laneOf, ownerOf, problemOfLane, senderOf, tooBusy } from './visits.js';

/** The service. */
export function createApp(deps: AppDeps): Express {
  const routes = [...commentRoutes(deps), ...batchRoutes(deps), ...ruleRoutes(deps), ...previewRoutes(deps)];
  routes.push(...deps.protocols.flatMap((protocol) => protocol(deps)));
  routes.push(...operationRoutes(deps, routes));
  routes.push(...docsRoutes());
  return serveRoutes(deps, routes);
}

/** Probes and metrics alone, as on the main port, for a port of their own. */
export function createOpsApp(deps: AppDeps): Express {
  return serveRoutes(deps, probeRoutes(deps));
}

/** What a request meets, in order. */
function serveRoutes(deps: AppDeps, routes: readonly Route[]): Express {
  const app = express();
  // What NODE_ENV=production would set, and what an API has no use for.
  app.set('env', 'production').disable('x-powered-by').disable('etag').enable('case sensitive routing');

  const checkKey = createKeyCheck(deps.keys, deps.wrongKeys);

  app.use(observeRequests(deps.logger, deps.metrics));
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
      // Whether a host is reached by https only is for the host to say, not for a service behind it.
      strictTransportSecurity: false,
    }),
  );
  app.use((request: Request, _answer, next) => {
    // Which of two a proxy has gone by is not known here (RFC 9112, 3.2).
    if ((request.headersDistinct.host?.length ?? 0) > 1) {
      throw new Problem('request-invalid', 'There must be one Host field; got several.', { headers: CLOSE });
    }
    next();
  });
  const isOpenToNeighbours = deps.keys() === undefined && isLoopback(deps.settings.host);
  app.use((request: Request, _answer, next) => {
    if (isOpenToNeighbours) checkNeighbour(request, deps.settings);
    next();
  });
  for (const route of routes) {
    app[route.method](literally(route.path), async (request: Request, answer: Answer) => {
      answer.locals.route = route.path;
      answer.locals.refuse = route.refuse;
      answer.locals.quiet = route.quiet ?? false;
      const key = route.open ? undefined : checkKey(request, route);
      const owner = () => (route.open ? senderOf(request) : ownerOf(key));
      if (route.method === 'post' && deps.overload.refuses(owner())) {
        if (route.lane !== undefined) deps.metrics.observeRefusal(laneOf(route.lane, request), 'late');
        throw tooBusy(RETRY_AFTER_S);
      }
      if (!route.open) answer.locals.site = deps.sites.of(key?.site);
      await enterLane(deps.lanes, route, request, answer, key);
      await route.handle(request, answer);
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path);
    const [first] = allowed;
    app.all(literally(path), (request: Request, answer: Answer) => {
      answer.locals.route = path;
      answer.locals.refuse = first?.refuse;
      if (!allowed.every((route) => route.open)) checkKey(request, { keyOf: first?.keyOf });
      const allow = methodsOf(allowed);
      throw new Problem('method-not-allowed', `${path} takes ${allow}; got ${request.method}.`, {
        headers: { Allow: allow },
      });
    });
  }
  app.use((request: Request) => {
    checkKey(request);
    throw new Problem('not-found', 'There is nothing at this path; /docs lists all that there is.');
  });
  app.use(answerError(deps.logger));
  return app;
}

/** Soon, for what was refused has not been queued. */
const RETRY_AFTER_S = 1;

const CLOSE = { Connection: 'close' };

/** The page of the documentation has one style and loads nothing; everything else is data. */
const CONTENT_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: [`'sha256-${createHash('sha256').update(DOCS_STYLE).digest('base64')}'`],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** A path whose signs stand for themselves: Express takes `:` for the start of a parameter. */
function literally(path: string): string {
  return path.replace(/[:*{}()[\]?+!\\]/g, '\\$&');
}

/** As an Allow field lists them. Express answers HEAD wherever it answers GET. */
function methodsOf(routes: readonly Route[]): string {
  return routes.map(({ method }) => (method === 'get' ? 'GET, HEAD' : method.toUpperCase())).join(', ');
}

/** Four parameters, by which Express knows a handler of errors. */
function answerError(logger: Logger) {
  return (error: unknown, _request: Request, answer: Answer, _next: unknown): void => {
    if (isClientGone(error)) {
      answer.destroy();
      return;
    }
    const problem = toProblem(error);
    if (problem.code === 'internal') {
      logger.error({ requestId: answer.locals.requestId, error: describe(error) }, 'internal error');
    }
    // In the middle of a batch: what is broken off is not taken for the whole.
    const { refuse } = answer.locals;
    if (answer.headersSent) answer.destroy();
    else if (refuse) refuse(answer, problem);
    else {
      const { headers } = problem.extras;
      sendJson(answer, problem, { status: problem.status, type: 'application/problem+json', headers });
    }
  };
}

/** Whether the client hung up in the middle of its body or of our answer. */
function isClientGone(error: unknown): boolean {
  const gone: unknown[] = ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'];
  return types.isNativeError(error) && 'code' in error && gone.includes(error.code);
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WireError) return problemOf(error);
  if (error instanceof LaneRefusal) return problemOfLane(error);
  // Express' own complaints about a request: a path that is badly escaped.
  if (error instanceof URIError) return new Problem('request-invalid', 'The path is badly escaped.');
  return new Problem('internal', 'Something broke here; the log has it under the id in X-Request-Id.');
}

/** An error's kind and where it arose. Its message is left out: it may quote the comment. */
function describe(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { kind: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { kind: error.name, frames };
}
