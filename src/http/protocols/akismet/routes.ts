import type { Request } from 'express';
import { z } from 'zod';
import type { Lane } from '../../../lanes/lane.js';
import type { Judgement } from '../../../pipeline/judgement.js';
import type { Role } from '../../../sites/roles.js';
import type { Site } from '../../../sites/site.js';
import { htmlToText } from '../../../text/html.js';
import { hasVisible } from '../../../text/visible.js';
import { createKeyCheck } from '../../auth.js';
import { checkContentType, readBytes } from '../../body.js';
import type { AppDeps } from '../../deps.js';
import { firstField, hasMoreFields } from '../../first-field.js';
import { notesOn } from '../../notes.js';
import { Problem } from '../../problem.js';
import { quotaExceeded, rateLimitFields } from '../../rate-limit-fields.js';
import { type Answer, type Route, sendText } from '../../route.js';
import { turnOf, turnToRead } from '../../visits.js';
import { CommentForm, type Form, isGuaranteedSpam, isOn, KeyForm, keyInHost, userOf } from './form.js';
import type { AkismetSettings } from './settings.js';

const VERIFY_KEY = '/1.1/verify-key';
const THANKS = 'Thanks for making the web a better place.';

/** The calls of Akismet's API: /1.1/verify-key, comment-check, submit-spam and submit-ham. */
export function akismetRoutes(deps: AppDeps, settings: AkismetSettings): Route[] {
  const { maxCommentChars } = deps.settings;
  const limit = maxCommentChars * BYTES_A_UNIT + BESIDE_BYTES;
  const checkKey = createKeyCheck(deps.keys, deps.wrongKeys);
  // Host names have no case, and clients write them in lower case.
  const checkHostKey = createKeyCheck(deps.keys, deps.wrongKeys, (secret) => secret.toLowerCase());

  /**
   * Reads a form, the fields that every call needs in it. Its key, which says whose it is, is found and checked before
   * anything else of the form is read: that costs work for each field, and anybody can send thousands.
   */
  async function readForm(
    request: Request,
    answer: Answer,
    role: Role,
    required: readonly string[],
  ): Promise<{ readonly form: Form; readonly site: Site }> {
    checkContentType(request, ['application/x-www-form-urlencoded']);
    const bytes = await readBytes(request, limit, turnToRead(deps.lanes, request, answer));
    const key =
      firstField(bytes, 'api_key') ?? (request.path === VERIFY_KEY ? firstField(bytes, 'key') : undefined);
    const known =
      key !== undefined
        ? checkKey(request, { keyOf: () => key, role })
        : checkHostKey(request, { keyOf: () => keyInHost(request.headers.host), role });
    if (hasMoreFields(bytes, MOST_FIELDS)) {
      throw new Problem('fields-invalid', `The form must have at most ${MOST_FIELDS} fields.`);
    }
    const sent = new URLSearchParams(bytes.toString());
    const form: Form = (name) => sent.get(name)?.trim() ?? '';
    const missing = required.find((name) => form(name) === '');
    if (missing !== undefined) throw new Problem('fields-invalid', `Missing required field: ${missing}.`);
    return { form, site: deps.sites.of(known?.site) };
  }

  /** The text of the comment; empty where there is nothing to read. */
  function textOf(form: Form): string {
    const { text } = htmlToText(form('comment_content'));
    if (text.length > maxCommentChars) {
      throw new Problem('too-large', `comment_content must be at most ${maxCommentChars} characters.`);
    }
    return hasVisible(text) ? text : '';
  }

  async function checkComment(request: Request, answer: Answer): Promise<void> {
    const { form, site } = await readForm(request, answer, 'judge', REQUIRED);
    if (isGuaranteedSpam(form)) return say(answer, 'true');
    const text = textOf(form);
    // Akismet takes nothing that an administrator writes for spam.
    if (text === '' || form('user_role') === 'administrator') return say(answer, 'false');
    const isTest = isOn(form('is_test'));
    const isCounted = !isTest && form('recheck_reason') === '';
    const outcome = await deps.pipeline.walk({
      site: site.now(),
      source: isTest ? 'dry-run' : 'akismet',
      turn: turnOf(answer, `akismet ${site.name}`),
      text,
      context: { url: form('permalink') || undefined },
      user: isCounted ? userOf(form) : undefined,
    });
    if (outcome.kind === 'refused') throw quotaExceeded(outcome.admission);
    const { judgement, admission } = outcome;
    answer.locals.notes = notesOn(judgement);
    const { verdict } = judgement.verdict;
    const isSpam = verdict === 'reject' || (verdict === 'review' && settings.spamFrom === 'review');
    const discard = isSpam && isSure(judgement, settings.discardScore);
    say(answer, String(isSpam), {
      ...(admission && rateLimitFields(admission.standings)),
      ...(discard && { 'X-akismet-pro-tip': 'discard' }),
    });
  }

  function submit(decision: 'approve' | 'reject') {
    return async (request: Request, answer: Answer): Promise<void> => {
      const { form } = await readForm(request, answer, 'moderate', REQUIRED);
      const text = textOf(form);
      if (text !== '' && !isOn(form('is_test'))) {
        const url = form('permalink');
        await deps.keepFeedback({ protocol: 'akismet', text, decision, ...(url !== '' && { url }) });
      }
      say(answer, THANKS);
    };
  }

  return [
    route(VERIFY_KEY, {
      role: 'judge',
      summary: 'Whether a key is right, for clients of Akismet',
      form: KeyForm,
      answers: '`valid` or `invalid`.',
      handle: async (request, answer) => {
        await readForm(request, answer, 'judge', ['blog']);
        say(answer, 'valid');
      },
    }),
    route('/1.1/comment-check', {
      role: 'judge',
      summary: 'Judge a comment for clients of Akismet',
      form: CommentForm,
      answers: '`true`: do not publish it; `false`: publish it.',
      lane: 'live',
      handle: checkComment,
    }),
    route('/1.1/submit-spam', {
      role: 'moderate',
      summary: 'Tell of a comment that should not have passed, as clients of Akismet do',
      form: CommentForm,
      answers: `\`${THANKS}\` It is kept where FEEDBACK_FILE is set.`,
      handle: submit('reject'),
    }),
    route('/1.1/submit-ham', {
      role: 'moderate',
      summary: 'Tell of a comment that should have passed, as clients of Akismet do',
      form: CommentForm,
      answers: `\`${THANKS}\` It is kept where FEEDBACK_FILE is set.`,
      handle: submit('approve'),
    }),
  ];
}

/** A UTF-16 unit takes nine bytes where a form has it as %XX of its UTF-8. */
const BYTES_A_UNIT = 9;
/** Room for what is sent beside the comment: PHP clients send all that they know of a request. */
const BESIDE_BYTES = 64 * 1024;

/** Twice what a PHP client sends that tells all it knows of a request. */
const MOST_FIELDS = 200;

const REQUIRED = ['blog', 'user_ip'];

/** Whether a rule that rejects is so sure that the comment may be thrown away unread. */
function isSure({ verdict: { reasons } }: Judgement, score: number | undefined): boolean {
  return score !== undefined && reasons.some((reason) => reason.action === 'reject' && reason.score >= score);
}

const PLAIN = 'text/plain; charset=utf-8';

function say(answer: Answer, text: string, headers?: Readonly<Record<string, string>>): void {
  sendText(answer, text, { type: PLAIN, headers });
}

/**
 * Says no as Akismet does: `X-akismet-debug-help` tells why, a wrong key gets `invalid`, and mistakes in the form
 * come with status 200.
 */
function refuse(answer: Answer, problem: Problem): void {
  const { status, detail, extras } = problem;
  const isInvalid = status === 401 || answer.locals.route === VERIFY_KEY;
  const { 'WWW-Authenticate': _, ...headers } = extras.headers ?? {};
  answer.locals.notes = { refused: status };
  sendText(answer, isInvalid ? 'invalid' : detail, {
    status: status === 400 || status === 401 ? 200 : status,
    type: PLAIN,
    // A detail may quote a header field.
    headers: { ...headers, 'X-akismet-debug-help': detail.replace(/[^\x20-\x7e]/g, '?') },
  });
}

interface Call {
  readonly summary: string;
  readonly role: Role;
  readonly form: z.ZodObject;
  readonly answers: string;
  readonly lane?: Lane;
  readonly handle: Route['handle'];
}

const refusal = {
  description: 'What went wrong, in words.',
  content: { 'text/plain': { schema: z.string() } },
};

function route(path: string, { summary, role, lane, form, answers, handle }: Call): Route {
  return {
    method: 'post',
    path,
    // The key is in the form, or in the name of the host.
    open: true,
    role,
    ...(lane && { lane }),
    refuse,
    description: {
      summary,
      description:
        'The key is one of API_KEYS, as api_key or as the first part of the host name. What went wrong stands in X-akismet-debug-help.',
      request: {
        body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } },
      },
      responses: {
        200: { description: answers, content: { 'text/plain': { schema: z.string() } } },
        '4XX': refusal,
        '5XX': refusal,
      },
    },
    handle,
  };
}
