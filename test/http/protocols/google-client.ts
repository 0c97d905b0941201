import { Discovery, GaxiosError } from 'googleapis-common';
import { z } from 'zod';

interface Call {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestBody: object;
}
type Method = (call: Call) => Promise<{ readonly data: unknown }>;

const method = z.custom<Method>((value) => typeof value === 'function');
const Api = z.object({ comments: z.object({ analyze: method, suggestscore: method }) });

/**
 * Google's own client for Node, unmodified, as `google.discoverAPI` of `googleapis` makes it: it is told where the
 * API describes itself, and nothing else.
 * @param url of the service, without a slash at the end
 */
export async function googleClient(url: string) {
  const create = await new Discovery({}).discoverAPI(`${url}/$discovery/rest?version=v1alpha1`);
  return Api.parse(create({}, {})).comments;
}

/** What the client threw. */
export interface Refusal {
  readonly status: number | undefined;
  readonly body: unknown;
  readonly retryAfter: string | null | undefined;
}

/** Waits for a call to be refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GaxiosError)) throw error;
    const { response } = error;
    return {
      status: response?.status,
      body: response?.data,
      retryAfter: response?.headers.get('retry-after'),
    };
  }
  throw new Error('the call was not refused');
}
