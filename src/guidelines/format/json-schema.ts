import { z } from 'zod';
import type { Detector } from '../../detectors/detector.js';
import { DETECTORS } from '../../detectors/index.js';
import { limitsFileSchema } from '../../limits/policy-format.js';
import { ruleFileSchema } from './schema.js';

/** The files of JSON Schemas that stand in a rules folder, for editors that complete and check as one types. */
export const SCHEMA_FILES = ['schema.json', 'limits.schema.json'] as const;

/**
 * The formats of rule files and of `limits.yaml` as JSON Schemas (draft 7, which editors know best), by the name
 * of the file in the rules folder. They are those by which files are checked when they are loaded.
 * @param detectors that conditions may ask for; those of the package unless given
 */
export function jsonSchemas(
  detectors: readonly Detector[] = DETECTORS,
): Readonly<Record<(typeof SCHEMA_FILES)[number], string>> {
  return {
    'schema.json': written(ruleFileSchema(detectors), 'A rule file'),
    'limits.schema.json': written(limitsFileSchema, 'Limits'),
  };
}

function written(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`;
}
