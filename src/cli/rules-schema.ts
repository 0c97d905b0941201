import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { jsonSchemas } from '../guidelines/format/json-schema.js';
import { rulesFolder, rulesOption } from './rules-folder.js';

/** `stet rules schema`: writes the JSON Schemas that the first line of a rule file names. */
export const writeSchemas = new Command('schema')
  .description('Writes schema.json and limits.schema.json, by which editors complete and check rule files.')
  .addOption(rulesOption())
  .addHelpText(
    'after',
    '\nA file names its schema in its first line:\n  # yaml-language-server: $schema=./schema.json',
  )
  .action(async (options: { rules?: string }) => {
    const folder = rulesFolder(options.rules);
    for (const [name, content] of Object.entries(jsonSchemas())) {
      await writeFile(join(folder, name), content);
      process.stdout.write(`${join(folder, name)} written\n`);
    }
  });
