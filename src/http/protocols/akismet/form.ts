import { z } from 'zod';

/** Gives a field of the form without the white space around it; empty where it was not sent. */
export type Form = (name: string) => string;

/** The key as older clients send it: `KEY.rest.stet.example`. */
export function keyInHost(host = ''): string | undefined {
  return /^([\w-]+)\.[a-z][\w.-]*(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

/** Whose limits a comment counts against: its e-mail address, or else its IP address, which many may share. */
export function userOf(form: Form): string {
  const email = form('comment_author_email').toLowerCase();
  return email === '' ? `akismet:ip:${form('user_ip')}` : `akismet:email:${email}`;
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
    user_ip: z.string().meta({ description: 'Counts against the limits where there is no e-mail address.' }),
    comment_content: z.string().optional().meta({ description: 'HTML or plain text.' }),
    comment_author: z.string().optional(),
    comment_author_email: z.string().optional().meta({
      description: 'Whose limits the comment counts against; never logged.',
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
