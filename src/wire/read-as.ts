import type { z } from 'zod';
import { hasVisible } from '../text/visible.js';
import { type FieldFault, WireError } from './faults.js';
import { toPointer } from './pointer.js';

/**
 * Reads a parsed body, or one line of many, by its schema.
 * @param what for messages: `body`, `line`
 * @throws WireError with a fault for each bad field
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const faults = new Map<string, FieldFault>();
  for (const { path, message } of error.issues) {
    const pointer = toPointer(path);
    // One mistake may fail several checks; the first says it all.
    if (faults.has(pointer)) continue;
    faults.set(pointer, { pointer, detail: `${message}; got ${describe(valueAt(value, path))}` });
  }
  const count = faults.size === 1 ? 'one field' : `${faults.size} fields`;
  throw new WireError(
    'invalid-fields',
    `The ${what} is JSON, but ${count} of it cannot be used: see errors.`,
    [...faults.values()],
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
