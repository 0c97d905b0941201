import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from '../settings/setting.js';

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
  },
  (read): HttpSettings => ({
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL,
    maxCommentChars: read.MAX_COMMENT_CHARS,
    maxDelayMs: read.MAX_DELAY_MS,
    feedbackFile: read.FEEDBACK_FILE,
    keyRequestsPerMinute: read.KEY_REQUESTS_PER_MINUTE,
  }),
);
