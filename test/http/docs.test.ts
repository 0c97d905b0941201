import { z } from 'zod';
import { renderDocs } from '../../src/http/docs.js';
import { describeApi } from '../../src/http/openapi.js';

/** The row of a field on the page of an API with one route, which takes this body. */
function rowOf(field: string, body: z.ZodObject): string | undefined {
  const page = renderDocs(
    describeApi(
      [
        {
          method: 'post',
          open: true,
          path: '/any',
          description: {
            summary: 'Any',
            request: {
              body: { content: { 'application/json': { schema: body.meta({ id: `Body${field}` }) } } },
            },
            responses: { 200: { description: 'Done.' } },
          },
          handle() {},
        },
      ],
      false,
    ),
  );
  return page.match(new RegExp(`<tr><td><code>${field}</code>.*?</tr>`))?.[0];
}

test.each<[what: string, field: string, body: z.ZodObject, type: string]>([
  ['others are passed over', 'plain', z.object({ plain: z.string() }), 'string'],
  ['others are refused', 'strict', z.strictObject({ strict: z.string() }), 'string'],
  ['others are kept', 'loose', z.looseObject({ loose: z.string() }), 'string'],
  [
    'others are of one type',
    'map',
    z.object({ map: z.record(z.string(), z.boolean()) }),
    'object of boolean',
  ],
])('a body of which %s has its fields on the page', (_, field, body, type) => {
  expect(rowOf(field, body)).toContain(`<td>${type}</td>`);
});
