/**
 * Prints what is shipped as a bill of materials, CycloneDX in JSON: `npm run --silent sbom > stet.cdx.json`. It is that
 * of npm, without what is marked as of development alone: by `--omit=dev` npm also leaves out packages of production that
 * packages of development need too.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], {
  encoding: 'utf8',
  maxBuffer: 100_000_000,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (npm.error) throw npm.error;
if (npm.status !== 0) process.exit(npm.status ?? 1);

const { metadata, components, dependencies, ...bill } = JSON.parse(npm.stdout);
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
// npm names a package once that is installed twice in one version, once for development alone, and may say so of both.
const ofProduction = new Set(
  Object.entries(packages).flatMap(([path, { version, dev }]) =>
    dev ? [] : [`${path.split('node_modules/').at(-1)}@${version}`],
  ),
);
const shipped = components.filter(
  ({ name, version, properties }) =>
    ofProduction.has(`${name}@${version}`) ||
    !properties.some(({ name: property }) => property === 'cdx:npm:package:development'),
);
const known = new Set([metadata.component, ...shipped].map((component) => component['bom-ref']));
console.log(
  JSON.stringify(
    {
      ...bill,
      // npm names the project after its folder.
      metadata: { ...metadata, component: { ...metadata.component, name: process.env.npm_package_name } },
      components: shipped,
      dependencies: dependencies
        .filter(({ ref }) => known.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => known.has(each)) })),
    },
    undefined,
    2,
  ),
);
