import type { z } from 'zod';
import { type FieldError, Problem } from '../http/problem.js';
import { hasVisible } from '../text/visible.js';

/**
 * Reads a parsed body by its schema.
 * @throws Problem 400 with an error for each bad field
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const errors: FieldError[] = [];
  for (const { path, message } of error.issues) {
    const pointer = toPointer(path);
    // One mistake may fail several checks; the first says it all.
    if (errors.some((known) => known.pointer === pointer)) continue;
    errors.push({ pointer, detail: `${message}; got ${describe(valueAt(value, path))}` });
  }
  const count = errors.length === 1 ? 'one field' : `${errors.length} fields`;
  throw new Problem(400, `The ${what} is JSON, but ${count} of it cannot be used: see errors.`, { errors });
}

/** A JSON Pointer (RFC 6901). */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
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
