import { readFileSync } from 'node:fs';
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { Role } from '../sites/roles.js';
import { ANY_ADDRESS } from './address.js';
import type { Route } from './route.js';
import { problemResponse } from './schemas.js';

/** An OpenAPI 3.1 document. */
export type ApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/**
 * Describes the API from its routes and the schemas that they check with.
 * @param needsKey whether keys are set
 * @returns with `ANY_ADDRESS` as its server
 */
export function describeApi(routes: readonly Route[], needsKey: boolean): ApiDocument {
  const registry = new OpenAPIRegistry();
  const key = registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  for (const { method, path, open, role, description } of routes) {
    if (!description) continue;
    const guarded = needsKey && !open;
    registry.registerPath({
      ...description,
      description: describeWith(description.description, role),
      method,
      path,
      operationId: toOperationId(method, path),
      security: guarded ? [{ [key.name]: role === undefined ? [] : [role] }] : [],
      responses: {
        ...(guarded &&
          !('4XX' in description.responses) && {
            401: problemResponse('No key was sent, or not one of the configured keys.'),
            403: problemResponse('The key has not the role that this needs.'),
          }),
        // Protocols with a way of their own to say no describe it.
        '4XX': problemResponse('Anything else that is wrong with the request.'),
        '5XX': problemResponse(
          'Something broke in the service; 503: it is about to stop, or busy, with Retry-After.',
        ),
        ...description.responses,
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stet',
      version,
      description:
        "Judges comments by a newspaper's own guidelines. Every error is a problem as of RFC 9457.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: ANY_ADDRESS }],
  });
}

/** What is said of a route, and which role of a key it is for. */
function describeWith(description: string | undefined, role: Role | undefined): string | undefined {
  if (role === undefined) return description;
  return [description, `For keys with the role ${role}.`].filter((part) => part !== undefined).join(' ');
}

/** `get /v1/rules` as `getV1Rules`. */
function toOperationId(method: string, path: string): string {
  return method + path.replace(/\W+(\w)/g, (_, first: string) => first.toUpperCase());
}
