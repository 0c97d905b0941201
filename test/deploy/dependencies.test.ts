import { spawnSync } from 'node:child_process';
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

const advisory = { name: 'x', severity: 'low', range: '<2' };

test.each([
  {
    report: { metadata: { vulnerabilities: { total: 0 } }, vulnerabilities: {} },
    status: 0,
    told: 'no known advisory',
  },
  {
    report: { metadata: { vulnerabilities: { total: 1 } }, vulnerabilities: { x: advisory } },
    status: 1,
    told: 'x <2: low',
  },
  {
    report: { message: '405 Method Not Allowed', statusCode: 405 },
    status: 0,
    told: 'not asked (405 Method',
  },
  { report: undefined, status: 0, told: 'not asked (no report)' },
])('of an audit that reports $report, CI says "$told"', ({ report, status, told }) => {
  const result = spawnSync(process.execPath, ['.ci/audit.mjs'], {
    input: report === undefined ? '' : JSON.stringify(report),
    encoding: 'utf8',
  });
  expect({ status: result.status, stderr: result.stderr }).toEqual({ status, stderr: '' });
  expect(result.stdout).toContain(told);
});
