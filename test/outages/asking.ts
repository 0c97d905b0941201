import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Service } from '../helpers/service.js';

/** Sent with all that is asked; a service without keys does not look at it. */
export const KEY = 'key-of-ours';

/** What is sent: by GET, or by POST with a body. */
export interface Asked {
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/**
 * Asks by a connection of its own.
 * @throws the error of the connection, where that is refused or cut off
 */
export function ask({ port }: Service, { path, body, type = 'application/json' }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request({
      port,
      path,
      host: '127.0.0.1',
      agent: false,
      headers: { authorization: `Bearer ${KEY}`, ...(body !== undefined && { 'content-type': type }) },
      method: body === undefined ? 'GET' : 'POST',
    })
      .on('error', reject)
      .on('response', (answer) => {
        text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, body: read }), reject);
      })
      .end(body);
  });
}

let users = 0;

/** A comment of a user who has sent none. */
export function newComment(words = 'I agree with every word of it.'): string {
  return JSON.stringify({ text: words, user: { id: `user-${users++}` } });
}

/** Posts so many comments, some at a time. Returns how often each status was answered. */
export async function commentsOf(
  service: Service,
  count: number,
  atOnce = 4,
): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  let sent = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (sent++ < count) {
        const { status } = await ask(service, { path: '/v1/comments', body: newComment() });
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  return statuses;
}

/** The statuses of /livez and /readyz. */
export async function probesOf(service: Service): Promise<number[]> {
  const answers = await Promise.all(['/livez', '/readyz'].map((path) => ask(service, { path })));
  return answers.map(({ status }) => status);
}

/**
 * The value of a metric without labels.
 * @throws Error where there is none of that name
 */
export async function metricOf(service: Service, name: string): Promise<number> {
  const { body } = await ask(service, { path: '/metrics' });
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1];
  if (value === undefined) throw new Error(`there is no metric ${name}`);
  return Number(value);
}
