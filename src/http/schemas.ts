import { z } from 'zod';
import { ROLE_NAMES } from '../sites/roles.js';
import { Mistake } from '../wire/mistake.js';
import { PROBLEMS, type ProblemCode } from './problem-codes.js';

export const ProblemDetails = z
  .object({
    type: z
      .string()
      .meta({ description: 'URI of the kind of problem; about:blank where the status says it all.' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z
      .enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])
      .meta({ description: 'What went wrong, for programs: a code never changes its meaning.' }),
    detail: z.string().meta({ description: 'What went wrong, and what would be right.' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the body that was sent.' }),
          detail: z.string(),
          ...Mistake.partial().shape,
        }),
      )
      .optional()
      .meta({
        description:
          'For a body with wrong fields: one for each. For a draft of rule files: each mistake. At most 20; pointers are cut to 256 characters, details to 1,000.',
      }),
    moreErrors: z.int().min(1).optional().meta({
      description: 'How much else is wrong: what errors has no room for. Left out where errors has it all.',
    }),
    'violated-policies': z
      .array(z.string())
      .optional()
      .meta({ description: 'Names of the limits that are used up; block: the user is blocked.' }),
    role: z.enum(ROLE_NAMES).optional().meta({ description: 'The role that the key needs for this.' }),
    line: z.int().min(1).optional().meta({ description: 'In a batch: the line it is about, from 1.' }),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457).' });

/** A response of the API's description that is a problem. */
export function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemDetails } } };
}
