import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from '../settings/setting.js';
import { CAPS, type ConnectionCaps } from './connections.js';

/** How the service is reached, and what all its routes have in common. */
export interface HttpSettings {
  readonly port: number;
  readonly host: string;
  /** Without a slash at the end; undefined: what a request names as its host. */
  readonly publicUrl: string | undefined;
  /** In UTF-16 units. */
  readonly maxCommentChars: number;
  /** 0: comments are never refused for it. */
  readonly maxDelayMs: number;
  /** Undefined: feedback is thrown away. */
  readonly feedbackFile: string | undefined;
  /** By Perspective's protocol, and by OpenAI's; undefined: any number. */
  readonly keyRequestsPerMinute: number | undefined;
  readonly caps: ConnectionCaps;
  /** Where probes and metrics are answered as well; undefined: on the main port alone. */
  readonly ops: { readonly port: number; readonly host: string } | undefined;
}

/** What can be an IP address or the name of a host. */
export const HOST_NAME = /^[\w.:-]{1,253}$/;

const host = z.string().regex(HOST_NAME, 'must be an IP address or a host name, like 127.0.0.1');

const publicUrl = z.string().transform((written, context): string => {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  // An origin and no more: the routes stand at its root.
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'must be an address without a path, like https://stet.example',
  });
  return z.NEVER;
});

export const httpSettings = roomSettings(
  {
    PORT: setting(wholeNumber(0, 65_535), {
      about: 'Port to listen on; 0 takes any free one.',
      fallback: '3000',
    }),
    HOST: setting(host, {
      about: 'Address to listen on; any but a loopback address needs API_KEYS or API_KEYS_FILE.',
      fallback: '127.0.0.1',
    }),
    PUBLIC_URL: setting(publicUrl.optional(), {
      about:
        'Address by which clients reach the service, for the documentation and for clients of Perspective; left out, http and the Host that each request names. Needed behind TLS.',
    }),
    MAX_COMMENT_CHARS: setting(wholeNumber(1, 100_000), {
      about: 'Longest comment that is judged.',
      unit: 'UTF-16 units',
      fallback: '10000',
    }),
    MAX_DELAY_MS: setting(wholeNumber(0, 60_000), {
      about: 'How long live comments may wait for their turn before more are refused with 503; 0: none is.',
      unit: 'milliseconds',
      fallback: '100',
    }),
    FEEDBACK_FILE: setting(z.string().optional(), {
      about:
        "File that moderators' decisions are kept in, one JSON object a line, with the text of the comment; left out, they are thanked for and thrown away.",
    }),
    KEY_REQUESTS_PER_MINUTE: setting(wholeNumber(1, 1_000_000).optional(), {
      about:
        "Requests a minute that each key may send by Perspective's protocol, and as many by OpenAI's, for these name no user; left out, any number. Each instance counts in its own memory.",
    }),
    MAX_CONNECTIONS: setting(wholeNumber(1, 100_000), {
      about:
        'Connections that may be open at once; beyond that, each new one takes the place of one that is not in use, or is refused. What so many may hold fits into memory.',
      fallback: String(CAPS.inAll),
    }),
    MAX_CONNECTIONS_BY_ADDRESS: setting(wholeNumber(1, 100_000), {
      about:
        'The same for those from one address, or from one network of 64 bits in IPv6. Half of all, which is more than a proxy that all come through needs, and lets others in beside it.',
      fallback: String(CAPS.byAddress),
    }),
    OPS_PORT: setting(wholeNumber(0, 65_535).optional(), {
      about:
        'Port on which /livez, /readyz and /metrics are answered as well, with connections of its own, whatever comes in on PORT; left out, on PORT alone. 0 takes any free one.',
    }),
    OPS_HOST: setting(host.optional(), {
      about: 'Address to listen on for OPS_PORT; left out, that of HOST.',
    }),
  },
  (read): HttpSettings => ({
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL,
    maxCommentChars: read.MAX_COMMENT_CHARS,
    maxDelayMs: read.MAX_DELAY_MS,
    feedbackFile: read.FEEDBACK_FILE,
    keyRequestsPerMinute: read.KEY_REQUESTS_PER_MINUTE,
    caps: { inAll: read.MAX_CONNECTIONS, byAddress: read.MAX_CONNECTIONS_BY_ADDRESS },
    ops: read.OPS_PORT === undefined ? undefined : { port: read.OPS_PORT, host: read.OPS_HOST ?? read.HOST },
  }),
);
