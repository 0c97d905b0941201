import { z } from 'zod';
import { AnalyzeRequest, SuggestRequest } from '../../src/http/protocols/perspective/schemas.js';
import { listOf, mapOf } from '../../src/wire/bounded.js';
import { commentSchemas } from '../../src/wire/comment.js';
import { WireError } from '../../src/wire/faults.js';
import { previewRequest } from '../../src/wire/preview.js';
import { readAs } from '../../src/wire/read-as.js';

/** How often values within `sent` are read, at any depth: what a schema looks at. */
function watched(sent: object): { readonly sent: object; readonly looks: () => number } {
  let looks = 0;
  const watch = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : new Proxy(value, {
          get(target, key, self) {
            // Of a list, only its items count.
            if (Object.hasOwn(target, key) && key !== 'length') looks += 1;
            return watch(Reflect.get(target, key, self));
          },
        });
  return { sent: watch(sent) as object, looks: () => looks };
}

function faultsOf(schema: z.ZodType, sent: unknown): WireError {
  try {
    readAs(schema, sent, 'body');
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

const preview = previewRequest(commentSchemas(1000).comment);
const names = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, value]));
const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);

/** Bodies with very much that is wrong: how often they are looked into, the first place that is named and how many. */
test.each<{
  what: string;
  schema: z.ZodType;
  body: (count: number) => object;
  counts: [number, number];
  looks: number;
  first: string;
  faults: number;
}>([
  {
    what: 'files of a preview',
    schema: preview,
    body: (count) => ({ files: names(count, 0), comments: [{ text: 'Yes.' }] }),
    counts: [5_000, 80_000],
    looks: 20,
    first: '/files',
    faults: 1,
  },
  {
    what: 'attributes that are asked for',
    schema: AnalyzeRequest,
    body: (count) => ({ requestedAttributes: names(count, {}) }),
    counts: [5_000, 80_000],
    looks: 20,
    first: '/requestedAttributes',
    faults: 1,
  },
  {
    what: 'scores that are suggested',
    schema: SuggestRequest,
    body: (count) => ({ attributeScores: names(count, { spanScores: many(100, 0) }) }),
    counts: [1_000, 16_000],
    looks: 20,
    first: '/attributeScores',
    faults: 1,
  },
  {
    what: 'names of participants',
    schema: commentSchemas(1000).comment,
    body: (count) => ({ text: 'Yes.', context: { participants: many(count, 1) } }),
    counts: [5_000, 80_000],
    looks: 20,
    first: '/context/participants',
    faults: 1,
  },
  {
    what: 'comments of a preview',
    schema: preview,
    body: (count) => ({ files: { 'a.yaml': null }, comments: many(count, 0) }),
    counts: [5_000, 80_000],
    looks: 20,
    first: '/comments',
    faults: 1,
  },
])('too many $what: none is looked at', ({ schema, body, counts, looks, first, faults }) => {
  for (const count of counts) {
    const watching = watched(body(count));
    const error = faultsOf(schema, watching.sent);
    expect(watching.looks()).toBeLessThan(looks);
    expect(error.faults[0]?.pointer).toBe(first);
    expect(error.faults.length + error.more).toBe(faults);
  }
});

test('of 500 comments with 100 bad participants each, most are left at their first fault', () => {
  const comments = many(500, { text: 'Yes.', context: { participants: many(100, 1) } });
  const watching = watched({ files: { 'a.yaml': null }, comments });
  const error = faultsOf(preview, watching.sent);
  expect(watching.looks()).toBeLessThan(500 * 10 + 20 * 120);
  expect(error.faults.map(({ pointer }) => pointer)).toEqual(
    Array.from({ length: 20 }, (_, i) => `/comments/${i}/context/participants/0`),
  );
  expect(error.more).toBe(480);
  expect(error.message).toBe(
    'The body is JSON, but 500 fields of it cannot be used: errors names the first 20.',
  );
});

test('where fewer comments are bad, every fault of theirs counts', () => {
  const comments = [...many(20, { text: 5, id: 5 }), ...many(480, { text: 'Yes.' })];
  const { faults, more } = faultsOf(preview, { files: { 'a.yaml': null }, comments });
  expect([faults.length, more]).toEqual([20, 20]);
  expect(faults.slice(0, 2).map(({ pointer }) => pointer)).toEqual(['/comments/0/id', '/comments/0/text']);
});

describe('a map and a list', () => {
  const map = mapOf(z.number(), { most: 2, must: 'must be a map' });
  const list = listOf(z.number(), { most: 2, must: 'must be a list' });

  test.each<[schema: z.ZodType, sent: unknown]>([
    [map, {}],
    [map, { a: 1, b: 2 }],
    [list, [1]],
    [list, [1, 2]],
  ])('take what fits: %#', (schema, sent) => {
    expect(readAs(schema, sent, 'body')).toEqual(sent);
  });

  test.each<[schema: z.ZodType, sent: unknown, detail: string]>([
    [map, { a: 1, b: 2, c: 3 }, 'must be a map; got an object'],
    [map, undefined, 'must be a map; got nothing'],
    [map, [1], 'must be a map; got an array of 1'],
    [list, [], 'must be a list; got an array of 0'],
    [list, [1, 2, 3], 'must be a list; got an array of 3'],
    [list, { 0: 1 }, 'must be a list; got an object'],
    [list, undefined, 'must be a list; got nothing'],
  ])('refuse what does not: %#', (schema, sent, detail) => {
    expect(faultsOf(schema, sent).faults).toEqual([{ pointer: '', detail }]);
  });
});
