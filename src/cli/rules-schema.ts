import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { jsonSchemas } from '../guidelines/format/json-schema.js';
import { detectorsOf, foldersOf, withSiteOptions } from './sites.js';

/** `stet rules schema`: writes the JSON Schemas that the first line of a rule file names. */
export const command = withSiteOptions(new Command())
  .addHelpText(
    'after',
    `
A file names its schema in its first line:
  # yaml-language-server: $schema=./schema.json
With --detectors, the schemas have those detectors, too. With --sites and no --site, the schemas of all sites are written.`,
  )
  .action(async (_options: object, self: Command) => {
    const { detectors } = await detectorsOf(self);
    for (const { path } of foldersOf(self)) {
      for (const [name, content] of Object.entries(jsonSchemas(detectors))) {
        await writeFile(join(path, name), content);
        process.stdout.write(`${join(path, name)} written\n`);
      }
    }
  });
