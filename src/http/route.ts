import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { Request, Response } from 'express';
import type { Lane } from '../lanes/lane.js';
import type { Visit } from '../lanes/lanes.js';
import type { Role } from '../sites/roles.js';
import type { Site } from '../sites/site.js';
import type { Problem } from './problem.js';

/** What is noted of a request on its way, for the log and the metrics. Nothing of it tells who wrote what. */
export interface RequestNotes {
  requestId: string;
  /** The route's path; undefined: no route has the request's path. */
  route?: string;
  /** Probes are logged at `debug`. */
  quiet?: boolean;
  /** What else the log tells: verdict, rules that fired, counts. */
  notes?: Readonly<Record<string, unknown>>;
  /** How the route says no; undefined: with problem details. */
  refuse?: Refuse | undefined;
  /** Whose comments the request brings, as its key says; undefined where no key was checked. */
  site?: Site;
  /** Its way through the lanes, where its route has one. */
  visit?: Visit;
}

/** Answers a request with what went wrong, in a protocol's own way. */
export type Refuse = (answer: Answer, problem: Problem) => void;

export type Answer = Response<unknown, RequestNotes>;

/** Who may call a route where keys are set. */
type Access =
  | {
      /** The app checks the key before it calls the route. */
      readonly open?: false;
      /** What the key must be allowed to do. */
      readonly role: Role;
    }
  | {
      /** It answers without a key, or checks one in a way of its own. */
      readonly open: true;
      /** What the key must be allowed to do that the route checks itself; undefined: it checks none. */
      readonly role?: Role;
    };

/** One route: how it is reached, what the API's description says of it, and what answers it. */
export type Route = Access & RouteParts;

interface RouteParts {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Whether it is called so often by machines that the log tells of it at `debug` only. */
  readonly quiet?: boolean;
  /** Where the protocol has the key; undefined: in `Authorization: Bearer KEY`. */
  readonly keyOf?: (request: Request) => string | undefined;
  /** In which lane its work waits for its turn; undefined: it judges nothing. */
  readonly lane?: Lane | ((request: Request) => Lane);
  /** How the protocol says no; undefined: with problem details (RFC 9457). */
  readonly refuse?: Refuse;
  /** Left out: the API's description does not have the route, for it is no part of the API. */
  readonly description?: Omit<RouteConfig, 'method' | 'path'>;
  /** May throw a Problem. */
  handle(request: Request, answer: Answer): void | Promise<void>;
}

/**
 * The site of a request.
 * @throws where the route checks no key
 */
export function siteOf({ locals }: Answer): Site {
  if (!locals.site) throw new Error(`${locals.route} has checked no key`);
  return locals.site;
}

/** Sends an answer as JSON. */
export function sendJson(
  answer: Answer,
  body: unknown,
  { status, type = 'application/json', headers }: Partial<SendOptions> = {},
): void {
  sendText(answer, JSON.stringify(body), { status, type, headers });
}

/** Sends an answer, head and body in one write. `answer.send` would do, at twice the time. */
export function sendText(answer: Answer, text: string, { status = 200, type, headers }: SendOptions): void {
  answer
    .writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) })
    .end(text);
}

/** Sends an answer that is written already. */
export function sendBytes(
  answer: Answer,
  bytes: Uint8Array,
  { status = 200, type, headers }: SendOptions,
): void {
  answer
    .writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': bytes.byteLength })
    .end(bytes);
}

interface SendOptions {
  readonly status?: number | undefined;
  /** Content-Type. */
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
