import { z } from 'zod';
import { ADDRESS_TIER } from '../../../pipeline/admit.js';
import type { CountedUser } from '../../../pipeline/arrival.js';
import { networkOf } from '../../network.js';

/** Gives a field of the form without the white space around it; empty where it was not sent. */
export type Form = (name: string) => string;

/** The key as older clients send it: `KEY.rest.stet.example`. */
export function keyInHost(host = ''): string | undefined {
  return /^([\w-]+)\.[a-z][\w.-]*(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

/**
 * Whose limits a comment counts against: its IP address, which the commenter cannot choose, and its e-mail address
 * where there is one, which is told more surely from others, but is typed by whoever comments.
 */
export function userOf(form: Form): CountedUser {
  const email = form('comment_author_email').toLowerCase();
  const address = `akismet:ip:${networkOf(form('user_ip'))}`;
  return email === '' ? { id: address, tier: ADDRESS_TIER } : { id: `akismet:email:${email}`, address };
}

/** Names that Akismet documents for trying out a client: always spam. */
export function isGuaranteedSpam(form: Form): boolean {
  return (
    ['viagra-test-123', 'akismet-guaranteed-spam'].includes(form('comment_author')) ||
    form('comment_author_email') === 'akismet-guaranteed-spam@example.com'
  );
}

/** Whether a field says yes. */
export function isOn(flag: string): boolean {
  return flag === '1' || flag === 'true';
}

/** The fields of verify-key. */
export const KeyForm = z
  .object({
    api_key: z.string().optional().meta({ description: 'One of API_KEYS; older clients call it key.' }),
    blog: z.string().meta({ description: 'Address of the site.' }),
  })
  .meta({ id: 'AkismetKey' });

/** The fields that Stet reads of the other calls; the rest is passed over. */
export const CommentForm = z
  .object({
    ...KeyForm.shape,
    user_ip: z.string().meta({ description: 'Counts against the limits, of IPv6 the network of 64 bits.' }),
    comment_content: z.string().optional().meta({ description: 'HTML or plain text.' }),
    comment_author: z.string().optional(),
    comment_author_email: z.string().optional().meta({
      description: 'Counts against the limits beside the IP address; never logged.',
    }),
    permalink: z.string().optional().meta({ description: 'Address of the article.' }),
    user_role: z
      .string()
      .optional()
      .meta({ description: 'administrator: the answer to comment-check is false.' }),
    is_test: z.string().optional().meta({ description: '1: judge without counting or keeping.' }),
    recheck_reason: z
      .string()
      .optional()
      .meta({ description: 'With one, the comment was counted before and is not counted again.' }),
  })
  .meta({ id: 'AkismetComment' });
