import { z } from 'zod';

/** One of several forms that a value may have: a map that is known by its first key, as `detector` or `phrases`. */
export interface Form {
  readonly key: string;
  /** The value of that key, where it tells forms apart too: the name of a detector. */
  readonly name: string | undefined;
  readonly schema: z.ZodObject;
}

/** The forms that are maps, in the schema's order. */
export function formsOf(union: z.ZodUnion): Form[] {
  return union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return [];
    const first = Object.entries(option.shape)[0];
    if (!first) return [];
    const [key, schema] = first;
    const name =
      schema instanceof z.ZodLiteral && typeof schema.value === 'string' ? schema.value : undefined;
    return [{ key, name, schema: option }];
  });
}

/** The form that a map was meant to have, by its keys; where there is one form only, that one. */
export function formMeant(forms: readonly Form[], map: Readonly<Record<string, unknown>>): Form | undefined {
  if (forms.length === 1) return forms[0];
  const named = forms.find(({ key, name }) => name !== undefined && map[key] === name);
  return named ?? forms.find(({ key, name }) => name === undefined && Object.hasOwn(map, key));
}

/**
 * The schema for what stands at a path of a value.
 * @returns none where the schema has nothing for the path
 */
export function schemaAt(
  schema: z.core.$ZodType,
  path: readonly (string | number)[],
  value: unknown,
): z.core.$ZodType | undefined {
  const bare = unwrap(schema);
  const [step, ...rest] = path;
  if (step === undefined) return bare;
  const next = child(bare, step, value);
  return next && schemaAt(next, rest, valueAt(value, [step]));
}

function child(schema: z.core.$ZodType, step: string | number, value: unknown): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[step] ?? otherKeysOf(schema);
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (!(schema instanceof z.ZodUnion)) return undefined;
  const option = isMap(value)
    ? formMeant(formsOf(schema), value)?.schema
    : schema.options.find((candidate) => candidate instanceof z.ZodArray);
  return option && child(option, step, value);
}

/** What may stand under keys that a map's format does not name; none where there may be no such key. */
export function otherKeysOf({ def }: z.ZodObject): z.core.$ZodType | undefined {
  return def.catchall instanceof z.ZodNever ? undefined : def.catchall;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema;
}

/** What stands at a path of plain values; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return at[Number(step)];
    return isMap(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, value);
}

/** Whether a value is a map of keys and values. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
