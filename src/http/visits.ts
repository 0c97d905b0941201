import type { Request } from 'express';
import type { Lane } from '../lanes/lane.js';
import type { LaneRefusal, Lanes, Visit } from '../lanes/lanes.js';
import type { Turn } from '../pipeline/arrival.js';
import type { Key } from '../sites/key.js';
import { networkOf } from './network.js';
import { Problem } from './problem.js';
import type { Answer, Route } from './route.js';

/**
 * Has a request go into the lane of its route, and out of it once it is answered or its client has gone.
 * @param key whose request it is; undefined: no key is asked for, or the route checks it later
 * @throws LaneRefusal where the lane is full
 */
export async function enterLane(
  lanes: Lanes,
  route: Route,
  request: Request,
  answer: Answer,
  key: Key | undefined,
): Promise<void> {
  if (route.lane === undefined) return;
  const visit = lanes.visit(route.open ? undefined : ownerOf(key));
  answer.locals.visit = visit;
  answer.once('close', () => visit.leave());
  await visit.enter(laneOf(route.lane, request));
}

/** The lane that a request begins in. */
export function laneOf(lane: NonNullable<Route['lane']>, request: Request): Lane {
  return typeof lane === 'function' ? lane(request) : lane;
}

/** Where keys are set, each is an owner; else all requests are one's. */
export function ownerOf(key: Key | undefined): string {
  return key === undefined ? '' : `key ${key.secret}`;
}

/** Whose a request is until its key is known. */
export function senderOf({ socket }: Request): string {
  return `from ${networkOf(socket.remoteAddress ?? '')}`;
}

/**
 * A request's way through the lanes.
 * @throws where its route has no lane
 */
export function visitOf({ locals }: Answer): Visit {
  if (!locals.visit) throw new Error(`${locals.route} has no lane`);
  return locals.visit;
}

/**
 * What a comment waits for before it is judged.
 * @param owner whose it is, where the route finds out by itself
 * @throws LaneRefusal where the owner has too much waiting
 */
export function turnOf(answer: Answer, owner?: string): Turn {
  const visit = visitOf(answer);
  if (owner !== undefined) visit.belongsTo(owner);
  return (units) => visit.turn(units);
}

/** Parsing costs a small part of what judging the same characters does. */
const BYTES_A_UNIT = 16;
/** What is no longer is parsed in less time than a comment is judged in, and waits for nothing. */
const SOON_PARSED_BYTES = 64 * 1024;

/** Whether a body may be parsed at once; a longer one in its turn, or in a thread. */
export function isSoonParsed({ length }: Pick<Uint8Array, 'length'>): boolean {
  return length <= SOON_PARSED_BYTES;
}

/** What a long body waits for before it is parsed. */
export function turnToParse(answer: Answer): (bytes: number) => Promise<void> {
  return async (bytes) => {
    if (!isSoonParsed({ length: bytes })) await visitOf(answer).turn(Math.ceil(bytes / BYTES_A_UNIT));
  };
}

/** To read and to search bytes costs a small part of what judging as many characters does. */
const READ_BYTES_A_UNIT = 64;

/**
 * What the parts of a long body wait for while it is not known whose it is: one part in a turn, and each address alike.
 * So whoever sends bodies without a key, by however many connections, is read as fast as the others leave time for.
 */
export function turnToRead(lanes: Lanes, request: Request, answer: Answer): (bytes: number) => Promise<void> {
  const visit = lanes.visit(senderOf(request));
  answer.once('close', () => visit.leave());
  return async (bytes) => {
    await visit.enter('unknown');
    await visit.turn(Math.ceil(bytes / READ_BYTES_A_UNIT));
  };
}

/** What a lane's refusal is to clients. */
export function problemOfLane({ lane, retryAfterS }: LaneRefusal): Problem {
  const headers = { 'Retry-After': String(retryAfterS) };
  if (lane === 'preview') {
    return new Problem('preview-busy', 'Too many previews are under way already; try again in a moment.', {
      headers,
    });
  }
  return tooBusy(retryAfterS);
}

/** The service has more to do than it can answer in time. */
export function tooBusy(retryAfterS: number): Problem {
  return new Problem('overloaded', `The service is busy; try again in ${retryAfterS} s.`, {
    type: 'https://iana.org/assignments/http-problem-types#temporary-reduced-capacity',
    title: 'Request cannot be satisfied due to temporary server capacity constraints',
    headers: { 'Retry-After': String(retryAfterS) },
  });
}
