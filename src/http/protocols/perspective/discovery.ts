import { z } from 'zod';

/** As far as this service says it. */
export const DiscoveryDocument = z.looseObject({ rootUrl: z.string() }).meta({ id: 'DiscoveryDocument' });

/**
 * What Google's clients that read an API's description before they call it are told: `google.discoverAPI` of
 * `googleapis`, `discovery.build` of google-api-python-client.
 * @param rootUrl where the service is reached, with a slash at the end
 */
export function describePerspective(rootUrl: string): Readonly<Record<string, unknown>> {
  return {
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: 'commentanalyzer:v1alpha1',
    name: 'commentanalyzer',
    version: 'v1alpha1',
    title: 'Perspective Comment Analyzer API',
    description: "Scores comments, by Perspective's protocol.",
    protocol: 'rest',
    rootUrl,
    baseUrl: rootUrl,
    servicePath: '',
    basePath: '',
    batchPath: 'batch',
    parameters: {
      alt: { type: 'string', location: 'query', default: 'json', enum: ['json'], enumDescriptions: ['JSON'] },
      key: { type: 'string', location: 'query', description: 'One of the keys of the service.' },
    },
    schemas: {
      AnalyzeCommentRequest: { id: 'AnalyzeCommentRequest', type: 'object', properties: {} },
      AnalyzeCommentResponse: { id: 'AnalyzeCommentResponse', type: 'object', properties: {} },
      SuggestCommentScoreRequest: { id: 'SuggestCommentScoreRequest', type: 'object', properties: {} },
      SuggestCommentScoreResponse: { id: 'SuggestCommentScoreResponse', type: 'object', properties: {} },
    },
    resources: {
      comments: {
        methods: {
          analyze: method('analyze', 'AnalyzeComment'),
          suggestscore: method('suggestscore', 'SuggestCommentScore'),
        },
      },
    },
  };
}

function method(name: string, message: string) {
  return {
    id: `commentanalyzer.comments.${name}`,
    path: `v1alpha1/comments:${name}`,
    flatPath: `v1alpha1/comments:${name}`,
    httpMethod: 'POST',
    parameters: {},
    parameterOrder: [],
    request: { $ref: `${message}Request` },
    response: { $ref: `${message}Response` },
  };
}
