import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ConfigError } from '../settings/setting.js';
import type { Detector } from './detector.js';
import { DETECTORS } from './index.js';

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const detector = z.custom<Detector>((value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, options, prepare }: Partial<Record<keyof Detector, unknown>> = value;
  return (
    typeof name === 'string' &&
    NAME.test(name) &&
    options instanceof z.ZodObject &&
    typeof prepare === 'function'
  );
});

const exported = z.object({
  default: z.union([detector.transform((one) => [one]), z.array(detector).min(1)]),
});

/** The addresses of modules, by which threads can load them again. */
export function moduleUrls(paths: readonly string[], workingDirectory: string): string[] {
  return paths.map((path) => pathToFileURL(resolve(workingDirectory, path)).href);
}

/**
 * Loads detectors of one's own, beside those of the package.
 * @param modules their addresses: file URLs, as `moduleUrls` gives them
 * @returns all detectors that rules may ask for
 * @throws ConfigError where a module cannot be loaded, or does not export detectors by its default
 */
export async function loadDetectors(modules: readonly string[]): Promise<readonly Detector[]> {
  const all = [...DETECTORS];
  const mistakes: string[] = [];
  for (const url of modules) {
    const found = await load(url).catch((error: unknown) => {
      mistakes.push(`DETECTORS has ${url}, which cannot be loaded: ${reasonOf(error)}`);
      return [];
    });
    for (const one of found) {
      if (all.some(({ name }) => name === one.name)) {
        mistakes.push(
          `DETECTORS has ${url}, whose detector "${one.name}" has the name of another; give it a name of its own`,
        );
      } else all.push(one);
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return all;
}

async function load(url: string): Promise<readonly Detector[]> {
  const { success, data } = exported.safeParse(await import(url));
  if (success) return data.default;
  throw new Error(
    'its default export must be a detector, made by defineDetector of stet/plugin, or an array of them; names are small letters, digits and hyphens',
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
