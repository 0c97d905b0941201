import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { shippedPackages } from './shipped.js';

const Bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.object({ component: z.object({ name: z.string(), 'bom-ref': z.string() }) }),
  components: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      'bom-ref': z.string(),
      licenses: z.array(z.unknown()).min(1),
      hashes: z.array(z.unknown()).min(1),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

test('the bill of materials names every package that is shipped, with licence and hash, and no other', () => {
  const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], {
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  });
  const { metadata, components, dependencies } = Bill.parse(JSON.parse(stdout));
  expect(metadata.component.name).toBe('stet');
  const shipped = shippedPackages().map(({ name, version }) => `${name}@${version}`);
  expect(shipped.length).toBeGreaterThan(100);
  expect(components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
    [...new Set(shipped)].sort(),
  );
  const known = [metadata.component, ...components].map((component) => component['bom-ref']);
  const linked = dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(linked.filter((ref) => !known.includes(ref))).toEqual([]);
});
