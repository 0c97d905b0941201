import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      dev: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      peerDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** An installed package that the service runs on. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** Walks from what package.json asks for to all that it needs, as Node looks for it, by the lock file. */
export function shippedPackages(): ShippedPackage[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const found = new Map<string, ShippedPackage>();
  const walk = (from: string) => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[from] ?? {};
    // Dependencies of development are those of the root alone, and are not walked to.
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const path = resolve(from, name);
      const version = path === undefined ? undefined : packages[path]?.version;
      if (path === undefined || version === undefined || found.has(path) || !existsSync(path)) continue;
      found.set(path, { name, version, path });
      walk(path);
    }
  };
  const resolve = (from: string, name: string): string | undefined => {
    const here = join(from, 'node_modules', name);
    if (packages[here]) return here;
    if (from === '') return undefined;
    const above = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')));
    return resolve(from.includes('/node_modules/') ? above : '', name);
  };
  walk('');
  return [...found.values()];
}
