import { z } from 'zod';
import { MOST_FAULTS } from './faults.js';

/**
 * A map from names to values. How many names it has is looked at before any of its values is.
 * @param most how many names there may be
 * @param must completes "this field ..." where it is no map or has too many names
 * @param key what a name may be
 */
export function mapOf<Value extends z.ZodType>(
  value: Value,
  {
    most,
    must,
    key = z.string(),
  }: { readonly most: number; readonly must: string; readonly key?: z.ZodString },
) {
  return z.preprocess(
    (sent, context) => {
      if (!isLargerMap(sent, most)) return sent;
      context.issues.push({ code: 'custom', message: must, input: sent });
      return z.NEVER;
    },
    z.record(key, value, must).meta({ maxProperties: most }),
  );
}

function isLargerMap(sent: unknown, most: number): boolean {
  return typeof sent === 'object' && sent !== null && Object.keys(sent).length > most;
}

/**
 * A list of many large items. Where more of them are bad than are ever named, each counts once, and the first ones are
 * told by their first fault: of ten thousands of faults all others would be looked for only to be counted.
 * @param most how many items there may be; there must be one
 * @param must completes "this field ..." where it is no list or has none or too many
 */
export function listOf<Item extends z.ZodType>(
  item: Item,
  { most, must }: { readonly most: number; readonly must: string },
) {
  return z.preprocess(
    (sent, context) => {
      if (!Array.isArray(sent) || sent.length > most) return sent;
      const bad = [...sent.keys()].filter((i) => !item.validate(sent[i]));
      if (bad.length <= MOST_FAULTS) return sent;
      for (const [n, i] of bad.entries()) {
        const first = n < MOST_FAULTS ? item.safeParse(sent[i]).error?.issues[0] : undefined;
        const { path = [], message = 'cannot be used' } = first ?? {};
        context.issues.push({ code: 'custom', message, path: [i, ...path], input: sent });
      }
      return z.NEVER;
    },
    z.array(item, must).min(1, must).max(most, must),
  );
}
