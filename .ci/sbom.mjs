/**
 * Prints what is shipped as a bill of materials, CycloneDX in JSON: `npm run --silent sbom > stet.cdx.json`. It is that
 * of npm, without what is marked as of development alone: by `--omit=dev` npm also leaves out packages of production that
 * packages of development need too.
 */
import { spawnSync } from 'node:child_process';

const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], {
  encoding: 'utf8',
  maxBuffer: 100_000_000,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (npm.error) throw npm.error;
if (npm.status !== 0) process.exit(npm.status ?? 1);

const { metadata, components, dependencies, ...bill } = JSON.parse(npm.stdout);
const shipped = components.filter(
  ({ properties }) => !properties.some(({ name }) => name === 'cdx:npm:package:development'),
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
