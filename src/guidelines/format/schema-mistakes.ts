import { z } from 'zod';
import { adviceFor } from '../mistakes/advice.js';
import type { Report } from '../mistakes/report.js';
import { anyOf, nearMiss, shown } from '../mistakes/suggest.js';
import type { InSteps } from '../steps.js';
import { withoutMisfits } from './misfits.js';
import { type Form, formMeant, formsOf, isMap, otherKeysOf, schemaAt, valueAt } from './schema-forms.js';
import type { Path, YamlSource } from './yaml-source.js';

/** A part of a file that is checked, and where what is wrong with it is told. */
export interface Part {
  readonly value: unknown;
  readonly source: YamlSource;
  /** The part's path within the file. */
  readonly path: Path;
  readonly report: Report;
}

/**
 * Checks a part of a file against a schema. Each thing that does not fit is told at its own place: what was
 * read, and what would be right.
 * @returns the part with its defaults; none where it does not fit
 */
export function* check<Schema extends z.ZodType>(
  schema: Schema,
  part: Part,
): InSteps<z.output<Schema> | undefined> {
  const fitted = yield* withoutMisfits(schema, part.value);
  let { misfits } = fitted;
  let result = schema.safeParse(fitted.value, { error: adviceFor });
  if (result.success && fitted.value !== part.value) {
    // A list whose entries may be of several kinds was taken for one of the first kind.
    misfits = [];
    result = schema.safeParse(part.value, { error: adviceFor });
  }
  if (result.success) return result.data;
  const { error } = result;
  for (const issues of [error.issues, misfits]) {
    for (const issue of issues) {
      yield;
      yield* tellIssue(issue, schema, part);
    }
  }
  return undefined;
}

/** Whether a value fits a schema: of no use where it must be told why not. */
export function* fits(schema: z.ZodType, value: unknown): InSteps<boolean> {
  const fitted = yield* withoutMisfits(schema, value);
  // With the first entry that does not fit, a list does not fit either.
  return (
    schema.safeParse(fitted.value).success && (fitted.value === value || schema.safeParse(value).success)
  );
}

function* tellIssue(issue: z.core.$ZodIssue, schema: z.core.$ZodType, whole: Part): InSteps<void> {
  const { source, report } = whole;
  const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const part = { ...whole, path: [...whole.path, ...steps], value: valueAt(whole.value, steps) };
  const wanted = schemaAt(schema, steps, whole.value);
  if (!source.has(part.path)) {
    const around = {
      schema: schemaAt(schema, steps.slice(0, -1), whole.value),
      map: valueAt(whole.value, steps.slice(0, -1)),
    };
    const key = String(steps.at(-1));
    if (!isMisspelt(key, around.map, around.schema)) {
      report.mistake(source.placeOf(part.path), `"${shown(key)}" is missing; ${issue.message}`);
    }
  } else if (issue.code === 'invalid_key') {
    const right = issue.issues[0]?.message ?? issue.message;
    report.mistake(
      source.placeOfKey(part.path),
      `"${shown(String(steps.at(-1)))}" cannot be a name; ${right}`,
    );
  } else if (wanted instanceof z.ZodUnion) {
    yield* tellUnion(issue.message, wanted, part);
  } else if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      report.mistake(source.placeOfKey([...part.path, key]), unknownKey(key, part.value, wanted));
    }
  } else {
    report.mistake(source.placeOf(part.path), misread(issue, wanted, part));
  }
}

/** `action is "rejct"; write reject, review or flag (did you mean "reject"?)`. */
function misread(issue: z.core.$ZodIssue, wanted: z.core.$ZodType | undefined, part: Part): string {
  const { value, source, path } = part;
  const written = source.quotable(path);
  if (issue.code === 'invalid_type' && written !== undefined && wanted && accepts(wanted, written)) {
    return `${nameOf(path)} is ${shown(written)}, which is no text in YAML; put it in quotes: "${shown(written)}"`;
  }
  const near =
    issue.code === 'invalid_value' && typeof value === 'string'
      ? nearMiss(value, issue.values.map(String))
      : undefined;
  return `${nameOf(path)} is ${source.show(path)}; ${issue.message}${near === undefined ? '' : ` (did you mean "${near}"?)`}`;
}

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  return schema instanceof z.ZodType && schema.safeParse(value).success;
}

/** The keys that a map may have and has not. */
function keysLeft(map: unknown, schema: z.core.$ZodType | undefined): string[] {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return known.filter((key) => !isMap(map) || !Object.hasOwn(map, key));
}

/** Whether a key is there under a name that is nearly its own, which is told already. */
function isMisspelt(key: string, map: unknown, schema: z.core.$ZodType | undefined): boolean {
  if (!isMap(map) || !(schema instanceof z.ZodObject) || otherKeysOf(schema)) return false;
  const left = keysLeft(map, schema);
  return Object.keys(map).some(
    (there) => !Object.hasOwn(schema.shape, there) && nearMiss(there, left) === key,
  );
}

function unknownKey(key: string, map: unknown, schema: z.core.$ZodType | undefined): string {
  const read = `unknown key "${shown(key)}"`;
  const near = nearMiss(key, keysLeft(map, schema));
  if (near !== undefined) return `${read}; did you mean "${near}"?`;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return known.length > 0 ? `${read}; what may stand here is ${known.join(', ')}` : read;
}

/** Tells what is wrong with a value that fits none of several forms, by the one that was meant. */
function* tellUnion(right: string, union: z.ZodUnion, part: Part): InSteps<void> {
  const { value, source, path, report } = part;
  const forms = formsOf(union);
  if (isMap(value) && forms.length > 0) {
    const form = formMeant(forms, value);
    if (form) yield* tellForm(form, forms, part);
    else tellNoForm(forms, { ...part, value });
    return;
  }
  const lists = union.options.find((option) => option instanceof z.ZodArray);
  if (Array.isArray(value) && lists) yield* check(lists, part);
  else report.mistake(source.placeOf(path), `${nameOf(path)} is ${source.show(path)}; ${right}`);
}

function* tellForm(form: Form, forms: readonly Form[], part: Part): InSteps<void> {
  const { value, source, path, report } = part;
  const others = forms
    .map(({ key }) => key)
    .filter(
      (key) => key !== form.key && isMap(value) && Object.hasOwn(value, key) && !(key in form.schema.shape),
    );
  for (const key of new Set(others)) {
    report.mistake(
      source.placeOfKey([...path, key]),
      `"${key}" cannot stand beside "${form.key}"; write each as an entry of its own, after a - of its own`,
    );
  }
  if (others.length === 0) yield* check(form.schema, part);
}

function tellNoForm(forms: readonly Form[], part: Part & { value: Readonly<Record<string, unknown>> }): void {
  const { value, source, path, report } = part;
  const keys = [...new Set(forms.map(({ key }) => key))];
  const misnamed = forms.find(({ key }) => Object.hasOwn(value, key));
  if (misnamed) {
    const at = [...path, misnamed.key];
    const names = forms.flatMap(({ key, name }) =>
      key === misnamed.key && name !== undefined ? [name] : [],
    );
    const near = nearMiss(String(value[misnamed.key]), names);
    report.mistake(
      source.placeOf(at),
      `${misnamed.key} is ${source.show(at)}; write ${anyOf(names)}${near === undefined ? '' : ` (did you mean "${near}"?)`}`,
    );
    return;
  }
  const misspelt = Object.keys(value).flatMap((key) => {
    const near = nearMiss(key, keys);
    return near === undefined ? [] : [{ key, near }];
  })[0];
  if (misspelt) {
    report.mistake(
      source.placeOfKey([...path, misspelt.key]),
      `unknown key "${shown(misspelt.key)}"; did you mean "${misspelt.near}"?`,
    );
  } else {
    report.mistake(
      source.placeOf(path),
      `${nameOf(path)} has none of the keys ${anyOf(keys)}; write one of them`,
    );
  }
}

/** A value's name in messages: `action`, `entry 2 of phrases`, `the file`. */
export function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return shown(last);
  return `entry ${last + 1} of ${nameOf(path.slice(0, -1))}`;
}
