import { readFileSync } from 'node:fs';
import { z } from 'zod';

test('the lock file pins every package by its hash, and has what package.json asks for', () => {
  const Lock = z.object({
    packages: z.record(
      z.string(),
      z.object({
        integrity: z.string().optional(),
        link: z.boolean().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
        devDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  });
  const { '': root, ...packages } = Lock.parse(
    JSON.parse(readFileSync('package-lock.json', 'utf8')),
  ).packages;
  const bare = Object.entries(packages).filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
  expect(bare.map(([name]) => name)).toEqual([]);
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect({ dependencies: root?.dependencies, devDependencies: root?.devDependencies }).toEqual({
    dependencies,
    devDependencies,
  });
});
