import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { CommandError, EXIT } from '../cli/exit.js';
import { today } from '../cli/rules-folder.js';
import {
  Evaluation,
  Figures,
  type PrintedTable,
  readPrintedTable,
  withoutDetails,
} from './figures/figures.js';
import { writeTables } from './figures/tables.js';

const JSON_FILE = 'src/docs/figures.json';
const PAGE = 'src/docs/figures.md';

interface Options {
  readonly evaluation?: string;
  readonly faults?: string;
  readonly attacks?: string;
}

/** `lab figures`: writes the tables of the page of figures. */
export const figures = new Command('figures')
  .description(`Writes the tables in ${PAGE} from ${JSON_FILE}, after taking new figures into it.`)
  .option('--evaluation <file>', 'take the figures that "lab evaluate --json FILE" wrote')
  .option('--faults <file>', 'take the table that "npm run faults > FILE" printed')
  .option('--attacks <file>', 'take the table that "npm run attacks > FILE" printed')
  .action(async ({ evaluation, faults, attacks }: Options) => {
    const kept = parse(Figures, await read(JSON_FILE), JSON_FILE);
    const taken: Figures = {
      ...kept,
      ...(faults !== undefined && { faults: printedTable(await read(faults), 'fault', faults) }),
      ...(attacks !== undefined && { attacks: printedTable(await read(attacks), 'attack', attacks) }),
      ...(evaluation !== undefined && {
        evaluation: withoutDetails(parse(Evaluation, await read(evaluation), evaluation)),
      }),
    };
    const page = writeTables(await read(PAGE), taken);
    await writeFile(JSON_FILE, `${JSON.stringify(taken, null, 2)}\n`);
    await writeFile(PAGE, page);
    process.stdout.write(`${PAGE}: written\n`);
  });

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { success } = z.object({ code: z.literal('ENOENT') }).safeParse(error);
    if (success) throw new CommandError(`${file} is not there`, EXIT.noInput);
    throw error;
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CommandError(`${file} is not JSON: ${error.message}`, EXIT.data);
    if (error instanceof z.ZodError)
      throw new CommandError(`${file} has no figures: ${z.prettifyError(error)}`, EXIT.data);
    throw error;
  }
}

function printedTable(printed: string, first: 'fault' | 'attack', file: string): PrintedTable {
  try {
    return readPrintedTable(printed, first, today());
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(`${file}: ${error.message}`, EXIT.data);
    throw error;
  }
}
