import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Standing } from '../../../limits/limiter.js';
import type { Arrival } from '../../../pipeline/arrival.js';
import { mostBytes } from '../../../wire/comment.js';
import { readAs } from '../../../wire/read-as.js';
import { toVerdictBody } from '../../../wire/verdict.js';
import { bearerOf } from '../../auth.js';
import { readJsonBody } from '../../body.js';
import type { AppDeps } from '../../deps.js';
import { Problem } from '../../problem.js';
import { type Route, sendJson, siteOf } from '../../route.js';
import { turnOf, turnToParse, visitOf } from '../../visits.js';
import { createKeyLimit } from '../key-limit.js';
import { classify } from './categories.js';
import { refuse } from './refuse.js';
import { MOST_TEXTS, ModerationBody, moderationRequest, OpenAIError } from './schemas.js';

const refusal = { description: 'What went wrong.', content: { 'application/json': { schema: OpenAIError } } };

/** POST /v1/moderations, as OpenAI's moderation API has it. */
export function openaiRoutes(deps: AppDeps): Route[] {
  const { maxCommentChars } = deps.settings;
  const longestOne = mostBytes(maxCommentChars);
  const schema = moderationRequest(maxCommentChars);
  const admit = createKeyLimit(deps);

  /**
   * Judges one text. A function of its own, for all that one holds is kept while it waits: were it the loop over the
   * texts, each of the requests under way would keep the views of its last text while all others have their turns, and
   * a full garbage collection would have to clear away what else is gone with the turn.
   */
  async function resultFor(
    text: string,
    { site, turn, urgency }: Pick<Arrival, 'site' | 'turn' | 'urgency'>,
  ): Promise<Result> {
    const judgement = await deps.pipeline.judge({ text, site, source: 'openai', urgency, turn });
    const { verdict, reasons } = toVerdictBody(judgement);
    return { ...classify(judgement), stet: { verdict, reasons } };
  }

  return [
    {
      method: 'post',
      path: '/v1/moderations',
      role: 'judge',
      // What may be one text is live until it turns out to be more.
      lane: (request) => (Number(request.headers['content-length']) <= longestOne ? 'live' : 'bulk'),
      refuse,
      description: {
        summary: "Judge texts by OpenAI's moderation protocol",
        description:
          'For clients of OpenAI: set their base URL to /v1 of this service. Categories that are not judged are false and 0.',
        request: { body: { required: true, content: { 'application/json': { schema } } } },
        responses: {
          200: {
            description: 'One result for each text, in order.',
            content: { 'application/json': { schema: ModerationBody } },
          },
          '4XX': refusal,
          '5XX': refusal,
        },
      },
      async handle(request, answer) {
        const standings = await admit(bearerOf(request));
        const body = await readJsonBody(request, longestOne * MOST_TEXTS, turnToParse(answer));
        const texts = textsOf(readAs(schema, body, 'body'), maxCommentChars);
        const site = siteOf(answer).now();
        const results: Result[] = [];
        if (texts.length > 1) await visitOf(answer).enter('bulk');
        const turn = turnOf(answer);
        const urgency = texts.length > 1 ? 'bulk' : 'live';
        for (const text of texts) results.push(await resultFor(text, { site, turn, urgency }));
        answer.locals.notes = { site: site.name, verdicts: results.map(({ stet }) => stet.verdict) };
        const moderation: ModerationBody = {
          id: `modr-${randomUUID()}`,
          model: `stet-${site.ruleset.version.replace(/^sha256:/, '').slice(0, 12)}`,
          results,
        };
        sendJson(answer, moderation, { headers: limitFields(standings) });
      },
    },
  ];
}

type Result = ModerationBody['results'][number];

/**
 * The texts to judge, each by itself. Parts are one text: OpenAI gives one result for them.
 * @throws Problem 400 for an image, for to pass it unseen would tell that it is harmless; and for parts that are too
 * long together
 */
function textsOf({ input }: z.infer<ReturnType<typeof moderationRequest>>, longest: number): string[] {
  if (typeof input === 'string') return [input];
  const texts: string[] = [];
  const parts: string[] = [];
  input.forEach((each, i) => {
    if (typeof each === 'string') texts.push(each);
    else if (each.type === 'text') parts.push(each.text);
    else throw unusable(`/input/${i}`, 'images are not judged here; send the text alone');
  });
  if (parts.length === 0) return texts;
  const whole = parts.join('\n\n');
  if (whole.length > longest) {
    throw unusable('/input', `the parts are one text, which must be at most ${longest} characters long`);
  }
  return [whole];
}

function unusable(pointer: string, detail: string): Problem {
  return new Problem('fields-invalid', 'The input cannot be used.', { errors: [{ pointer, detail }] });
}

/** How OpenAI tells what is left of a limit. */
function limitFields([standing]: readonly Standing[]): Record<string, string> {
  if (!standing) return {};
  return {
    'x-ratelimit-limit-requests': String(standing.quota),
    'x-ratelimit-remaining-requests': String(standing.remaining),
    'x-ratelimit-reset-requests': `${standing.reset}s`,
  };
}
