import type { Judgement } from '../../../pipeline/judgement.js';
import { type JudgedPart, judgeSentences, languageOf, scoreOf } from '../../../pipeline/scores.js';
import { mostBytes } from '../../../wire/comment.js';
import { readAs } from '../../../wire/read-as.js';
import { addressOf } from '../../address.js';
import type { AppDeps } from '../../deps.js';
import { notesOn } from '../../notes.js';
import { rateLimitFields } from '../../rate-limit-fields.js';
import { type Route, sendJson, siteOf } from '../../route.js';
import { turnOf } from '../../visits.js';
import { createKeyLimit } from '../key-limit.js';
import { type AskedAttribute, PROBABILITY, readAttributes } from './attributes.js';
import { readLooseJson } from './body.js';
import { DiscoveryDocument, describePerspective } from './discovery.js';
import { keyOf } from './key.js';
import { readLanguages } from './languages.js';
import { refuse } from './problems.js';
import { AnalyzeBody, AnalyzeRequest, PerspectiveError, SuggestBody, SuggestRequest } from './schemas.js';
import { readText } from './text.js';

const json = <Schema>(schema: Schema) => ({ 'application/json': { schema } });
const refusal = { description: 'What went wrong.', content: json(PerspectiveError) };
const refusals = { '4XX': refusal, '5XX': refusal };

/** Perspective's comments:analyze and comments:suggestscore, and the description of them that Google's clients read. */
export function perspectiveRoutes(deps: AppDeps): Route[] {
  const { maxCommentChars } = deps.settings;
  const limit = mostBytes(maxCommentChars);
  const admit = createKeyLimit(deps);
  return [
    {
      method: 'post',
      path: '/v1alpha1/comments:analyze',
      role: 'judge',
      lane: 'live',
      keyOf,
      refuse,
      description: {
        summary: "Score a comment by Perspective's protocol",
        description:
          'For clients of Perspective: they need another address. The key may be in the address, as ?key=KEY, or in X-Goog-Api-Key. Attributes that cannot be scored are refused.',
        request: { body: { required: true, content: json(AnalyzeRequest) } },
        responses: { 200: { description: 'The scores.', content: json(AnalyzeBody) }, ...refusals },
      },
      async handle(request, answer) {
        const standings = await admit(keyOf(request));
        const sent = readAs(AnalyzeRequest, await readLooseJson(request, limit), 'body');
        const text = readText(sent, maxCommentChars);
        const attributes = readAttributes(sent.requestedAttributes);
        const site = siteOf(answer).now();
        const turn = turnOf(answer);
        const judgement = await deps.pipeline.judge({ text, site, source: 'perspective', turn });
        answer.locals.notes = notesOn(judgement);
        const detected = languageOf(judgement);
        const languages = readLanguages(sent.languages ?? [], detected, attributes);
        const sentences = sent.spanAnnotations
          ? await judgeSentences(judgement, { ...deps.pipeline, turn })
          : undefined;
        const body: AnalyzeBody = {
          attributeScores: scoresOf(judgement, attributes, sentences),
          languages,
          detectedLanguages: [detected],
          ...(sent.clientToken != null && { clientToken: sent.clientToken }),
        };
        sendJson(answer, body, { headers: standings.length > 0 ? rateLimitFields(standings) : {} });
      },
    },
    {
      method: 'post',
      path: '/v1alpha1/comments:suggestscore',
      role: 'moderate',
      keyOf,
      refuse,
      description: {
        summary: "Suggest a score by Perspective's protocol",
        description: 'Kept only where the service has a file for it (FEEDBACK_FILE).',
        request: { body: { required: true, content: json(SuggestRequest) } },
        responses: { 200: { description: 'It was taken.', content: json(SuggestBody) }, ...refusals },
      },
      async handle(request, answer) {
        await admit(keyOf(request));
        const sent = readAs(SuggestRequest, await readLooseJson(request, limit), 'body');
        const text = readText(sent, maxCommentChars);
        await deps.keepFeedback({ protocol: 'perspective', text, scores: suggestedScores(sent) });
        const body: SuggestBody = { ...(sent.clientToken != null && { clientToken: sent.clientToken }) };
        sendJson(answer, body);
      },
    },
    {
      method: 'get',
      path: '/$discovery/rest',
      open: true,
      refuse,
      description: {
        summary: "Perspective's API, as Google's clients read it",
        description: 'Clients that take a discovery address find the other routes by it.',
        responses: {
          200: { description: 'A discovery document.', content: json(DiscoveryDocument) },
          ...refusals,
        },
      },
      handle(request, answer) {
        sendJson(answer, describePerspective(`${addressOf(request, deps.settings)}/`));
      },
    },
  ];
}

/** @param sentences judged by themselves; undefined: the comment is one span */
function scoresOf(
  judgement: Judgement,
  asked: readonly AskedAttribute[],
  sentences: readonly JudgedPart[] | undefined,
): AnalyzeBody['attributeScores'] {
  const whole = { start: 0, end: judgement.comment.text.length };
  const scores = asked.flatMap(({ name, attribute, threshold }) => {
    const value = scoreOf(attribute, judgement);
    if (value < threshold) return [];
    const spans = sentences?.map((part) => ({ ...part.span, score: scoreOf(attribute, part) })) ?? [
      { ...whole, score: value },
    ];
    const spanScores = spans.map(({ start, end, score }) => ({ begin: start, end, score: toScore(score) }));
    return [[name, { spanScores, summaryScore: toScore(value) }] as const];
  });
  return Object.fromEntries(scores);
}

function toScore(value: number) {
  return { value, type: PROBABILITY } as const;
}

/** The scores of whole comments; those of parts are passed over. */
function suggestedScores({ attributeScores }: SuggestRequest): Record<string, number> {
  return Object.fromEntries(
    Object.entries(attributeScores ?? {}).flatMap(([name, { summaryScore }]) =>
      summaryScore ? [[name, summaryScore.value] as const] : [],
    ),
  );
}
