import type { z } from 'zod';
import { hasVisible } from '../text/visible.js';
import { MOST_FAULTS, nameFaults, WireError } from './faults.js';
import { toPointer } from './pointer.js';

/**
 * Reads a parsed body, or one line of many, by its schema. Takes time in proportion to what the schema looks at, so
 * schemas bound it: see `mapOf` and `listOf`.
 * @param what for messages: `body`, `line`
 * @throws WireError with a fault for each bad field, of which it names the first 20
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issues = new Map<string, z.core.$ZodIssue>();
  for (const issue of error.issues) {
    const pointer = toPointer(issue.path);
    // One mistake may fail several checks; the first says it all.
    if (!issues.has(pointer)) issues.set(pointer, issue);
  }
  const { named } = nameFaults(
    [...issues].slice(0, MOST_FAULTS).map(([pointer, { path, message }]) => ({
      pointer,
      detail: `${message}; got ${describe(valueAt(value, path))}`,
    })),
  );
  const more = issues.size - named.length;
  const count = issues.size === 1 ? 'one field' : `${issues.size} fields`;
  const where = more === 0 ? 'see errors' : `errors names the first ${named.length}`;
  throw new WireError(
    'invalid-fields',
    `The ${what} is JSON, but ${count} of it cannot be used: ${where}.`,
    named,
    more,
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** A value in words that do not quote it. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return `a ${typeof value}`;
  if (value === '') return 'an empty string';
  if (!hasVisible(value)) return 'only white space and invisible characters';
  return `a string of ${value.length} characters`;
}
