import { z } from 'zod';
import { adviceFor } from '../mistakes/advice.js';
import type { InSteps } from '../steps.js';
import { isMap, schemaAt } from './schema-forms.js';

// A schema looks at a value in one call, and where a long list has an entry that does not fit, most have one: each
// takes some 50 µs, for which requests would wait. So the entries of long lists are looked at one by one, and of those
// that do not fit, all but the first of a list are taken out of what is then looked at as a whole.

/** Shorter lists are looked at whole. */
const LONG = 50;
/** So many entries are looked at together: where one does not fit, one by one. */
const TOGETHER = 200;

type Schema = z.core.$ZodType;
type Path = readonly (string | number)[];

/** A value without most of what does not fit in it. */
export interface Fitted {
  /** The value itself where all entries of long lists fit. */
  readonly value: unknown;
  /** What is wrong with the entries that were taken out, by their paths in the value that was given. */
  readonly misfits: readonly z.core.$ZodIssue[];
}

/**
 * Takes entries that do not fit out of long lists, but for the first of each list: it stands where it stood, so that
 * what is wrong with it is found in its place. Where a value may have one of several forms, what is taken out of it is
 * not told: whoever tells which form was meant looks at the value anew.
 * @param path of the value
 */
export function* withoutMisfits(schema: Schema, value: unknown, path: Path = []): InSteps<Fitted> {
  if (!hasLongList(value)) return { value, misfits: [] };
  const fitted = Array.isArray(value)
    ? yield* fittedList(schema, value, path)
    : yield* fittedMap(schema, value, path);
  return schema instanceof z.ZodUnion ? { value: fitted.value, misfits: [] } : fitted;
}

function* fittedMap(schema: Schema, map: unknown, path: Path): InSteps<Fitted> {
  const misfits: z.core.$ZodIssue[] = [];
  const entries: [string, unknown][] = [];
  for (const [key, value] of isMap(map) ? Object.entries(map) : []) {
    const own = schemaAt(schema, [key], map);
    const fitted = own ? yield* withoutMisfits(own, value, [...path, key]) : { value, misfits: [] };
    entries.push([key, fitted.value]);
    for (const misfit of fitted.misfits) misfits.push(misfit);
  }
  const isWhole = isMap(map) && entries.every(([key, value]) => map[key] === value);
  return { value: isWhole ? map : Object.fromEntries(entries), misfits };
}

function* fittedList(schema: Schema, list: readonly unknown[], path: Path): InSteps<Fitted> {
  const entry = schemaAt(schema, [0], list);
  if (!(entry instanceof z.ZodType)) return { value: list, misfits: [] };
  const misfits: z.core.$ZodIssue[] = [];
  const fitting: unknown[] = [];
  let isWhole = true;
  let hasMisfit = false;
  for (let from = 0; from < list.length; from += TOGETHER) {
    yield;
    const some = list.slice(from, from + TOGETHER);
    if (!some.some(hasLongList) && z.array(entry).safeParse(some).success) {
      for (const one of some) fitting.push(one);
      continue;
    }
    for (const [i, one] of some.entries()) {
      yield;
      const at = [...path, from + i];
      const fitted = yield* withoutMisfits(entry, one, at);
      const { error } = entry.safeParse(fitted.value, { error: adviceFor });
      for (const misfit of fitted.misfits) misfits.push(misfit);
      isWhole &&= fitted.value === one;
      if (error && hasMisfit) {
        isWhole = false;
        for (const issue of error.issues) misfits.push({ ...issue, path: [...at, ...issue.path] });
      } else fitting.push(fitted.value);
      hasMisfit ||= error !== undefined;
    }
  }
  return { value: isWhole ? list : fitting, misfits };
}

/** Whether there is a long list in a value that is not nested without end. */
function hasLongList(value: unknown): boolean {
  if (Array.isArray(value)) return value.length >= LONG || value.some(hasLongList);
  return isMap(value) && Object.values(value).some(hasLongList);
}
